/** Places that a frame, a loop or a function passes again and again: its start and end, its iterations and calls. */

import type { Direction, Step, Trace } from '../trace/trace';
import { isInLoop, loopAround } from './loops';

/** The first line of a frame, with its arguments as they were passed. */
export function frameStart(trace: Trace, frame: number): Step | undefined {
  return stepOf(trace, trace.find(-1, 'forward', { kinds: ['line'], frame }));
}

/** The last step of a frame: what it returns, or the exception that left it. */
export function frameEnd(trace: Trace, frame: number): Step | undefined {
  return stepOf(trace, trace.find(trace.length, 'backward', { frame }));
}

/**
 * The same line in the previous or next iteration of the innermost loop around it; where that iteration did not come
 * to the line, the first line of its body that did run. Without a loop: the line's other visit in the same frame.
 */
export function otherIteration(trace: Trace, from: Step, direction: Direction): Step | undefined {
  const here = lineAt(trace, from);
  if (here === undefined) {
    return undefined;
  }
  const { file, line, frame } = here;
  const visit = (at: number, of: number): number | undefined =>
    trace.find(at, direction, { kinds: ['line'], frame, visits: [{ file, line: of }] });
  const same = visit(here.step, line);
  const header = loopAround(trace.source(file), line);
  if (header === undefined || header === line) {
    return stepOf(trace, same);
  }
  const first = visit(here.step, header);
  const second = first === undefined ? undefined : visit(first, header);
  const isOtherRound = (step: number): boolean =>
    direction === 'forward' ? first !== undefined && step > first : first !== undefined && step < first;
  const isNextRound =
    same !== undefined && isOtherRound(same) && (second === undefined || !passes(direction, same, second));
  if (isNextRound) {
    return trace.step(same);
  }
  const headerVisit = direction === 'forward' ? first : second;
  const start = headerVisit === undefined ? undefined : bodyStart(trace, trace.step(headerVisit));
  const isInside = start !== undefined && isInLoop(trace.source(file), header, start.line);
  return isInside ? start : undefined;
}

/** The first line of another call of the function in which `from` is. */
export function otherCall(trace: Trace, from: Step, direction: Direction): Step | undefined {
  const start = frameStart(trace, from.frame);
  if (start === undefined) {
    return undefined;
  }
  const visits = [{ file: start.file, line: start.line }];
  for (let at = start.step; ;) {
    const found = trace.find(at, direction, { kinds: ['line'], visits });
    if (found === undefined) {
      return undefined;
    }
    const step = trace.step(found);
    const isFirst = step.frame !== start.frame && frameStart(trace, step.frame)?.step === found;
    if (isFirst && step.function === start.function) {
      return step;
    }
    at = found;
  }
}

function passes(direction: Direction, a: number, b: number): boolean {
  return direction === 'forward' ? a > b : a < b;
}

/** The line that is running at a step. */
function lineAt(trace: Trace, step: Step): Step | undefined {
  return step.kind === 'line'
    ? step
    : stepOf(trace, trace.find(step.step, 'backward', { kinds: ['line'], frame: step.frame }));
}

function bodyStart(trace: Trace, header: Step): Step | undefined {
  return stepOf(trace, trace.find(header.step, 'forward', { kinds: ['line'], frame: header.frame }));
}

function stepOf(trace: Trace, step: number | undefined): Step | undefined {
  return step === undefined ? undefined : trace.step(step);
}
