/** A session on a recording that lies there. */

import { openForUser } from '../api/open';
import type { Trace } from '../trace/trace';
import { originOf } from '../travel/raises';
import type { OpenConfiguration } from './configuration/configuration';
import { OutputReplay } from './output';
import type { Session } from './session';
import { timelineOf } from './timeline-of';

export function openRecording(session: Session, { recording, stopOnEntry, step }: OpenConfiguration): void {
  const trace = openForUser(recording);
  session.client.note(`opened ${recording}: ${trace.length} steps`);
  session.replay = new OutputReplay((stream, text) => session.output(stream, text));
  session.cleanUp = () => trace.close();
  session.programEnded();
  session.timeline = timelineOf(session, true, () => trace);
  noteUncaught(session, trace);
  session.begin = async () => {
    session.timeline.enter(stopOnEntry, step);
    await Promise.resolve();
  };
}

/** For the filter `uncaught`: where the exception came from that ended an old recording. */
function noteUncaught(session: Session, trace: Trace): void {
  if (trace.note('stopped_by') !== 'exception') {
    return;
  }
  const last = trace.find(trace.length, 'backward', { kinds: ['exception'] });
  if (last !== undefined) {
    session.breakpoints.uncaught.add(originOf(trace, trace.step(last)).step);
  }
}
