/** `launch`, `attach` and `restart`: what is debugged, and from which configuration. */

import { UserError } from '../errors';
import { isRecord } from './arguments';
import { remarksOn } from './configuration/checks';
import { parseConfiguration } from './configuration/configuration';
import type { Configuration } from './configuration/configuration';
import { offerOf } from './growth';
import type { Request } from './configuration/attributes';
import { preferencesOf } from './configuration/preferences';
import { attachToProgram } from './attach';
import { Answer } from './connection';
import { beginWhenReady } from './initialize';
import { openRecording } from './open-recording';
import { PathMapper } from './path-mapper';
import { runProgram } from './run-program';
import type { Session } from './session';

type Start = (session: Session, args: unknown, signal: AbortSignal) => Promise<Answer>;

/** Both run a program, or open a recording when there is none to run. */
export function startWith(request: Request): Start {
  return async (session, args, signal) => {
    if (session.hasTimeline || session.isLaunching) {
      throw new UserError('This session is debugging already: end it first.');
    }
    session.relaunch = async (changed, giveUp) => start(session, request, changed ?? args, giveUp);
    await start(session, request, args, signal);
    return new Answer(undefined, () => {
      session.client.event('initialized');
      beginWhenReady(session);
    });
  };
}

async function start(
  session: Session,
  request: Request,
  args: unknown,
  cancelled: AbortSignal,
): Promise<void> {
  const configuration = parseConfiguration(request, args);
  session.preferences = preferencesOf(args);
  session.sources.paths = new PathMapper(session.preferences.pathMappings);
  if (session.preferences.log !== undefined) {
    session.client.journal.keepIn(session.preferences.log);
    session.remark(`The log of this session is ${session.preferences.log}.`);
  }
  for (const remark of remarksOn(request, isRecord(args) ? args : {})) {
    session.remark(remark);
  }
  const signal = session.beginLaunch(cancelled);
  try {
    await startAs(session, configuration, signal);
  } finally {
    session.isLaunching = false;
  }
}

async function startAs(session: Session, configuration: Configuration, signal: AbortSignal): Promise<void> {
  switch (configuration.kind) {
    case 'open':
      await openRecording(session, configuration, signal);
      break;
    case 'run':
      await runProgram(session, configuration, signal);
      break;
    case 'connect':
      await attachToProgram(session, configuration, signal);
      break;
    case 'process': {
      const offer = offerOf(configuration.pid);
      const more = 'port' in offer ? { connect: offer } : { recording: offer.recording };
      await startAs(session, configuration.with(more), signal);
    }
  }
}

export async function restart(session: Session, args: unknown, signal: AbortSignal): Promise<Answer> {
  if (session.relaunch === undefined) {
    throw new UserError('There is nothing to restart.');
  }
  session.dispose();
  session.exceptions.uncaught.clear();
  session.exceptions.userUnhandled.clear();
  session.breakpointCalls.clear();
  session.toldExceptions.clear();
  await session.relaunch(isRecord(args) ? args['arguments'] : undefined, signal);
  return new Answer(undefined, () => beginWhenReady(session));
}
