/** One client: requests come in, each gets exactly one reply, events go out. */

import { ProtocolServer } from '@vscode/debugadapter/lib/protocol';
import { Event } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';

import { messageOf, UserError } from '../errors';
import { isTraceError } from '../trace/trace';

/** A response's body, and what happens once the response is on its way: the `stopped` that it causes, for instance. */
export class Answer<Body = undefined> {
  constructor(
    readonly body: Body,
    readonly afterwards: () => void = () => undefined,
  ) {}
}

/** A failure that a client shows in place (a watch, a hover), not as a message. */
export class QuietError extends UserError {}

/** Answers one request. */
export type Dispatch = (command: string, args: unknown) => Promise<Answer<unknown>>;

/** What a connection tells about bugs of ours. */
export type Log = (text: string) => void;

export class Connection extends ProtocolServer {
  /** The client has gone. */
  onClosed: () => void = () => undefined;
  private greeted = false;
  private readonly early: DebugProtocol.Event[] = [];

  constructor(
    private readonly dispatch: Dispatch,
    private readonly log: Log,
  ) {
    super();
    this.on('close', () => this.onClosed());
    this.on('error', (event: { body?: unknown }) => this.log(`protocol: ${String(event.body)}`));
  }

  /** Sends an event; nothing is sent before the response to `initialize`. */
  event(name: string, body?: unknown): void {
    const event: DebugProtocol.Event = new Event(name, body);
    if (this.greeted) {
      this.sendEvent(event);
    } else {
      this.early.push(event);
    }
  }

  override handleMessage(message: DebugProtocol.ProtocolMessage): void {
    if (isRequest(message)) {
      void this.answer(message);
    }
  }

  private async answer(request: DebugProtocol.Request): Promise<void> {
    const response = {
      seq: 0,
      type: 'response',
      request_seq: request.seq,
      command: request.command,
    };
    try {
      const { body, afterwards } = await this.dispatch(request.command, request.arguments);
      this.sendResponse({ ...response, success: true, ...(body === undefined ? {} : { body }) });
      this.greet(request.command);
      afterwards();
    } catch (error) {
      this.sendResponse({ ...response, success: false, ...this.failure(request.command, error) });
    }
  }

  private greet(command: string): void {
    if (command === 'initialize') {
      this.greeted = true;
      this.early.splice(0).forEach((event) => this.sendEvent(event));
    }
  }

  private failure(
    command: string,
    error: unknown,
  ): { message: string; body: { error: DebugProtocol.Message } } {
    const isUsers = error instanceof UserError || isTraceError(error);
    if (!isUsers) {
      this.log(`${command}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    const message = messageOf(error);
    return {
      message,
      // Braces in `format` would be looked up in `variables`, so the text is one.
      body: {
        error: {
          id: 1,
          format: '{text}',
          variables: { text: message },
          showUser: !(error instanceof QuietError),
        },
      },
    };
  }
}

function isRequest(message: unknown): message is DebugProtocol.Request {
  return (
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    message.type === 'request' &&
    'command' in message &&
    typeof message.command === 'string' &&
    'seq' in message &&
    typeof message.seq === 'number'
  );
}
