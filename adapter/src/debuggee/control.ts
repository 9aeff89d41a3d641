/** The adapter's end of the control channel: it listens, the program connects and shows its token. */

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { connect as connectSocket, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createInterface } from 'node:readline';

import { codeOf, messageOf, RefusedError, UserError } from '../errors';
import { parseMessage } from './messages';
import type { Hello, ProgramEvent, Reply } from './messages';

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** What a channel tells its owner after the greeting. */
export interface ControlListener {
  event(event: ProgramEvent): void;
  /** The connection is gone; every unanswered request was rejected. */
  closed(): void;
}

/** Where a program listens, and what it wants to be shown. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly token: string;
}

/** One channel to one program. */
export class ControlChannel {
  /** What the program has to say first, so that nobody else on this machine can pose as it. */
  readonly token = randomBytes(16).toString('hex');
  private readonly waiting = new Map<number, Waiting>();
  private socket: Socket | undefined;
  private lastId = 0;
  private greet: (hello: Hello) => void = () => undefined;
  private miss: (error: Error) => void = () => undefined;
  /** The program's first message; rejects with a UserError when it goes without one. */
  readonly hello = new Promise<Hello>((resolve, reject) => {
    this.greet = resolve;
    this.miss = reject;
  });

  private constructor(
    private readonly server: Server | undefined,
    private readonly listener: ControlListener,
  ) {
    this.hello.catch(() => undefined);
    server?.on('connection', (socket) => this.accept(socket));
  }

  /** Listens on a free port of 127.0.0.1. */
  static async listen(listener: ControlListener): Promise<ControlChannel> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return new ControlChannel(server, listener);
  }

  /** Goes to a program that listens, and shows the token that the program expects. Rejects with a UserError. */
  static async connect(
    { host, port, token }: Address,
    listener: ControlListener,
    signal: AbortSignal,
  ): Promise<ControlChannel> {
    const channel = new ControlChannel(undefined, listener);
    channel.use(await reach(host, port, signal));
    signal.addEventListener('abort', () => channel.close());
    await channel.request('attach', { token });
    return channel;
  }

  /** Where the program has to connect. */
  get port(): number {
    const address = this.server?.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Asks the program; rejects with a UserError that holds its own sentence when it refuses. */
  request(command: string, fields: Record<string, unknown> = {}): Promise<unknown> {
    const socket = this.socket;
    if (socket === undefined || socket.destroyed) {
      return Promise.reject(new UserError('The program has ended.'));
    }
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      socket.write(`${JSON.stringify({ id, command, ...fields })}\n`);
    });
  }

  close(): void {
    this.server?.close();
    this.socket?.destroy();
  }

  /** Says a last word before. */
  closeWith(command: string): void {
    this.request(command).catch(() => undefined);
    this.server?.close();
    this.socket?.end();
  }

  private accept(socket: Socket): void {
    readLines(socket, (message) => {
      if (this.socket === socket) {
        this.handle(message);
      } else if (this.socket === undefined && isHello(message) && this.isGenuine(message)) {
        this.server?.close();
        this.use(socket);
        this.greet(message);
      } else {
        socket.destroy();
      }
    });
  }

  private use(socket: Socket): void {
    this.socket = socket;
    socket.on('close', () => this.lost());
    if (this.server === undefined) {
      readLines(socket, (message) => this.handle(message));
    }
  }

  private isGenuine({ token }: Hello): boolean {
    const shown = Buffer.from(token);
    const expected = Buffer.from(this.token);
    return shown.length === expected.length && timingSafeEqual(shown, expected);
  }

  private handle(message: ProgramEvent | Reply | undefined): void {
    if (message === undefined) {
      return;
    }
    if ('event' in message) {
      if (this.server === undefined && message.event === 'hello') {
        this.greet(message);
      }
      this.listener.event(message);
      return;
    }
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.ok) {
      waiting?.resolve(message.result);
    } else {
      waiting?.reject(new RefusedError(message.error, message.hasChanged));
    }
  }

  private lost(): void {
    const unanswered = [...this.waiting.values()];
    this.waiting.clear();
    this.miss(new UserError('The program has ended.'));
    for (const { reject } of unanswered) {
      reject(new UserError('The program has ended.'));
    }
    this.listener.closed();
  }
}

/** A socket that can't be read is closed, which tells all that there is to know. */
function readLines(socket: Socket, take: (message: ProgramEvent | Reply | undefined) => void): void {
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  const lines = createInterface({ input: socket, crlfDelay: Infinity });
  lines.on('line', (line) => take(parseMessage(line))).on('error', () => undefined); // It passes the socket's on.
}

/** Programs that are started at the same time as the debugger get a moment to begin to listen. */
const PATIENCE_MS = 2000;
const LOOK_AGAIN_MS = 100;

async function reach(host: string, port: number, signal: AbortSignal): Promise<Socket> {
  for (const end = Date.now() + PATIENCE_MS; ;) {
    try {
      return await connected(host, port);
    } catch (error) {
      if (Date.now() > end || signal.aborted || codeOf(error) !== 'ECONNREFUSED') {
        throw new UserError(
          `No program waits at ${host}:${port} (${messageOf(error)}): ` +
            `start one with 'python -m execorder --listen ${port} …', or check 'connect'.`,
        );
      }
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

function connected(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket(port, host);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

function isHello(message: ProgramEvent | Reply | undefined): message is Hello {
  return message !== undefined && 'event' in message && message.event === 'hello';
}
