import { codeOf, messageOf, UserError } from '../errors';
import { openRecording, openRecordingAsync, type RecordingTrace } from '../trace/recording-trace';

/** Opens a recording for a user: whatever is wrong with the file becomes a UserError that says what to do. */
export function openForUser(path: string): RecordingTrace {
  try {
    return restingNowAndThen(openRecording(path));
  } catch (error) {
    throw explain(path, error) ?? error;
  }
}

/**
 * The same without blocking, for recordings of any size. Aborting the signal rejects with a UserError at once; what comes
 * to be open then is closed.
 */
export async function openForUserAsync(
  path: string,
  signal?: AbortSignal,
  open: (path: string) => Promise<RecordingTrace> = openRecordingAsync,
): Promise<RecordingTrace> {
  const opened = open(path);
  const aborted = new Promise<never>((_resolve, reject) => {
    const giveUp = (): void => reject(new UserError(`Opening ${path} was given up.`));
    signal?.addEventListener('abort', giveUp, { once: true });
    if (signal?.aborted === true) {
      giveUp();
    }
  });
  try {
    return restingNowAndThen(await Promise.race([opened, aborted]));
  } catch (error) {
    opened.then((trace) => trace.close()).catch(() => undefined);
    throw explain(path, error) ?? error;
  }
}

const REST_EVERY_MS = 500;

/** A program that still writes its recording compresses it meanwhile, but nothing of what a reader may look at. */
function restingNowAndThen(trace: RecordingTrace): RecordingTrace {
  if (!trace.info().complete) {
    const timer = setInterval(() => {
      try {
        trace.rest();
      } catch {
        clearInterval(timer); // It was closed.
      }
    }, REST_EVERY_MS);
    timer.unref();
  }
  return trace;
}

function explain(path: string, error: unknown): UserError | undefined {
  const cause = { cause: error };
  switch (codeOf(error)) {
    case 'EXECORDER_NOT_A_RECORDING':
      return new UserError(`${path} is not a recording: make one with 'execorder record'.`, cause);
    case 'EXECORDER_TOO_NEW':
      return new UserError(`${path} was made by a newer Execorder: update Execorder to read it.`, cause);
    case 'EXECORDER_CORRUPT':
      return new UserError(`${path} is damaged and can't be read: record the program again.`, cause);
    case 'EXECORDER_IO':
      return new UserError(`${path} can't be opened: ${messageOf(error)}. Check the path.`, cause);
    case 'EXECORDER_NOT_BUILT':
      return new UserError(messageOf(error), cause);
    default:
      return undefined;
  }
}

/** Words for damage that shows only later, while a recording is read. */
export function explainReading(path: string, error: unknown): unknown {
  return codeOf(error) === 'EXECORDER_CORRUPT' ? (explain(path, error) ?? error) : error;
}
