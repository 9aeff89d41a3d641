/** What time it was at a step, and which step was made at a time: recordings of several processes lie side by side. */

import type { Trace } from '../trace/trace';

interface Mark {
  readonly step: number;
  /** Nanoseconds since 1970. */
  readonly time: bigint;
}

/** The recorder notes the time at some of the steps; between them it is guessed, so that `stepAt` undoes `timeAt`. */
export class Clock {
  private readonly marks: Mark[] = [];

  constructor(private readonly trace: Trace) {}

  /** Nanoseconds since 1970; undefined when the recording doesn't say. */
  timeAt(step: number): bigint | undefined {
    this.update();
    const index = this.marks.findLastIndex((mark) => mark.step <= step);
    const [before, after] = [this.marks[index], this.marks[index + 1]];
    if (before === undefined) {
      return after?.time;
    }
    const steps = BigInt(step - before.step);
    return after === undefined ? before.time + steps : before.time + dividedUp(after, before, steps);
  }

  /** The step that the program was at; before it began the first one, after it ended the last. */
  stepAt(time: bigint): number | undefined {
    this.update();
    const index = this.marks.findLastIndex((mark) => mark.time <= time);
    const [before, after] = [this.marks[index], this.marks[index + 1]];
    if (before === undefined) {
      return after?.step;
    }
    const passed = time - before.time;
    if (after === undefined) {
      return Math.min(before.step + Number(passed), this.trace.length - 1);
    }
    // One that waited stands at the step before, until the very end.
    return before.step + Number((passed * BigInt(after.step - before.step)) / (after.time - before.time));
  }

  private update(): void {
    for (;;) {
      const [step, nanoseconds] = this.trace.note(`clock.${this.marks.length + 1}`)?.split(' ') ?? [];
      if (step === undefined || nanoseconds === undefined) {
        return;
      }
      const [time, last] = [BigInt(nanoseconds), this.marks.at(-1)?.time ?? 0n];
      // A clock that was put back stands still here.
      this.marks.push({ step: Number(step), time: time < last ? last : time });
    }
  }
}

/** The time that so many steps after a mark take, rounded up. */
function dividedUp(after: Mark, before: Mark, steps: bigint): bigint {
  const all = BigInt(after.step - before.step);
  return ((after.time - before.time) * steps + all - 1n) / all;
}
