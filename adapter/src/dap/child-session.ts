/** Processes that the program starts: each has a recording, and so a timeline, of its own. */

import { existsSync } from 'node:fs';
import { basename } from 'node:path';

import type { ChildStarted } from '../debuggee/messages';
import { messageOf } from '../errors';
import type { Session } from './session';

/** A child that only lives for a moment may never come to record anything. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 50;

/** Has the client begin a session on the child's recording, or says where that is. */
export async function startChildSession(session: Session, child: ChildStarted): Promise<void> {
  const { pid, recording, name } = child;
  if (!(await appears(recording))) {
    session.client.note(`the child process ${pid} did not record anything`);
    return;
  }
  const title = `${name ?? basename(recording, '.xrec')} (process ${pid})`;
  if (!session.facts.startsDebugging) {
    session.remark(`The program started process ${pid}; its recording is ${recording}.`);
    return;
  }
  const configuration = {
    ...{ type: 'execorder', request: 'attach', name: title },
    ...{ recording, stopOnEntry: false, pathMappings: session.preferences.pathMappings },
  };
  try {
    await session.client.request('startDebugging', { request: 'attach', configuration });
  } catch (error) {
    session.remark(
      `There is no session for process ${pid}, whose recording is ${recording}: ${messageOf(error)}`,
    );
  }
}

async function appears(file: string): Promise<boolean> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
    if (existsSync(file)) {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  return false;
}
