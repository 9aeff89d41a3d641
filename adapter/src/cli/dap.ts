import { runServer, runStdio } from '../dap/main';
import type { Command } from './command';
import { print } from './progress';
import { parseWhole, parseWords, UsageError } from './words';

export const dapCommand: Command = {
  usage: 'dap [--port N] [--log FILE]',
  summary: 'the debug adapter, for editors',
  details: `Speaks the Debug Adapter Protocol on standard input and output, for one session.

Options:
  --port N     listen on this port of 127.0.0.1 instead, for any number of sessions; 0 takes a free one,
               and the line 'listening on 127.0.0.1:PORT' says which
  --log FILE   where the adapter writes what went wrong (default: standard error)`,
  run: dap,
};

const LARGEST_PORT = 65_535;

async function dap(words: readonly string[]): Promise<number> {
  const { values } = parseWords({
    args: [...words],
    options: { port: { type: 'string' }, log: { type: 'string' } },
  });
  const options = values.log === undefined ? {} : { log: values.log };
  if (values.port !== undefined) {
    const port = await runServer(parsePort(values.port), options);
    print(`listening on 127.0.0.1:${port}`);
    return 0;
  }
  await runStdio(options);
  // The client is gone: nothing that is still open may keep this process.
  process.exit(0);
}

function parsePort(text: string): number {
  const port = parseWhole(text, 'The port');
  if (port > LARGEST_PORT) {
    throw new UsageError(`The port must be at most ${LARGEST_PORT}, not ${port}.`);
  }
  return port;
}
