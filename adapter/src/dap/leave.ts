/** How a session ends. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import type { Loose } from './arguments';
import { Answer } from './connection';
import type { Session } from './session';

/** Asks the program to end: it may take its time, and the client doesn't wait for that. */
export function terminate(session: Session): Answer {
  return new Answer(undefined, () => {
    if (session.hasTimeline) {
      session.timeline.terminate();
    } else {
      session.giveUpLaunch();
      session.finished(undefined);
    }
  });
}

/** Answers at once and ends everything after that: some clients wait for the process to be gone. */
export function disconnect(session: Session, args: Loose<DebugProtocol.DisconnectArguments>): Answer {
  const endsProgram = args.terminateDebuggee ?? session.ownsProgram;
  return new Answer(undefined, () => void session.close(endsProgram));
}
