/** Starts the adapter: for one client on standard input and output, or for any number on a port of this machine. */

import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

import { messageOf, UserError } from '../errors';
import { Connection } from './connection';
import type { Log } from './connection';
import { handlerOf } from './requests';
import { Session } from './session';

export interface DapOptions {
  /** A file that takes what the adapter has to say about itself; standard error by default. */
  readonly log?: string;
}

export interface ServerOptions extends DapOptions {
  /** Only this machine by default: whoever connects can run programs. */
  readonly host?: string;
}

/** Serves one client on standard input and output; resolves when it is gone. */
export async function runStdio(options: DapOptions = {}): Promise<void> {
  const log = logTo(options.log);
  // Nothing but the protocol may stand on standard output.
  console.log = console.info = console.debug = (...words: unknown[]) => log(words.join(' '));
  endProgramsWithUs();
  surviveOurBugs(log);
  await serve(process.stdin, process.stdout, log);
}

/** Listens until the process ends. Resolves with the port, which is a free one for port 0. */
export async function runServer(port: number, options: ServerOptions = {}): Promise<number> {
  const log = logTo(options.log);
  endProgramsWithUs();
  surviveOurBugs(log);
  const server = createServer((socket: Socket) => {
    socket.setNoDelay(true);
    void serve(socket, socket, log);
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
function serve(input: NodeJS.ReadableStream, output: NodeJS.WritableStream, log: Log): Promise<void> {
  return new Promise((resolve) => {
    const connection: Connection = new Connection(async (command, args) => {
      const handler = handlerOf(command);
      if (handler === undefined) {
        throw new UserError(`The request '${command}' is not known here.`);
      }
      return handler(session, (args ?? {}) as never);
    }, log);
    const end = (): void => {
      session.dispose();
      connection.stop();
      resolve();
    };
    const session = new Session({
      event: (name, body) => connection.event(name, body),
      hangUp: end,
      log,
    });
    connection.onClosed = end;
    input.on('end', end);
    connection.start(input, output);
  });
}

function logTo(file: string | undefined): Log {
  if (file === undefined) {
    return (text) => void process.stderr.write(`${text}\n`);
  }
  return (text) => appendFileSync(file, `${text}\n`);
}

/** What nobody waits for may fail without taking the session, and the user's program, with it. */
function surviveOurBugs(log: Log): void {
  const report = (error: unknown): void =>
    log(error instanceof Error ? (error.stack ?? error.message) : String(error));
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
