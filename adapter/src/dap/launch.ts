/** How a session begins and ends. */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import type { DebugProtocol } from '@vscode/debugprotocol';

import { openForUser } from '../api/open';
import { CodeLines } from '../debuggee/code-lines';
import { launch as launchProgram } from '../debuggee/debuggee';
import { messageOf, UserError } from '../errors';
import { findInterpreter } from '../interpreter/find';
import { preparePythonPath } from '../interpreter/python-path';
import type { RecordingTrace } from '../trace/recording-trace';
import type { Trace } from '../trace/trace';
import { originOf } from '../travel/raises';
import type { Loose } from './arguments';
import { isRecord } from './arguments';
import { CAPABILITIES } from './capabilities';
import { parseConfiguration } from './configuration';
import type { OpenConfiguration, RunConfiguration } from './configuration';
import { Answer } from './connection';
import { OutputReplay } from './output';
import type { Session } from './session';
import { Timeline } from './timeline';

export function initialize(
  session: Session,
  args: Loose<DebugProtocol.InitializeRequestArguments>,
): Answer<DebugProtocol.Capabilities> {
  session.facts = {
    pagesVariables: args.supportsVariablePaging === true,
    knowsInvalidated: args.supportsInvalidatedEvent === true,
    linesStartAt: args.linesStartAt1 === false ? 0 : 1,
  };
  return new Answer(CAPABILITIES);
}

/** `launch` and `attach`: both run a program, or open a recording when there is none to run. */
export function startWith(
  request: 'launch' | 'attach',
): (session: Session, args: unknown) => Promise<Answer> {
  return async (session, args) => {
    if (session.hasTimeline) {
      throw new UserError('This session is debugging already: end it first.');
    }
    session.relaunch = async (changed) => start(session, request, changed ?? args);
    await start(session, request, args);
    return new Answer(undefined, () => {
      session.client.event('initialized');
      beginWhenReady(session);
    });
  };
}

async function start(session: Session, request: 'launch' | 'attach', args: unknown): Promise<void> {
  const configuration = parseConfiguration(request, args);
  if (configuration.kind === 'open') {
    openRecording(session, configuration);
  } else {
    await runProgram(session, configuration);
  }
}

function openRecording(session: Session, { recording, stopOnEntry }: OpenConfiguration): void {
  const trace = openForUser(recording);
  session.replay = new OutputReplay((stream, text) => session.output(stream, text));
  session.cleanUp = () => trace.close();
  session.programEnded();
  session.timeline = timelineOf(session, true, () => trace);
  noteUncaught(session, trace);
  session.begin = async () => {
    session.timeline.enter(stopOnEntry);
    await Promise.resolve();
  };
}

async function runProgram(session: Session, configuration: RunConfiguration): Promise<void> {
  const { recording, cleanUp } = placeForRecording(configuration);
  session.cleanUp = cleanUp;
  session.isRecordingKept = configuration.recording !== undefined;
  let trace: RecordingTrace | undefined;
  const timeline = timelineOf(session, configuration.stopAtEnd, () => {
    trace = openForUser(recording);
    return trace;
  });
  try {
    const interpreter = await findInterpreter({ python: configuration.python });
    const packagePath = await preparePythonPath(interpreter, {
      onProgress: (text) => session.client.event('output', { category: 'console', output: `${text}\n` }),
    });
    session.codeLines = new CodeLines(interpreter.command);
    const python = interpreter.command;
    const debuggee = await launchProgram({ ...configuration, python, packagePath, recording }, timeline);
    timeline.program = debuggee;
    session.cleanUp = () => {
      trace?.close();
      cleanUp();
    };
    session.timeline = timeline;
    session.programLives();
    session.begin = () => beginProgram(session, configuration);
  } catch (error) {
    timeline.dispose();
    cleanUp();
    throw error;
  }
}

function timelineOf(session: Session, stopAtEnd: boolean, open: () => Trace): Timeline {
  return new Timeline({ stopAtEnd, open, points: (trace) => session.pointsIn(trace) }, session);
}

/** A folder of our own that goes with the session, unless the user names a file. */
function placeForRecording({ recording, target }: RunConfiguration): {
  readonly recording: string;
  readonly cleanUp: () => void;
} {
  try {
    if (recording !== undefined) {
      mkdirSync(dirname(recording), { recursive: true });
      return { recording, cleanUp: () => undefined };
    }
    const folder = mkdtempSync(join(tmpdir(), 'execorder-'));
    const name = target.kind === 'program' ? basename(target.path, '.py') : target.kind;
    return {
      recording: join(folder, `${name}.xrec`),
      cleanUp: () => rmSync(folder, { recursive: true, force: true }),
    };
  } catch (error) {
    throw new UserError(`The recording can't be written: ${messageOf(error)}.`);
  }
}

async function beginProgram(session: Session, configuration: RunConfiguration): Promise<void> {
  const { program, breakpoints } = session;
  if (program === undefined) {
    return; // It ended while the client was still setting breakpoints; that was reported.
  }
  for (const file of breakpoints.fileNames) {
    await program.setBreakpoints(file, breakpoints.forProgram(file));
  }
  await program.setExceptionBreakpoints([...breakpoints.exceptionFilters]);
  await program.start(configuration);
}

/** For the filter `uncaught`: where the exception came from that ended an old recording. */
function noteUncaught(session: Session, trace: Trace): void {
  if (trace.note('stopped_by') !== 'exception') {
    return;
  }
  const last = trace.find(trace.length, 'backward', { kinds: ['exception'] });
  if (last !== undefined) {
    session.breakpoints.uncaught.add(originOf(trace, trace.step(last)).step);
  }
}

export function configurationDone(session: Session): Answer {
  return new Answer(undefined, () => {
    session.isConfigured = true;
    beginWhenReady(session);
  });
}

function beginWhenReady(session: Session): void {
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

export async function restart(session: Session, args: unknown): Promise<Answer> {
  if (session.relaunch === undefined) {
    throw new UserError('There is nothing to restart.');
  }
  session.dispose();
  session.breakpoints.uncaught.clear();
  await session.relaunch(isRecord(args) ? args['arguments'] : undefined);
  return new Answer(undefined, () => beginWhenReady(session));
}

export async function terminate(session: Session): Promise<Answer> {
  if (session.hasTimeline) {
    await session.timeline.terminate();
  } else {
    session.finished(undefined);
  }
  return new Answer(undefined);
}

/** Answers at once and ends everything after that: some clients wait for the process to be gone. */
export function disconnect(session: Session): Answer {
  return new Answer(undefined, () => void session.close());
}
