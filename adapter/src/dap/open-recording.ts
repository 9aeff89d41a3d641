/** A session on a recording that lies there. */

import { openForUserAsync } from '../api/open';
import type { RecordingTrace } from '../trace/recording-trace';
import type { Trace } from '../trace/trace';
import { originOf } from '../travel/raises';
import { childWatch } from './child-session';
import type { OpenConfiguration } from './configuration/configuration';
import { growthOf } from './growth';
import { OutputReplay } from './output';
import { pastInterpreter } from './run-program';
import type { Session } from './session';
import { timelineOf } from './timeline-of';

export async function openRecording(
  session: Session,
  { recording, stopOnEntry, step, subProcess }: OpenConfiguration,
  signal: AbortSignal,
  open: (path: string, signal: AbortSignal) => Promise<RecordingTrace> = openForUserAsync,
): Promise<void> {
  const opened = open(recording, signal);
  session.progress.during({ title: `Opening ${recording}`, giveUp: () => session.giveUpLaunch() }, opened);
  const trace = await opened;
  session.client.note(`opened ${recording}: ${trace.length} steps`);
  session.replay = new OutputReplay((stream, text, step) => session.printed(stream, text, step));
  const lookForChildren = subProcess ? childWatch(session, trace, recording) : () => undefined;
  const grows = growthOf(trace);
  const stopWatching = watch(session, trace, grows, lookForChildren);
  session.cleanUp = () => {
    stopWatching();
    trace.close();
  };
  session.past = { recording, interpreter: pastInterpreter(session, undefined) };
  session.programEnded();
  session.timeline = timelineOf(session, true, () => trace, grows);
  noteUncaught(session, trace);
  session.begin = async () => {
    trace.refresh(); // Its writer may have given up what was there when it was opened.
    session.timeline.enter(stopOnEntry, step);
    lookForChildren();
    await Promise.resolve();
  };
}

const LOOK_AGAIN_MS = 300;

/** Steps that a running program adds are seen, wherever the cursor stands. Answers how to stop that. */
function watch(session: Session, trace: RecordingTrace, grows: () => boolean, look: () => void): () => void {
  if (!grows()) {
    return () => undefined;
  }
  session.remark('The program still runs: what it adds to its recording is seen, and nothing here stops it.');
  const timer = setInterval(() => {
    const isLast = !grows();
    trace.refresh();
    session.timeline.keepUp();
    look();
    if (isLast) {
      clearInterval(timer);
    }
  }, LOOK_AGAIN_MS);
  return () => clearInterval(timer);
}

/** For the filter `uncaught`: where the exception came from that ended an old recording. */
function noteUncaught(session: Session, trace: Trace): void {
  if (trace.note('stopped_by') !== 'exception') {
    return;
  }
  const last = trace.find(trace.length, 'backward', { kinds: ['exception'] });
  if (last !== undefined) {
    session.exceptions.uncaught.add(originOf(trace, trace.step(last)).step);
  }
}
