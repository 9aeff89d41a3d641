/** Processes that the program starts: each has a recording, and so a timeline, of its own. */

import { basename } from 'node:path';

import { messageOf } from '../errors';
import type { ChildStarted } from '../debuggee/messages';
import type { Session } from './session';

/** Has the client begin a session on the child's recording, or says where that is. */
export function startChildSession(session: Session, { pid, recording, name }: ChildStarted): void {
  const title = `${name ?? basename(recording)} (process ${pid})`;
  if (!session.facts.startsDebugging) {
    session.remark(`The program started ${title}; its recording is ${recording}.`);
    return;
  }
  const configuration = { type: 'execorder', name: title, request: 'attach', recording, stopOnEntry: false };
  session.client
    .request('startDebugging', { request: 'attach', configuration })
    .catch((error: unknown) => session.remark(`There is no session for ${title}: ${messageOf(error)}`));
}
