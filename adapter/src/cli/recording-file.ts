import { explainReading, openForUser } from '../api/open';
import type { RecordingTrace } from '../trace/recording-trace';
import { UsageError } from './words';

/** The one positional word of a command that takes a recording. */
export function oneFile(words: readonly string[]): string {
  const [file, ...others] = words;
  if (file === undefined) {
    throw new UsageError('Name a recording.');
  }
  refuseOthers(others);
  return file;
}

/** Complains about words that nothing asked for. */
export function refuseOthers(words: readonly string[]): void {
  if (words.length > 0) {
    throw new UsageError(`There is no use for '${words.join(' ')}'.`);
  }
}

/** Opens a recording, answers a question about it and closes it; damage found on the way becomes a UserError. */
export function readingFile(file: string, answer: (trace: RecordingTrace) => void): number {
  const trace = openForUser(file);
  try {
    answer(trace);
    return 0;
  } catch (error) {
    throw explainReading(file, error);
  } finally {
    trace.close();
  }
}
