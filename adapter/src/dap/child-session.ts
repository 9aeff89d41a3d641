/** Processes that the program starts: each has a recording, and so a timeline, of its own. */

import { existsSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import type { ChildStarted } from '../debuggee/messages';
import { isAlive } from '../debuggee/tokens';
import { messageOf } from '../errors';
import { openRecording } from '../trace/recording-trace';
import type { RecordingTrace } from '../trace/recording-trace';
import { startedProcess } from '../trace/started-processes';
import { isTraceError } from '../trace/trace';
import { firstLine } from '../travel/visits';
import type { Session } from './session';

/** A child that has ended may have been too short-lived to record anything. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 50;

/** Has the client begin a session on the child's recording, or says where that is. */
export async function startChildSession(session: Session, child: ChildStarted): Promise<void> {
  const { pid, recording, name } = child;
  if (!(await hasBegun(session, child))) {
    session.client.note(`the child process ${pid} did not record anything`);
    return;
  }
  const title = `${name ?? basename(recording, '.xrec')} (process ${pid})`;
  if (!session.facts.startsDebugging) {
    session.remark(`The program started process ${pid}; its recording is ${recording}.`);
    return;
  }
  const configuration = {
    ...{ type: 'execorder', request: 'attach', name: title },
    ...{ recording, stopOnEntry: false, subProcess: true, pathMappings: session.preferences.pathMappings },
  };
  try {
    await session.client.request('startDebugging', { request: 'attach', configuration });
  } catch (error) {
    session.remark(
      `There is no session for process ${pid}, whose recording is ${recording}: ${messageOf(error)}`,
    );
  }
}

/** Waits for the first line of the child's; a worker may wait for long before it runs any. */
async function hasBegun(session: Session, { pid, recording }: ChildStarted): Promise<boolean> {
  const patience = Date.now() + PATIENCE_MS;
  while (session.hasTimeline) {
    const isLast = !isAlive(pid) && Date.now() > patience;
    if (holdsLine(recording)) {
      return true;
    }
    if (isLast) {
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  return false;
}

function holdsLine(recording: string): boolean {
  try {
    const trace = openRecording(recording);
    try {
      return firstLine(trace) !== undefined;
    } finally {
      trace.close();
    }
  } catch (error) {
    if (isTraceError(error)) {
      return false; // It is not there yet, or only begun.
    }
    throw error;
  }
}

/** Looks for processes that a recorded one has started since; each is told of once. */
export function childWatch(session: Session, trace: RecordingTrace, recording: string): () => void {
  let known = 0;
  return () => {
    for (;;) {
      const started = startedProcess(trace, known + 1);
      if (started === undefined) {
        return;
      }
      known++;
      const { pid, file } = started;
      session.child({ event: 'child', pid, recording: join(dirname(recording), file), name: undefined });
    }
  };
}

/** Removes a recording, and those of the processes that were started in it. */
export function removeWithChildren(recording: string): void {
  const files: string[] = [];
  try {
    const trace = openRecording(recording);
    for (let n = 1, one = startedProcess(trace, n); one !== undefined; one = startedProcess(trace, ++n)) {
      files.push(join(dirname(recording), one.file));
    }
    trace.close();
  } catch (error) {
    if (!isTraceError(error)) {
      throw error;
    }
  }
  rmSync(recording, { force: true });
  files.filter((file) => existsSync(file)).forEach(removeWithChildren);
}
