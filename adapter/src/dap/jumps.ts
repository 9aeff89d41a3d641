/** Jumps that the protocol has no request for: iterations, calls, printed lines, numbered steps. */

import { UserError } from '../errors';
import type { Direction, Step } from '../trace/trace';
import { frameEnd, frameStart, otherCall, otherIteration } from '../travel/landmarks';
import { nearestPrinted, printingLine } from '../travel/printed';
import { firstLine } from '../travel/visits';
import { requireNumber } from './arguments';
import type { Loose } from './arguments';
import { Answer } from './connection';
import type { Session } from './session';

/** Finds the step to jump to. @throws UserError when there is none */
export type Jump = (session: Session, text: string) => Step;

export function iteration(direction: Direction): Jump {
  return (session) => {
    const { trace, at } = session.timeline.moment;
    return (
      otherIteration(trace, at, direction) ?? none(`There is no ${word(direction)} iteration of this loop`)
    );
  };
}

export function call(direction: Direction): Jump {
  return (session) => {
    const { trace, at } = session.timeline.moment;
    return otherCall(trace, at, direction) ?? none(`There is no ${word(direction)} call of ${at.function}`);
  };
}

/** To the start of the frame at the cursor. */
export const startOfFrame: Jump = (session) => {
  const { trace, at } = session.timeline.moment;
  return frameStart(trace, at.frame) ?? none('This frame ran no line');
};

/** To the end of the frame at the cursor. */
export const endOfFrame: Jump = (session) => {
  const { trace, at } = session.timeline.moment;
  return frameEnd(trace, at.frame) ?? none('This frame ran no line');
};

export const startOfRecording: Jump = ({ timeline }) =>
  firstLine(timeline.moment.trace) ?? none('Nothing ran');

export const endOfRecording: Jump = ({ timeline }) => {
  const { trace } = timeline.moment;
  return trace.step(trace.length - 1);
};

/** To the line that printed a text: the nearest one before the cursor, else the nearest one after it. */
export const printed: Jump = ({ timeline }, text) => {
  const { trace, step } = timeline.moment;
  const piece = nearestPrinted(trace, step, 'backward', text) ?? nearestPrinted(trace, step, 'forward', text);
  return piece === undefined ? none(`Nothing that was printed holds '${text}'`) : printingLine(trace, piece);
};

export const numbered: Jump = ({ timeline }, text) => {
  const { trace, step } = timeline.moment;
  const wanted = Number(text);
  if (!/^\d+$/.test(text) || wanted < trace.firstStep || wanted >= trace.length) {
    throw new UserError(
      `'.goto' needs a step from ${trace.firstStep} to ${trace.length - 1}; the cursor is at ${step}.`,
    );
  }
  return trace.step(wanted);
};

/** A custom request for a jump. */
export function jump(to: Jump): (session: Session) => Answer<{ step: number }> {
  return (session) => {
    const { step } = to(session, '');
    return new Answer({ step }, session.timeline.goTo(step, 'goto'));
  };
}

/** To a step by its number, which `output` events and rows of tables carry. */
export function goToStep(session: Session, args: Loose<{ step: number }>): Answer<{ step: number }> {
  const { step } = numbered(session, String(requireNumber(args.step, 'step')));
  return new Answer({ step }, session.timeline.goTo(step, 'goto'));
}

/** To the line that printed a text, or the piece of output with this number. */
export function goToOutput(
  session: Session,
  args: Loose<{ text: string; index: number }>,
): Answer<{ step: number }> {
  const { trace } = session.timeline.moment;
  if (typeof args.text === 'string') {
    const { step } = printed(session, args.text);
    return new Answer({ step }, session.timeline.goTo(step, 'goto'));
  }
  const index = requireNumber(args.index, 'index');
  const [piece] = trace.output(index, 1);
  if (piece === undefined) {
    throw new UserError(`There is no piece of output with the number ${index}.`);
  }
  const { step } = printingLine(trace, piece);
  return new Answer({ step }, session.timeline.goTo(step, 'goto'));
}

function word(direction: Direction): string {
  return direction === 'forward' ? 'later' : 'earlier';
}

function none(problem: string): never {
  throw new UserError(`${problem} in the recording.`);
}
