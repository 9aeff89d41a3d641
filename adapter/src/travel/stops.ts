/** Where a journey through a recording ends, and where the user wants it to end early. */

import type { Step } from '../trace/trace';
import type { Slot } from './slots';
import type { Write } from './writes';

/** A line of a file, as `find` knows it. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** What the user asked to stop for. */
export type Cause = 'breakpoint' | 'function breakpoint' | 'exception';

/** Why a journey ends at a step. */
export type Because =
  | { readonly kind: 'move' }
  | { readonly kind: Cause }
  | { readonly kind: 'data breakpoint'; readonly watch: Watch; readonly write: Write };

/** A step that stops a journey, and why. */
export interface Hit {
  readonly step: Step;
  readonly because: Because;
}

/**
 * The end of a move. `start`: nothing fits before, the first line is as far back as one gets. `head`: nothing fits
 * up to the newest step; a program that lives may run on from there.
 */
export type Stop = ({ readonly kind: 'step' } & Hit) | { readonly kind: 'start' } | { readonly kind: 'head' };

/** A slot whose writes stop a journey: at the line that writes, before it does. */
export interface Watch {
  readonly slot: Slot;
  /** Whether this very write counts. */
  stopsFor(write: Write): boolean | Promise<boolean>;
}

/** Breakpoints of all kinds, as far as travelling has to know about them. */
export interface StopPoints {
  /** Lines that hold a breakpoint. */
  readonly places: readonly Place[];
  /** Whether `exception` steps are to be looked at. */
  readonly exceptions: boolean;
  /** Whether it shows only later which `exception` steps stop: a living program can't tell when it comes there. */
  readonly areLate?: boolean;
  readonly watches: readonly Watch[];
  /** Decides about a visit of one of the places, or about an `exception` step. */
  stopsAt(step: Step): Cause | undefined | Promise<Cause | undefined>;
}

/** No breakpoints at all. */
export const NO_STOP_POINTS: StopPoints = {
  places: [],
  exceptions: false,
  watches: [],
  stopsAt: () => undefined,
};
