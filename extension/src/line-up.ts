import { commands, debug, Disposable, window } from 'vscode';
import type { DebugSession } from 'vscode';
import { DEBUG_TYPE } from './configuration';

/** A program and the processes that it started: sets all to the moment at which the chosen one stands. */
export function lineUp(): Disposable {
  const sessions = new Set<DebugSession>();
  return Disposable.from(
    debug.onDidStartDebugSession((session) => {
      if (session.type === DEBUG_TYPE) {
        sessions.add(session);
      }
    }),
    debug.onDidTerminateDebugSession((session) => void sessions.delete(session)),
    commands.registerCommand('execorder.lineUp', () => lineUpWith(debug.activeDebugSession, sessions)),
  );
}

async function lineUpWith(
  chosen: DebugSession | undefined,
  sessions: ReadonlySet<DebugSession>,
): Promise<void> {
  if (chosen === undefined || !sessions.has(chosen)) {
    return;
  }
  const { time } = (await chosen.customRequest('execorder/position')) as { readonly time?: number };
  if (time === undefined) {
    void window.showInformationMessage('This recording does not tell what time it was.');
    return;
  }
  for (const session of sessions) {
    if (session !== chosen) {
      // One that runs stays where it is.
      await session.customRequest('execorder/gotoTime', { time }).then(undefined, () => undefined);
    }
  }
}
