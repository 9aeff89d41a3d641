/** Expressions of breakpoints in the past: from the recording where it can tell, else on copies of it, many at a time. */

import type { EvaluatedPlace } from '../debuggee/messages';
import type { PastPlaces } from '../debuggee/past';
import { messageOf, UserError } from '../errors';
import type { Step, Trace } from '../trace/trace';
import { evaluate, evaluateCondition } from '../travel/expression/evaluate';
import { NotInThePast } from '../travel/expression/problems';
import { fullText } from './preview';

/** Where an expression is meant. */
export type At = Pick<Step, 'step' | 'thread' | 'frame'>;

/** Evaluates on copies; undefined when there is nobody who could. */
export type OnCopies = (request: PastPlaces) => Promise<EvaluatedPlace[]> | undefined;

/** Thrown where the answer has to be waited for: `decided` does, and asks again. */
export class NeedsCopies extends Error {
  constructor(
    readonly expression: string,
    readonly at: At,
  ) {
    super(`'${expression}' has to be evaluated on copies`);
  }
}

/** So many visits of a line are evaluated at once: more and more, as the search goes on. */
const LARGEST_BATCH = 1024;

export class Conditions {
  private known = new Map<string, EvaluatedPlace>();
  private knownOf: Trace | undefined;
  private readonly last = new Map<string, { readonly step: number; readonly size: number }>();

  constructor(private readonly onCopies: OnCopies) {}

  /** Whether a condition counts as true. @throws NeedsCopies, or a UserError when it fails */
  holds(condition: string, trace: Trace, at: At): boolean {
    try {
      return evaluateCondition(condition, { trace, ...at });
    } catch (error) {
      return this.fromCopies(error, condition, trace, at).isTrue;
    }
  }

  /** A value as `print` would show it. @throws NeedsCopies, or a UserError when it fails */
  text(expression: string, trace: Trace, at: At): string {
    try {
      const value = evaluate(expression, { trace, ...at });
      return value.kind === 'str' ? value.value : fullText({ trace, step: at.step }, value);
    } catch (error) {
      return this.fromCopies(error, expression, trace, at).value;
    }
  }

  /** The answer to a question that may throw NeedsCopies; at once when it doesn't. */
  decided<T>(trace: Trace, question: () => T): T | Promise<T> {
    try {
      return question();
    } catch (error) {
      if (error instanceof NeedsCopies) {
        return this.prepare(trace, error).then(() => this.decided(trace, question));
      }
      throw error;
    }
  }

  private fromCopies(
    error: unknown,
    expression: string,
    trace: Trace,
    at: At,
  ): Exclude<EvaluatedPlace, { error: string }> {
    if (!(error instanceof NotInThePast)) {
      throw error;
    }
    const answer = this.answersOf(trace).get(keyOf(expression, at));
    if (answer === undefined) {
      throw new NeedsCopies(expression, at);
    }
    if ('error' in answer) {
      throw new UserError(answer.error);
    }
    return answer;
  }

  private answersOf(trace: Trace): Map<string, EvaluatedPlace> {
    if (this.knownOf !== trace) {
      this.known = new Map();
      this.last.clear();
      this.knownOf = trace;
    }
    return this.known;
  }

  private async prepare(trace: Trace, { expression, at }: NeedsCopies): Promise<void> {
    const places = [at, ...this.upcoming(trace, expression, at)];
    const known = this.answersOf(trace);
    let answers: readonly EvaluatedPlace[];
    try {
      const request = places.map(({ step, thread, frame }) => [step, thread, frame] as const);
      answers = (await this.onCopies({ expression, places: request })) ?? [];
    } catch (error) {
      answers = [{ error: messageOf(error) }];
    }
    known.set(keyOf(expression, at), { error: new NotInThePast(expression).message });
    answers.forEach((answer, index) => {
      const place = places[index];
      if (place !== undefined) {
        known.set(keyOf(expression, place), answer);
      }
    });
  }

  /** The visits of the same line that a search will come to next. */
  private upcoming(trace: Trace, expression: string, at: At): At[] {
    const here = trace.step(at.step);
    const before = this.last.get(expression);
    const size = before === undefined ? 1 : Math.min(before.size * 8, LARGEST_BATCH);
    this.last.set(expression, { step: at.step, size });
    if (before === undefined || here.kind !== 'line' || here.frame !== at.frame) {
      return [];
    }
    const direction = at.step > before.step ? 'forward' : 'backward';
    const filter = { kinds: ['line'], visits: [{ file: here.file, line: here.line }] } as const;
    const found: At[] = [];
    for (let from = at.step; found.length < size - 1;) {
      const next = trace.find(from, direction, filter);
      if (next === undefined) {
        break;
      }
      found.push(trace.step(next));
      from = next;
    }
    return found;
  }
}

function keyOf(expression: string, { step, frame }: At): string {
  return `${step}:${frame}:${expression}`;
}
