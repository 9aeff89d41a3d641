/** A session with a program that somebody else started, and that waits for a debugger or runs already. */

import { existsSync } from 'node:fs';

import { openForUser, openForUserAsync } from '../api/open';
import { CodeLines } from '../debuggee/code-lines';
import { attach } from '../debuggee/debuggee';
import { listeningPrograms } from '../debuggee/tokens';
import { UserError } from '../errors';
import type { RecordingTrace } from '../trace/recording-trace';
import type { ConnectConfiguration } from './configuration/configuration';
import { tailOutput } from './output-tail';
import { announceProcess, beginProgram } from './run-program';
import type { Session } from './session';
import { timelineOf } from './timeline-of';

export async function attachToProgram(
  session: Session,
  configuration: ConnectConfiguration,
  signal: AbortSignal,
): Promise<void> {
  let trace: RecordingTrace | undefined;
  let recording = '';
  const timeline = timelineOf(session, configuration.stopAtEnd, () => (trace ??= openForUser(recording)));
  const attached = attach({ ...configuration, token: tokenFor(configuration) }, timeline, signal);
  session.progress.during(
    { title: `Waiting for the program's next step`, giveUp: () => session.giveUpLaunch() },
    attached,
  );
  const program = await attached;
  recording = program.hello.recording;
  if (!existsSync(recording)) {
    program.detach();
    throw new UserError(
      `The program at ${configuration.host}:${configuration.port} records into ${recording}, which is not on this machine.`,
    );
  }
  timeline.program = program;
  try {
    trace = await opened(session, recording, signal);
  } catch (error) {
    program.detach();
    throw error;
  }
  session.codeLines = program.hello.executable === '' ? undefined : new CodeLines(program.hello.executable);
  session.startsChildren = configuration.subProcess;
  const stopTailing = configuration.redirectOutput ? await tailOutput(session, recording) : () => undefined;
  session.cleanUp = () => {
    stopTailing();
    trace?.close();
  };
  session.timeline = timeline;
  session.ownsProgram = false;
  session.programLives();
  announceProcess(session, program, 'attach');
  session.begin = () => beginProgram(session, configuration);
}

/** What the program has recorded until now may be a lot. */
function opened(session: Session, recording: string, signal: AbortSignal): Promise<RecordingTrace> {
  const opening = openForUserAsync(recording, signal);
  session.progress.during({ title: `Opening ${recording}`, giveUp: () => session.giveUpLaunch() }, opening);
  return opening;
}

/** The token that the user gives, else the one that a program of this user has on this machine. */
function tokenFor({ host, port, token }: ConnectConfiguration): string {
  const found = listeningPrograms().find((program) => program.port === port)?.token;
  return token ?? (['127.0.0.1', 'localhost', '::1'].includes(host) ? found : undefined) ?? '';
}
