/** A session that starts a program and controls it. */

import { openForUser } from '../api/open';
import { CodeLines } from '../debuggee/code-lines';
import { launch } from '../debuggee/debuggee';
import type { Debuggee, StartOptions } from '../debuggee/debuggee';
import type { PastInterpreter } from '../debuggee/past';
import { findInterpreter } from '../interpreter/find';
import type { Interpreter } from '../interpreter/interpreter';
import { preparePythonPath } from '../interpreter/python-path';
import type { RecordingTrace } from '../trace/recording-trace';
import { removeWithChildren } from './child-session';
import type { RunConfiguration } from './configuration/configuration';
import { tailOutput } from './output-tail';
import { placeForRecording } from './recording-place';
import type { Session } from './session';
import { startProcessFor, usesTerminal } from './terminal';
import { timelineOf } from './timeline-of';
import { unlessAborted } from './unless-aborted';

export async function runProgram(
  session: Session,
  configuration: RunConfiguration,
  signal: AbortSignal,
): Promise<void> {
  const { recording, isKept, cleanUp } = placeForRecording(configuration);
  session.cleanUp = cleanUp;
  session.isRecordingKept = isKept;
  let trace: RecordingTrace | undefined;
  const timeline = timelineOf(session, configuration.stopAtEnd, () => {
    trace = openForUser(recording);
    return trace;
  });
  try {
    const interpreter = await findInterpreter({ python: configuration.python, folder: configuration.cwd });
    const packagePath = await prepare(session, interpreter, signal);
    session.codeLines = new CodeLines(interpreter.command);
    const past = { command: interpreter.command, packagePath };
    session.past = { recording, interpreter: () => Promise.resolve(past) };
    const isInTerminal = usesTerminal(session, configuration);
    session.showsOutput = isInTerminal || configuration.redirectOutput;
    session.startsChildren = configuration.subProcess;
    const python = interpreter.command;
    session.client.note(`${python} records into ${recording}`);
    const options = { ...configuration, python, packagePath, recording, signal };
    timeline.program = await launch(options, timeline, startProcessFor(session, configuration));
    const stopTailing =
      isInTerminal && configuration.redirectOutput ? await tailOutput(session, recording) : () => undefined;
    session.cleanUp = () => {
      stopTailing();
      trace?.close();
      cleanUp();
      removeChildren(session, isKept);
    };
    session.timeline = timeline;
    session.ownsProgram = true;
    session.programLives();
    announceProcess(session, timeline.program, 'launch');
    session.begin = () => beginProgram(session, configuration);
    if (isKept) {
      session.remark(`The recording is kept in ${recording}.`);
    }
  } catch (error) {
    timeline.dispose();
    cleanUp();
    throw error;
  }
}

/** An interpreter for expressions in an old recording; found, and prepared, once one is needed. */
export function pastInterpreter(
  session: Session,
  python: string | undefined,
): () => Promise<PastInterpreter> {
  let found: Promise<PastInterpreter> | undefined;
  const find = async (): Promise<PastInterpreter> => {
    const interpreter = await findInterpreter(python === undefined ? {} : { python });
    return { command: interpreter.command, packagePath: await prepare(session, interpreter) };
  };
  return () => (found ??= find());
}

/** A recording that doesn't stay takes those of its program's children with it. */
function removeChildren({ children }: Session, isKept: boolean): void {
  for (const recording of children.splice(0)) {
    if (!isKept) {
      removeWithChildren(recording);
    }
  }
}

/** Given up, it goes on behind the scenes: what is built serves the next launch. */
async function prepare(session: Session, interpreter: Interpreter, signal?: AbortSignal): Promise<string> {
  const prepared = preparePythonPath(interpreter, {
    onProgress: (message) => {
      session.remark(message);
      say({ message });
    },
    onPercent: (percentage) => say({ percentage }),
  });
  const awaited = signal === undefined ? prepared : unlessAborted(prepared, signal);
  const giveUp = signal === undefined ? undefined : (): void => session.giveUpLaunch();
  const say = session.progress.during({ title: `Preparing ${interpreter.command}`, giveUp }, awaited);
  return awaited;
}

export function announceProcess(session: Session, program: Debuggee, startMethod: 'launch' | 'attach'): void {
  const { pid, program: name } = program.hello;
  session.client.note(`${name} runs as process ${pid} under Python ${program.hello.python}`);
  session.client.event('process', { name, systemProcessId: pid, isLocalProcess: true, startMethod });
}

/** Tells the program what the client has set until now, and lets it run. */
export async function beginProgram(session: Session, configuration: StartOptions): Promise<void> {
  const { program, breakpoints } = session;
  if (program === undefined) {
    return; // It ended while the client was still setting breakpoints; that was reported.
  }
  for (const file of breakpoints.fileNames) {
    await program.setBreakpoints(file, breakpoints.forProgram(file));
  }
  await program.setExceptionBreakpoints(session.exceptions.filters);
  await program.setFunctionBreakpoints(session.functions.all);
  if (session.exceptions.areLate) {
    await program.setWatches({ objects: [], frames: [], atEnd: true });
  }
  const { stopOnEntry, stopAtEnd, breakOnSystemExit, breakpointCalls } = configuration;
  await program.start({ stopOnEntry, stopAtEnd, breakOnSystemExit, breakpointCalls });
}
