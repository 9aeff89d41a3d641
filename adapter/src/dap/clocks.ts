/** Sessions side by side: what time it was at the cursor, and the cursor set to a time. */

import { UserError } from '../errors';
import type { Step, Trace } from '../trace/trace';
import { Clock } from '../travel/clock';
import { requireNumber } from './arguments';
import type { Loose } from './arguments';
import { Answer } from './connection';
import type { Jump } from './jumps';
import type { Session } from './session';

const clocks = new WeakMap<Trace, Clock>();

/** Nanoseconds since 1970; undefined when the recording doesn't tell. */
export function timeAtCursor({ timeline }: Session): bigint | undefined {
  const { trace, step } = timeline.moment;
  return clockOf(trace).timeAt(step);
}

/** To where the program was at a time, as `.when` of another session has told it: `2026-11-26T14:03:12.345678901Z`. */
export const atTime: Jump = ({ timeline }, text) => {
  const time = parseTime(text);
  if (time === undefined) {
    throw new UserError(`'.at' needs a time as '.when' tells it, here or in another session.`);
  }
  return stepAt(timeline.moment.trace, time);
};

export function goToTime(session: Session, args: Loose<{ time: number }>): Answer<{ step: number }> {
  const { step } = stepAt(session.timeline.moment.trace, BigInt(requireNumber(args.time, 'time')) * 1000n);
  return new Answer({ step }, session.timeline.goTo(step, 'goto'));
}

/** In requests, whose numbers hold no nanoseconds since 1970. */
export function microseconds(time: bigint): number {
  return Number(time / 1000n);
}

/** With nanoseconds, so that it names one step. */
export function timeText(time: bigint): string {
  const seconds = new Date(Number(time / SECOND) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(time % SECOND).padStart(9, '0')}Z`;
}

const SECOND = 1_000_000_000n;

function parseTime(text: string): bigint | undefined {
  const [, seconds, fraction = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/.exec(text) ?? [];
  const whole = seconds === undefined ? NaN : Date.parse(`${seconds}Z`);
  return Number.isNaN(whole) ? undefined : BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

function clockOf(trace: Trace): Clock {
  const clock = clocks.get(trace) ?? new Clock(trace);
  clocks.set(trace, clock);
  return clock;
}

/** The line that was running. */
function stepAt(trace: Trace, time: bigint): Step {
  const found = clockOf(trace).stepAt(time);
  if (found === undefined) {
    throw new UserError('This recording does not tell what time it was.');
  }
  const kinds = ['line'] as const;
  const line = trace.find(found + 1, 'backward', { kinds }) ?? trace.find(found, 'forward', { kinds });
  return trace.step(line ?? found);
}
