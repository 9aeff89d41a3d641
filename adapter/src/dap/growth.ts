/** Recordings that grow while they are looked at: another process writes them, and nothing here stops it. */

import { readFileSync } from 'node:fs';

import { isAlive, listeningPrograms } from '../debuggee/tokens';
import type { Listening } from '../debuggee/tokens';
import { UserError } from '../errors';
import type { RecordingTrace } from '../trace/recording-trace';
import type { Trace } from '../trace/trace';

const LOOK_AGAIN_MS = 100;

/** Answers how to ask whether somebody still writes this recording. */
export function growthOf(trace: RecordingTrace): () => boolean {
  const pid = Number(trace.note('pid')); // Noted down: it may be hard to read while the recording gives up its start.
  return () => {
    const { complete, endedEarly } = trace.info();
    return pid > 0 && pid !== process.pid && !complete && endedEarly === undefined && isAlive(pid);
  };
}

/** Waits for new steps; false: there will be none. Rejects with an AbortError when the signal is aborted. */
export async function newSteps(trace: Trace, grows: () => boolean, signal: AbortSignal): Promise<boolean> {
  for (;;) {
    // A program may add steps faster than they are looked at: requests get their turn all the same.
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    // Asked before the last look: what comes in between is not lost.
    const isLast = !grows();
    if (trace.refresh()) {
      return true;
    }
    if (isLast) {
      return false;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

/** What a process of this machine offers: a port to attach to, or a recording to watch. */
export function offerOf(pid: number): Listening | { readonly recording: string } {
  const listening = listeningPrograms().find((program) => program.pid === pid);
  if (listening !== undefined) {
    return listening;
  }
  const recording = mappedRecording(pid);
  if (recording === undefined) {
    throw new UserError(
      `Process ${pid} is not being recorded, as far as can be seen: name its 'recording', or start it with 'python -m execorder --listen PORT …'.`,
    );
  }
  return { recording };
}

/** The recorder writes through a mapping of the file, which Linux shows. */
function mappedRecording(pid: number): string | undefined {
  try {
    const maps = readFileSync(`/proc/${pid}/maps`, 'utf8');
    return /^\S+ rw-s .*?(\/.*\.xrec)$/m.exec(maps)?.[1];
  } catch {
    return undefined;
  }
}
