/** Programs that run in a terminal of the client's, where they can be typed to. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { startInPipes, startInTerminal } from '../debuggee/process';
import type { OpenTerminal, StartProcess } from '../debuggee/process';
import type { RunConfiguration } from './configuration/configuration';
import type { Session } from './session';

export function usesTerminal({ facts }: Session, { console }: RunConfiguration): boolean {
  return facts.runsInTerminal && console !== 'internalConsole';
}

/** How the program of this configuration is started. */
export function startProcessFor(session: Session, { console, target }: RunConfiguration): StartProcess {
  if (console === 'internalConsole') {
    return startInPipes;
  }
  if (!session.facts.runsInTerminal) {
    session.remark(
      `This editor can't run programs in a terminal, which 'console' asks for: what the program prints is shown here, and it has no input.`,
    );
    return startInPipes;
  }
  const kind = console === 'externalTerminal' ? 'external' : 'integrated';
  const name = target.kind === 'program' ? target.path : target.kind === 'module' ? target.name : 'code';
  return startInTerminal(opener(session, { kind, title: `Python (time-travel): ${name}` }));
}

function opener(
  session: Session,
  how: Pick<DebugProtocol.RunInTerminalRequestArguments, 'kind' | 'title'>,
): OpenTerminal {
  return async ({ words, cwd, env }) => {
    const args = { ...how, cwd, args: [...words], env } satisfies DebugProtocol.RunInTerminalRequestArguments;
    await session.client.request('runInTerminal', args);
  };
}
