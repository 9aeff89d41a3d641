/** Where `breakpoint()` has stopped the living program: its past stops there as well. */

import type { Step, Trace } from '../trace/trace';
import type { Place } from '../travel/stops';

export class BreakpointCalls {
  private readonly steps = new Set<number>();

  add(step: number): void {
    this.steps.add(step);
  }

  clear(): void {
    this.steps.clear();
  }

  has({ step }: Step): boolean {
    return this.steps.has(step);
  }

  placesIn(trace: Trace): Place[] {
    const kept = [...this.steps].filter((step) => step >= trace.firstStep);
    return kept.map((step) => trace.step(step)).map(({ file, line }) => ({ file, line }));
  }
}
