/** The frame that a request speaks of. */

import type { FrameReference, Session } from './session';

/** The frame that the client names, else the innermost one at the cursor. */
export function frameOf(session: Session, id: number | undefined): FrameReference {
  if (id !== undefined && id !== 0) {
    return session.frames.get(id);
  }
  const { at } = session.timeline.moment;
  return { thread: at.thread, frame: at.frame };
}
