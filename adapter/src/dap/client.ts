/** The other side of a session: what it can do, and how it is reached. */

import type { Journal } from './journal';

/** What a client said about itself. */
export interface ClientFacts {
  readonly pagesVariables: boolean;
  readonly knowsInvalidated: boolean;
  /** It can start a program in a terminal. */
  readonly runsInTerminal: boolean;
  /** It can begin another session. */
  readonly startsDebugging: boolean;
  readonly linesStartAt: 0 | 1;
  /** It has a view of memory. */
  readonly showsMemory: boolean;
}

/** How a session reaches its client. */
export interface Client {
  event(name: string, body?: unknown): void;
  /** Asks for something; rejects with a UserError when the client refuses. */
  request(command: string, args: unknown): Promise<unknown>;
  /** Gives up what it asked with this number. */
  cancel(seq: number): void;
  /** Lets go of the client, after what was sent has arrived. */
  hangUp(): void;
  log(text: string): void;
  /** Tells the log what was decided. */
  note(text: string): void;
  readonly journal: Journal;
}
