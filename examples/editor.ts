/** A very small editor: it starts the debug adapter and speaks the Debug Adapter Protocol with it. */

import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';

/** A message of the protocol, as it came. */
export interface Message {
  readonly seq: number;
  readonly type: 'request' | 'response' | 'event';
  readonly [field: string]: unknown;
}

export type Body = Readonly<Record<string, unknown>>;

/** An answer with `success: false`. */
export class RequestFailed extends Error {}

interface Waiting {
  readonly fits: (message: Message) => boolean;
  readonly resolve: (message: Message) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

export class Editor {
  /** Everything that the adapter has sent so far. */
  readonly received: Message[] = [];
  /** How many milliseconds it waits for anything. */
  patience = 60_000;
  /** Resolves with the exit code once the adapter has ended. */
  readonly exited: Promise<number | null>;
  /** Answers what the adapter asks: with a body, or by throwing why not. */
  onRequest: (command: string, args: Body) => unknown = (command) => {
    throw new Error(`${command} is unknown here`);
  };
  private readonly adapter: ChildProcessWithoutNullStreams;
  private readonly waiting = new Set<Waiting>();
  private buffer = Buffer.alloc(0);
  private lastSeq = 0;
  private hasEnded = false;
  /** Events before this place in `received` have been waited for already. */
  private seen = 0;

  /** Starts the adapter: a command with its arguments. */
  constructor(command: readonly string[], env: NodeJS.ProcessEnv = process.env) {
    const [program = '', ...args] = command;
    this.adapter = spawn(program, args, { env });
    this.adapter.stdout.on('data', (piece: Buffer) => this.read(piece));
    this.adapter.stderr.setEncoding('utf8').on('data', (text: string) => process.stderr.write(text));
    this.adapter.stdin.on('error', () => undefined); // It may be gone already; whoever waits is told.
    this.exited = new Promise((resolve) => this.adapter.on('close', resolve));
    void this.exited.then(() => this.giveUp());
  }

  /** Sends a request and waits for its answer; rejects with RequestFailed when it is refused. */
  async request(command: string, args?: unknown): Promise<Body> {
    const seq = this.send(command, args);
    const response = await this.wait(
      (message) => message.type === 'response' && message['request_seq'] === seq,
      `the answer to ${command}`,
    );
    if (response['success'] !== true) {
      throw new RequestFailed(String(response['message']));
    }
    return bodyOf(response);
  }

  /** The next event of this name that was not waited for yet. */
  async event(name: string): Promise<Body> {
    const fits = (message: Message): boolean => message.type === 'event' && message['event'] === name;
    const index = this.received.findIndex((message, at) => at >= this.seen && fits(message));
    const event = index === -1 ? await this.wait(fits, `the event ${name}`) : this.received[index];
    this.seen = event === undefined ? this.seen : this.received.indexOf(event) + 1;
    return event === undefined ? {} : bodyOf(event);
  }

  /** Sends a request without waiting for anything. */
  send(command: string, args?: unknown): number {
    return this.write({ type: 'request', command, arguments: args });
  }

  /** Writes bytes as they are. */
  sendRaw(bytes: string | Uint8Array): void {
    this.adapter.stdin.write(bytes);
  }

  /** Goes away without a word. */
  hangUp(): void {
    this.adapter.stdin.end();
  }

  /** Crashes: all of its pipes break. */
  vanish(): void {
    this.adapter.stdin.destroy();
    this.adapter.stdout.destroy();
    this.adapter.stderr.destroy();
  }

  /** What the program has printed so far. */
  get printed(): string {
    return this.printedOn('stdout', 'stderr');
  }

  /** What arrived as output of these categories. */
  printedOn(...categories: readonly string[]): string {
    const outputs = this.received.filter(({ event }) => event === 'output').map(bodyOf);
    const wanted = outputs.filter(({ category }) => categories.includes(String(category)));
    return wanted.map(({ output }) => String(output)).join('');
  }

  /** Ends the adapter by a signal. */
  kill(signal: NodeJS.Signals): void {
    this.adapter.kill(signal);
  }

  private wait(fits: (message: Message) => boolean, what: string): Promise<Message> {
    if (this.hasEnded) {
      return Promise.reject(new Error('The adapter has ended.'));
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(entry);
        reject(new Error(`The adapter did not send ${what} in time.`));
      }, this.patience);
      const entry: Waiting = { fits, resolve, reject, timer };
      this.waiting.add(entry);
    });
  }

  private read(piece: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, piece]);
    for (let header = this.headerEnd(); header !== undefined; header = this.headerEnd()) {
      const [start, length] = header;
      if (this.buffer.length < start + length) {
        return;
      }
      const text = this.buffer.toString('utf8', start, start + length);
      this.buffer = this.buffer.subarray(start + length);
      this.take(JSON.parse(text) as Message);
    }
  }

  /** Where the next message starts, and how long it is. */
  private headerEnd(): readonly [number, number] | undefined {
    const end = this.buffer.indexOf('\r\n\r\n');
    if (end === -1) {
      return undefined;
    }
    const header = this.buffer.toString('ascii', 0, end);
    const length = /^Content-Length: (\d+)$/.exec(header)?.[1];
    if (length === undefined) {
      throw new Error(`This is not the protocol: ${header}`);
    }
    return [end + 4, Number(length)];
  }

  private take(message: Message): void {
    this.received.push(message);
    if (message.type === 'request') {
      void this.answer(message);
    }
    for (const entry of this.waiting) {
      if (entry.fits(message)) {
        clearTimeout(entry.timer);
        this.waiting.delete(entry);
        entry.resolve(message);
      }
    }
  }

  private async answer(request: Message): Promise<void> {
    const response = { type: 'response', request_seq: request.seq, command: request['command'] };
    try {
      const body = await this.onRequest(String(request['command']), (request['arguments'] ?? {}) as Body);
      this.write({ ...response, success: true, body });
    } catch (error) {
      this.write({
        ...response,
        success: false,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }

  private write(message: object): number {
    const seq = ++this.lastSeq;
    const json = JSON.stringify({ seq, ...message });
    this.adapter.stdin.write(`Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
    return seq;
  }

  private giveUp(): void {
    this.hasEnded = true;
    for (const { reject, timer } of this.waiting) {
      clearTimeout(timer);
      reject(new Error('The adapter has ended.'));
    }
    this.waiting.clear();
  }
}

export function bodyOf(message: Message): Body {
  const body = message['body'];
  return typeof body === 'object' && body !== null ? (body as Body) : {};
}
