/** Giving up what was asked for, or what shows its progress. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import type { Loose } from './arguments';
import { optionalText } from './arguments';
import { Answer } from './connection';
import type { Session } from './session';

/** What can't be given up, or is answered already, is left as it is: that is no failure. */
export function cancel(session: Session, args: Loose<DebugProtocol.CancelArguments>): Answer {
  if (typeof args.requestId === 'number') {
    session.client.cancel(args.requestId);
  }
  const progressId = optionalText(args.progressId);
  if (progressId !== undefined) {
    session.progress.cancel(progressId);
  }
  return new Answer(undefined);
}
