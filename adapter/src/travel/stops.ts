/** Where a journey through a recording ends, and where the user wants it to end early. */

import type { Step } from '../trace/trace';

/** A line of a file, as `find` knows it. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/**
 * The end of a move. `start`: nothing fits before, the first line is as far back as one gets. `head`: nothing fits
 * up to the newest step; a program that lives may run on from there.
 */
export type Stop =
  | { readonly kind: 'step'; readonly step: Step; readonly because: 'move' | 'breakpoint' | 'exception' }
  | { readonly kind: 'start' }
  | { readonly kind: 'head' };

/** Breakpoints of all kinds, as far as travelling has to know about them. */
export interface StopPoints {
  /** Lines that hold a breakpoint. */
  readonly places: readonly Place[];
  /** Whether `exception` steps are to be looked at. */
  readonly exceptions: boolean;
  /** Decides about a visit of one of the places, or about an `exception` step. */
  stopsAt(step: Step): boolean;
}

/** No breakpoints at all. */
export const NO_STOP_POINTS: StopPoints = { places: [], exceptions: false, stopsAt: () => false };
