/** What a program prints whose output goes elsewhere: it is in the recording, and read there while it grows. */

import { openForUserAsync } from '../api/open';
import { OutputReplay } from './output';
import type { Session } from './session';

const LOOK_AGAIN_MS = 200;

/** Shows it as it comes. Answers how to show the rest and stop. */
export async function tailOutput(session: Session, recording: string): Promise<() => void> {
  // A reader of its own: what this one has seen is nobody else's business.
  const trace = await openForUserAsync(recording);
  const replay = new OutputReplay((stream, text, step) => session.printed(stream, text, step));
  const look = (): void => {
    trace.refresh();
    replay.upTo(trace, trace.length);
  };
  const timer = setInterval(look, LOOK_AGAIN_MS);
  let isOver = false;
  const stop = (): void => {
    if (!isOver) {
      isOver = true;
      clearInterval(timer);
      look();
      trace.close();
    }
  };
  session.onProgramEnded = stop;
  return stop;
}
