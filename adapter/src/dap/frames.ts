/** The frame that a request speaks of. */

import { UserError } from '../errors';
import type { FrameReference, Session } from './session';

/**
 * The frame that the client names, else the innermost one at the cursor.
 * @throws UserError when it is not on a stack
 */
export function frameOf(session: Session, id: number | undefined): FrameReference {
  if (id !== undefined && id !== 0) {
    const reference = session.frames.get(id);
    const { relation, waitsSince } = reference;
    if (waitsSince !== undefined) {
      throw new UserError(
        relation === 'created'
          ? `This is the moment at which the task was created: '.goto ${waitsSince}' goes there.`
          : `This coroutine waits: '.goto ${waitsSince}' goes to the step since which it does.`,
      );
    }
    return reference;
  }
  const { at } = session.timeline.moment;
  return { thread: at.thread, frame: at.frame };
}
