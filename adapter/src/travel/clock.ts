/** What time it was at a step, and which step was made at a time: recordings of several processes lie side by side. */

import type { Trace } from '../trace/trace';

interface Mark {
  readonly step: number;
  /** Microseconds since 1970. */
  readonly time: number;
}

/** The recorder notes the time at some of the steps; between them it is guessed. */
export class Clock {
  private readonly marks: Mark[] = [];

  constructor(private readonly trace: Trace) {}

  /** Microseconds since 1970; undefined when the recording doesn't say. */
  timeAt(step: number): number | undefined {
    this.update();
    const after = this.marks.findIndex((mark) => mark.step >= step);
    const next = this.marks[after];
    const last = after === -1 ? this.marks.at(-1) : this.marks[after - 1];
    if (last === undefined || next === undefined) {
      return (last ?? next)?.time;
    }
    return last.time + Math.floor(((next.time - last.time) * (step - last.step)) / (next.step - last.step));
  }

  /** The step that the program was at; before it began the first one, after it ended the last. */
  stepAt(time: number): number | undefined {
    this.update();
    const [first] = this.marks;
    if (first === undefined) {
      return undefined;
    }
    const last = this.marks.findLastIndex((mark) => mark.time <= time);
    const [before, after] = [this.marks[last], this.marks[last + 1]];
    if (before === undefined) {
      return first.step;
    }
    if (after === undefined) {
      return this.trace.length - 1;
    }
    const share = (time - before.time) / (after.time - before.time);
    // One that waited stands at the step before, until the very end.
    return before.step + Math.floor((after.step - before.step) * share);
  }

  private update(): void {
    for (;;) {
      const [step, nanoseconds] = this.trace.note(`clock.${this.marks.length + 1}`)?.split(' ') ?? [];
      if (step === undefined || nanoseconds === undefined) {
        return;
      }
      // A clock that was put back stands still here.
      const time = Math.max(Number(BigInt(nanoseconds) / 1000n), this.marks.at(-1)?.time ?? 0);
      this.marks.push({ step: Number(step), time });
    }
  }
}
