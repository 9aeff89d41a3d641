/** Starts the adapter: for one client on standard input and output, or for any number on a port of this machine. */

import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

import { messageOf, UserError } from '../errors';
import { Connection, stackOf } from './connection';
import { Journal } from './journal';
import { handlerOf } from './requests';
import { Session } from './session';

export interface DapOptions {
  /** A file that takes the messages of the protocol and what the adapter decided. */
  readonly log?: string;
}

export interface ServerOptions extends DapOptions {
  /** Only this machine by default: whoever connects can run programs. */
  readonly host?: string;
}

/** Serves one client on standard input and output; resolves when it is gone. */
export async function runStdio(options: DapOptions = {}): Promise<void> {
  const journal = journalOf(options);
  // Nothing but the protocol may stand on standard output.
  console.log = console.info = console.debug = (...words: unknown[]) => journal.note(words.join(' '));
  endProgramsWithUs();
  surviveOurBugs(journal);
  await serve(process.stdin, process.stdout, journal);
}

/** Listens until the process ends. Resolves with the port, which is a free one for port 0. */
export async function runServer(port: number, options: ServerOptions = {}): Promise<number> {
  endProgramsWithUs();
  surviveOurBugs(journalOf(options));
  const server = createServer((socket: Socket) => {
    socket.setNoDelay(true);
    void serve(socket, socket, journalOf(options));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(new UserError(`Port ${port} can't be used: ${messageOf(error)}. Choose another, or 0.`));
    });
    server.listen(port, options.host ?? '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** One session, until the client leaves. */
function serve(input: NodeJS.ReadableStream, output: NodeJS.WritableStream, journal: Journal): Promise<void> {
  return new Promise((resolve) => {
    const connection: Connection = new Connection(async (command, args, signal) => {
      const handler = handlerOf(command);
      if (handler === undefined) {
        throw new UserError(`The request '${command}' is not known here.`);
      }
      return handler(session, session.sources.paths.requestArguments(args ?? {}) as never, signal);
    }, journal);
    const end = (): void => {
      session.dispose();
      void connection.stop().then(resolve);
    };
    const session = new Session({
      event: (name, body) => connection.event(name, body),
      request: (command, args) => connection.request(command, args),
      cancel: (seq) => connection.cancel(seq),
      hangUp: end,
      log: (text) => journal.failure(text),
      note: (text) => journal.note(text),
      journal,
    });
    connection.onClosed = end;
    connection.start(input, output);
  });
}

function journalOf({ log }: DapOptions): Journal {
  const journal = new Journal((text) => void process.stderr.write(`${text}\n`));
  if (log !== undefined) {
    journal.keepIn(log);
  }
  return journal;
}

/** What nobody waits for may fail without taking the session, and the user's program, with it. */
function surviveOurBugs(journal: Journal): void {
  const report = (error: unknown): void => journal.failure(stackOf(error));
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
}

/** A signal ends this process in the ordinary way, so that the programs it started end with it. */
function endProgramsWithUs(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.once(signal, () => process.exit(code));
  }
}
