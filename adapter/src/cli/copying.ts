import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { explainReading, openForUser } from '../api/open';
import { codeOf, messageOf, UserError } from '../errors';
import { UsageError } from './words';

/** The value of `-o`, which a command needs. */
export function requireOutput(output: string | undefined): string {
  if (output === undefined) {
    throw new UsageError('Say where to write it with -o OUT.');
  }
  return output;
}

/**
 * Has `work` write a new recording from `from`, beside `to` at first: what stands at `to` is replaced by a whole
 * recording or not at all, and `to` may be `from` itself.
 */
export function copying<Answer>(from: string, to: string, work: (unfinished: string) => Answer): Answer {
  openForUser(from).close();
  requirePlace(to);
  const unfinished = `${to}.${process.pid}.unfinished`;
  try {
    const answer = work(unfinished);
    renameSync(unfinished, to);
    return answer;
  } catch (error) {
    throw explainCopying(from, to, error);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function requirePlace(to: string): void {
  const folder = path.dirname(path.resolve(to));
  if (!existsSync(folder)) {
    throw new UserError(`There is no folder ${folder} to write to: make it, or choose another.`);
  }
  if (existsSync(to) && statSync(to).isDirectory()) {
    throw new UserError(`${to} is a folder: name a file to write to.`);
  }
}

function explainCopying(from: string, to: string, error: unknown): unknown {
  const about = messageOf(error);
  if (codeOf(error) === 'EXECORDER_IO' && about.includes('.unfinished')) {
    return new UserError(`${to} can't be written: ${about.split(': ').slice(1).join(': ')}.`, {
      cause: error,
    });
  }
  return explainReading(from, error);
}
