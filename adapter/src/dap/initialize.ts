/** How a session begins: what both sides can do, and when everything is set up. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { messageOf } from '../errors';
import type { Loose } from './arguments';
import { CAPABILITIES } from './capabilities';
import { Answer } from './connection';
import type { Session } from './session';

export function initialize(
  session: Session,
  args: Loose<DebugProtocol.InitializeRequestArguments>,
): Answer<DebugProtocol.Capabilities> {
  session.facts = {
    pagesVariables: args.supportsVariablePaging === true,
    knowsInvalidated: args.supportsInvalidatedEvent === true,
    runsInTerminal: args.supportsRunInTerminalRequest === true,
    startsDebugging: args.supportsStartDebuggingRequest === true,
    showsMemory: args.supportsMemoryReferences === true,
    linesStartAt: args.linesStartAt1 === false ? 0 : 1,
  };
  session.progress.isWanted = args.supportsProgressReporting === true;
  return new Answer(CAPABILITIES);
}

export function configurationDone(session: Session): Answer {
  return new Answer(undefined, () => {
    session.isConfigured = true;
    beginWhenReady(session);
  });
}

/** The program begins once it is there and the client has configured everything, whichever comes last. */
export function beginWhenReady(session: Session): void {
  const { begin } = session;
  if (!session.isConfigured || begin === undefined) {
    return;
  }
  session.begin = undefined;
  begin().catch((error: unknown) => {
    session.warning(messageOf(error));
    session.finished(undefined);
  });
}
