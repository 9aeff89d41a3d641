/** The adapter's end of the control channel: it listens, the program connects and shows its token. */

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createInterface } from 'node:readline';

import { UserError } from '../errors';
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

/** One channel to one program. */
export class ControlChannel {
  /** What the program has to say first, so that nobody else on this machine can pose as it. */
  readonly token = randomBytes(16).toString('hex');
  private readonly waiting = new Map<number, Waiting>();
  private socket: Socket | undefined;
  private lastId = 0;
  private greet: (hello: Hello) => void = () => undefined;
  /** The program's first message. */
  readonly hello = new Promise<Hello>((resolve) => {
    this.greet = resolve;
  });

  private constructor(
    private readonly server: Server,
    private readonly listener: ControlListener,
  ) {
    server.on('connection', (socket) => this.accept(socket));
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

  /** Where the program has to connect. */
  get port(): number {
    const address = this.server.address();
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
    this.server.close();
    this.socket?.destroy();
  }

  private accept(socket: Socket): void {
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    const lines = createInterface({ input: socket, crlfDelay: Infinity });
    lines.on('line', (line) => {
      const message = parseMessage(line);
      if (this.socket === socket) {
        this.handle(message);
      } else if (this.socket === undefined && isHello(message) && this.isGenuine(message)) {
        this.welcome(socket, message);
      } else {
        socket.destroy();
      }
    });
  }

  private welcome(socket: Socket, hello: Hello): void {
    this.socket = socket;
    this.server.close();
    socket.on('close', () => this.lost());
    this.greet(hello);
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
      this.listener.event(message);
      return;
    }
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.ok) {
      waiting?.resolve(message.result);
    } else {
      waiting?.reject(new UserError(message.error));
    }
  }

  private lost(): void {
    const unanswered = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of unanswered) {
      reject(new UserError('The program has ended.'));
    }
    this.listener.closed();
  }
}

function isHello(message: ProgramEvent | Reply | undefined): message is Hello {
  return message !== undefined && 'event' in message && message.event === 'hello';
}
