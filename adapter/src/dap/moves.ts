/** Requests that move the cursor. The response goes out first, then the `stopped` that it causes. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { UserError } from '../errors';
import type { Step, Trace } from '../trace/trace';
import { frameEnd, frameStart } from '../travel/landmarks';
import { visits, visitsAround } from '../travel/visits';
import { isRecord, pathOf, requireNumber } from './arguments';
import type { Loose } from './arguments';
import { canonical } from './breakpoint-table';
import { microseconds, timeAtCursor } from './clocks';
import { Answer } from './connection';
import { threadOf } from './frames';
import { preview } from './preview';
import type { Session } from './session';
import type { MoveName } from './move-names';

type MoveArguments = Loose<{ threadId: number; granularity: string }>;

/** Recorded steps are the smallest that there is: calls, returns and exceptions besides lines. */
const BY_INSTRUCTION: Partial<Record<MoveName, MoveName>> = {
  next: 'tick',
  stepIn: 'tick',
  stepBack: 'tickBack',
  stepBackIn: 'tickBack',
};

/** Moves the thread that the client names, else the one of the last stop. */
export function move(
  name: MoveName,
): (session: Session, args: MoveArguments) => Answer<{ allThreadsContinued: true }> {
  return (session, args) => {
    const { timeline } = session;
    const thread = threadOf(session, args.threadId) ?? timeline.cursor.report?.thread ?? 1;
    const wanted = args.granularity === 'instruction' ? (BY_INSTRUCTION[name] ?? name) : name;
    return new Answer({ allThreadsContinued: true }, timeline.move(wanted, thread));
  };
}

export function pause(session: Session): Answer {
  session.timeline.pause();
  return new Answer(undefined);
}

/** So many visits of a line are offered in each direction. */
const TARGETS = 50;
/** So many are counted: beyond that, a target says its step instead of "visit 3 of 17". */
const COUNTED = 1000;

export function gotoTargets(
  session: Session,
  args: Loose<DebugProtocol.GotoTargetsArguments>,
): Answer<DebugProtocol.GotoTargetsResponse['body']> {
  const { trace, step, at } = session.timeline.moment;
  const path = pathOf(isRecord(args.source) ? args.source['path'] : undefined) ?? '';
  const line = requireNumber(args.line, 'line') + 1 - session.facts.linesStartAt;
  const file = trace.files().find((candidate) => canonical(candidate) === canonical(path));
  if (file === undefined) {
    return new Answer({ targets: [] });
  }
  const all = visits(trace, { file, line }, COUNTED + 1);
  const total = all.length > COUNTED ? undefined : all.length;
  const targets = visitsAround(trace, step, { file, line }, TARGETS).map((visit) => {
    const count = total === undefined ? `step ${visit}` : `visit ${all.indexOf(visit) + 1} of ${total}`;
    // A target's number is its step, counted from 1: ids have to stay valid only until the next move.
    return { id: visit + 1, label: `${count} · ${callText(trace, visit)}`, line };
  });
  const ends = targets.length === 0 ? [] : frameEnds(trace, at, file, line);
  return new Answer({ targets: [...targets, ...ends] });
}

/** The start and the end of the frame at the cursor, when the line is one of its own. */
function frameEnds(trace: Trace, at: Step, file: string, line: number): DebugProtocol.GotoTarget[] {
  const visits = [{ file, line }];
  const isOwn = trace.find(-1, 'forward', { kinds: ['line'], frame: at.frame, visits }) !== undefined;
  const start = isOwn && at.depth > 0 ? frameStart(trace, at.frame) : undefined;
  const end = start === undefined ? undefined : frameEnd(trace, at.frame);
  return [
    ...(start === undefined
      ? []
      : [{ id: start.step + 1, label: `start of ${callText(trace, start.step)}`, line }]),
    ...(end === undefined ? [] : [{ id: end.step + 1, label: `end of ${callText(trace, end.step)}`, line }]),
  ];
}

/** `f(n=2)`, to tell visits apart. */
export function callText(trace: Trace, visit: number): string {
  const { thread, frame, function: name } = trace.step(visit);
  const values = trace.variables(visit, thread, frame).variables.filter(({ role }) => role === 'argument');
  const shown = values.map(
    ({ name: argument, value }) => `${argument}=${preview({ trace, step: visit }, value)}`,
  );
  return name.startsWith('<') ? name : `${name}(${shown.join(', ')})`;
}

export function goTo(session: Session, args: Loose<DebugProtocol.GotoArguments>): Answer {
  const step = requireNumber(args.targetId, 'targetId') - 1;
  const { firstStep, length } = session.timeline.trace;
  if (step < firstStep || step >= length) {
    throw new UserError('This place is not in the recording.');
  }
  return new Answer(undefined, session.timeline.goTo(step, 'goto'));
}

/** For clients that show the recording as a whole. */
export function position(
  session: Session,
): Answer<{ step: number; length: number; isLive: boolean; time?: number }> {
  const { trace, step } = session.timeline.moment;
  const time = timeAtCursor(session);
  const isLive = session.timeline.program !== undefined;
  return new Answer({
    step,
    length: trace.length,
    isLive,
    ...(time === undefined ? {} : { time: microseconds(time) }),
  });
}
