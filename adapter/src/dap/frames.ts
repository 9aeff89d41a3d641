/** The thread and the frame that a request speaks of. */

import { UserError } from '../errors';
import { optionalNumber } from './arguments';
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

/**
 * The thread that the client names, if it names one.
 * @throws UserError when the recording knows no such thread
 */
export function threadOf(session: Session, id: unknown): number | undefined {
  const thread = optionalNumber(id);
  const { trace, step } = session.timeline.moment;
  if (thread !== undefined && !trace.threads(step).some((known) => known.thread === thread)) {
    throw new UserError(`There is no thread ${thread}.`);
  }
  return thread;
}
