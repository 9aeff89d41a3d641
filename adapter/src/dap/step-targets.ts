/** The calls of a line, to step into one of them: as they were recorded, or as the living program finds them written. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { UserError } from '../errors';
import type { Step, Trace } from '../trace/trace';
import { frameStart } from '../travel/landmarks';
import { optionalNumber } from './arguments';
import type { Loose } from './arguments';
import { Answer } from './connection';
import { frameOf, threadOf } from './frames';
import { callText, move } from './moves';
import type { Session } from './session';

/** So many calls of a line are offered. */
const CALLS = 100;

/** Numbers of the living program's targets begin here; below are those of the recording. */
const LIVING = 2 ** 30;

export async function stepInTargets(
  session: Session,
  args: Loose<DebugProtocol.StepInTargetsArguments>,
): Promise<Answer<DebugProtocol.StepInTargetsResponse['body']>> {
  const { trace, at } = session.timeline.moment;
  const { frame } = frameOf(session, optionalNumber(args.frameId));
  const program = session.timeline.programAtHead;
  if (program !== undefined && frame === at.frame && at.kind === 'line') {
    const texts = await program.callTargets(frame);
    return new Answer({ targets: texts.map((label, index) => ({ id: LIVING + index, label })) });
  }
  const calls = frame === at.frame && at.kind === 'line' ? callsOf(trace, at) : [];
  // A target's number is the step of its call, counted from 1: it has to stay valid only until the next move.
  return new Answer({ targets: calls.map(({ step }) => ({ id: step + 1, label: callText(trace, step) })) });
}

/** The calls that a line makes itself, until the next line of its frame. */
function callsOf(trace: Trace, at: Step): Step[] {
  const calls: Step[] = [];
  const within = { thread: at.thread, maxDepth: at.depth + 1 };
  const end = trace.find(at.step, 'forward', { kinds: ['line'], frame: at.frame }) ?? trace.length;
  for (let here = at.step; calls.length < CALLS;) {
    const next = trace.find(here, 'forward', { kinds: ['call'], ...within });
    if (next === undefined || next >= end) {
      break;
    }
    const step = trace.step(next);
    if (step.depth === at.depth + 1) {
      calls.push(step);
    }
    here = next;
  }
  return calls;
}

/** Into the call that the client chose, else into the first. */
export function stepIn(
  session: Session,
  args: Loose<DebugProtocol.StepInArguments>,
): Answer<{ allThreadsContinued: true } | undefined> {
  const target = optionalNumber(args.targetId);
  if (target === undefined) {
    return move('stepIn')(session, args);
  }
  const { trace, at } = session.timeline.moment;
  const program = session.timeline.programAtHead;
  if (program !== undefined && target >= LIVING) {
    const thread = threadOf(session, args.threadId) ?? at.thread;
    return new Answer(
      { allThreadsContinued: true },
      session.timeline.stepInto(program, thread, target - LIVING),
    );
  }
  const call = target >= 1 && target <= trace.length ? trace.step(target - 1) : undefined;
  const start = call?.kind === 'call' ? frameStart(trace, call.frame) : undefined;
  if (start === undefined) {
    throw new UserError('This call is not in the recording: ask again for the targets.');
  }
  return new Answer(undefined, session.timeline.goTo(start.step, 'step'));
}

/** Back to the call: the first line of a frame, with its arguments as they were passed. */
export function restartFrame(session: Session, args: Loose<DebugProtocol.RestartFrameArguments>): Answer {
  const { trace } = session.timeline.moment;
  const { frame } = frameOf(session, optionalNumber(args.frameId));
  const start = frameStart(trace, frame);
  if (start === undefined) {
    throw new UserError('This frame ran no line that was recorded.');
  }
  return new Answer(undefined, session.timeline.goTo(start.step, 'restart'));
}
