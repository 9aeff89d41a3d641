import type { Trace } from '../trace/trace';
import type { Session } from './session';
import { Timeline } from './timeline';

/** The timeline of a session: its breakpoints stop it, and the session is told what happens on it. */
export function timelineOf(
  session: Session,
  stopAtEnd: boolean,
  open: () => Trace,
  grows?: () => boolean,
): Timeline {
  return new Timeline({ stopAtEnd, open, grows, points: (trace) => session.pointsIn(trace) }, session);
}
