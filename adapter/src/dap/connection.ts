/** One client: requests come in, each gets exactly one reply, events go out. */

import { setTimeout as delay } from 'node:timers/promises';

import type { DebugProtocol } from '@vscode/debugprotocol';

import { messageOf, UserError } from '../errors';
import { isTraceError } from '../trace/trace';
import { isRecord } from './arguments';
import type { Journal } from './journal';
import { framed, MessageReader } from './wire';

/** A response's body, and what happens once the response is on its way: the `stopped` that it causes, for instance. */
export class Answer<Body = undefined> {
  constructor(
    readonly body: Body,
    readonly afterwards: () => void = () => undefined,
  ) {}
}

/** A failure that a client shows in place (a watch, a hover), not as a message. */
export class QuietError extends UserError {}

/** Answers one request; the signal is aborted when the client cancels it. */
export type Dispatch = (command: string, args: unknown, signal: AbortSignal) => Promise<Answer<unknown>>;

/** The client's answer to a request of ours. */
type Reply = (response: Readonly<Record<string, unknown>>) => void;

/** A request on its way. Clients that number theirs badly get an answer to each of them all the same. */
interface Unanswered {
  readonly seq: number;
  readonly controller: AbortController;
}

/** The protocol's word for it; every failed response needs a body, and there is nothing to tell in this one. */
const CANCELLED = { message: 'cancelled', body: {} } as const;

/** A client that leaves gets the answers to what it asked before for so long. */
const LAST_ANSWERS_MS = 1000;
/** So long it may go on asking: some clients send two `disconnect`s, one right after the other. */
const LAST_REQUESTS_MS = 100;

export class Connection {
  /** The client has gone. */
  onClosed: () => void = () => undefined;
  private output: NodeJS.WritableStream | undefined;
  private lastSeq = 0;
  private greeted = false;
  private readonly early: (readonly [string, unknown])[] = [];
  private readonly unanswered = new Set<Unanswered>();
  private readonly asked = new Map<number, Reply>();
  private onAnswered: () => void = () => undefined;
  /** Aborted once no more requests can come. */
  private readonly inputEnd = new AbortController();

  constructor(
    private readonly dispatch: Dispatch,
    private readonly journal: Journal,
  ) {}

  start(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): void {
    this.output = output;
    const reader = new MessageReader(
      (message) => this.take(message),
      (problem) => this.journal.failure(`The client sent ${problem}`),
    );
    const close = (): void => {
      this.inputEnd.abort();
      this.onClosed();
    };
    input.on('data', (piece: Buffer) => reader.read(piece));
    input.on('end', close).on('close', close).on('error', close);
    output.on('error', close);
  }

  /** Lets go of the client, once what it asked, or was just about to ask, is answered. */
  async stop(): Promise<void> {
    await delay(LAST_REQUESTS_MS, undefined, { signal: this.inputEnd.signal }).catch(() => undefined);
    if (this.unanswered.size > 0) {
      const timer = setTimeout(() => this.onAnswered(), LAST_ANSWERS_MS);
      await new Promise<void>((resolve) => {
        this.onAnswered = resolve;
      });
      clearTimeout(timer);
    }
    const { output } = this;
    this.output = undefined;
    output?.end();
  }

  /** Sends an event; nothing is sent before the response to `initialize`. */
  event(name: string, body?: unknown): void {
    if (this.greeted) {
      this.send({ type: 'event', event: name, ...(body === undefined ? {} : { body }) });
    } else {
      this.early.push([name, body]);
    }
  }

  /** Asks the client for something; rejects with a UserError when it refuses. */
  request(command: string, args: unknown): Promise<unknown> {
    const seq = this.send({ type: 'request', command, arguments: args });
    return new Promise((resolve, reject) => {
      this.asked.set(seq, ({ success, body, message }) => {
        if (success === true) {
          resolve(body);
        } else {
          reject(new UserError(`The editor refused '${command}': ${messageText(message)}.`));
        }
      });
    });
  }

  /** Gives up a request, if it was not answered yet. */
  cancel(seq: number): void {
    for (const request of this.unanswered) {
      if (request.seq === seq) {
        request.controller.abort();
      }
    }
  }

  private take(message: unknown): void {
    this.journal.message('client', message);
    if (!isRecord(message)) {
      return;
    }
    if (message['type'] === 'request') {
      if (typeof message['seq'] === 'number') {
        void this.answer(message, message['seq']);
      } else {
        this.journal.failure(`The client sent a request without a number: ${String(message['command'])}`);
      }
    } else if (message['type'] === 'response') {
      const seq = Number(message['request_seq']);
      this.asked.get(seq)?.(message);
      this.asked.delete(seq);
    }
  }

  private async answer(request: Readonly<Record<string, unknown>>, seq: number): Promise<void> {
    const command = typeof request['command'] === 'string' ? request['command'] : '';
    const response = { type: 'response', request_seq: seq, command };
    const unanswered: Unanswered = { seq, controller: new AbortController() };
    this.unanswered.add(unanswered);
    const { signal } = unanswered.controller;
    try {
      const { body, afterwards } = await this.dispatch(command, request['arguments'], signal);
      this.send({ ...response, success: true, ...(body === undefined ? {} : { body }) });
      this.greet(command);
      this.attempt(command, afterwards);
    } catch (error) {
      const failure = signal.aborted ? CANCELLED : this.failure(command, error);
      this.send({ ...response, success: false, ...failure });
    }
    this.unanswered.delete(unanswered);
    if (this.unanswered.size === 0) {
      this.onAnswered();
    }
  }

  /** The request is answered by now, so that a failure is ours to know only. */
  private attempt(command: string, afterwards: () => void): void {
    try {
      afterwards();
    } catch (error) {
      this.journal.failure(`after ${command}: ${stackOf(error)}`);
    }
  }

  private send(message: object): number {
    const whole = { seq: ++this.lastSeq, ...message };
    this.journal.message('adapter', whole);
    this.output?.write(framed(whole));
    return whole.seq;
  }

  private greet(command: string): void {
    if (command === 'initialize') {
      this.greeted = true;
      this.early.splice(0).forEach(([name, body]) => this.event(name, body));
    }
  }

  private failure(
    command: string,
    error: unknown,
  ): { message: string; body: { error: DebugProtocol.Message } } {
    const isUsers = error instanceof UserError || isTraceError(error);
    if (!isUsers) {
      this.journal.failure(`${command}: ${stackOf(error)}`);
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

/** An error with where it happened. */
export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function messageText(message: unknown): string {
  return typeof message === 'string' && message !== '' ? message.replace(/\.$/, '') : 'it gave no reason';
}
