/** All breakpoints of a session, and whether a recorded step hits one. */

import { realpathSync } from 'node:fs';

import type { ProgramBreakpoint } from '../debuggee/messages';
import type { Step, Trace } from '../trace/trace';
import { isNameError } from '../travel/expression/problems';
import type { Place } from '../travel/stops';
import type { Counter } from '../travel/counter';
import { visitCounter } from '../travel/visits';
import { messageOf } from '../errors';
import { NeedsCopies } from './conditions';
import type { Conditions } from './conditions';
import { countHolds, isHitCondition } from './hit-condition';

/** A breakpoint as the user set it. */
export interface Wanted {
  readonly line: number;
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
  readonly logMessage?: string | undefined;
}

export interface Breakpoint extends Wanted {
  readonly id: number;
  readonly file: string;
  /** Where it is: the next line that holds code. */
  readonly line: number;
  readonly isVerified: boolean;
  /** The client was told that its line has not run yet. */
  readonly isPending: boolean;
  /** Why it can't be hit. */
  readonly problem?: string | undefined;
}

/** Told what the user should read: a condition that fails, for instance. */
export type Warn = (text: string) => void;

export class BreakpointTable {
  /** The log points that the last `set` has brought. */
  freshLogPoints: readonly Breakpoint[] = [];
  private readonly files = new Map<string, readonly Breakpoint[]>();
  private readonly counters = new Map<number, Counter<Step>>();
  private readonly complained = new Set<number>();
  private lastId = 0;

  constructor(
    private readonly warn: Warn,
    private readonly conditions: Conditions,
  ) {}

  /** A number for a breakpoint of any kind. */
  newId(): number {
    return ++this.lastId;
  }

  /**
   * Replaces the breakpoints of a file; answers them in the order of the request. `codeLines` are the lines that can
   * hold one, empty when nobody knows. Of a program that will not run any more, `ran` are the lines that ever did.
   */
  set(
    file: string,
    wanted: readonly Wanted[],
    codeLines: readonly number[],
    ran?: ReadonlySet<number>,
    isUnknown = false,
  ): readonly Breakpoint[] {
    const breakpoints = wanted.map((one): Breakpoint => {
      const id = this.newId();
      const line = codeLines.length === 0 ? one.line : codeLines.find((candidate) => candidate >= one.line);
      const problem = problemOf(one, line, ran);
      const isPending = (isUnknown && problem === undefined) || problem === NOT_RUN;
      return {
        ...one,
        id,
        file,
        line: line ?? one.line,
        isVerified: problem === undefined,
        isPending,
        problem,
      };
    });
    this.freshLogPoints = this.newLogPoints(breakpoints, this.files.get(canonical(file)) ?? []);
    this.files.set(canonical(file), breakpoints);
    return breakpoints;
  }

  /** The breakpoints of a file, in the order of the request. */
  of(file: string): readonly Breakpoint[] {
    return this.files.get(canonical(file)) ?? [];
  }

  /** Those whose line has run by now, and of which the client doesn't know. */
  settle(trace: Trace): Breakpoint[] {
    const settled: Breakpoint[] = [];
    for (const [key, breakpoints] of this.files) {
      const isWaiting = breakpoints.some(({ isPending }) => isPending);
      const file = isWaiting ? trace.files().find((one) => canonical(one) === key) : undefined;
      const lines = file === undefined ? [] : trace.lines(file);
      const now = breakpoints.map((one) =>
        one.isPending && lines.includes(one.line)
          ? { ...one, isVerified: true, isPending: false, problem: undefined }
          : one,
      );
      settled.push(...now.filter((one) => !breakpoints.includes(one)));
      this.files.set(key, now);
    }
    return settled;
  }

  /** A breakpoint that waited for its file has found its line, or that there is none for it (0). */
  found(id: number, line: number): Breakpoint | undefined {
    for (const [key, breakpoints] of this.files) {
      const index = breakpoints.findIndex((one) => one.id === id);
      const one = breakpoints[index];
      if (one !== undefined) {
        const isThere = line > 0;
        const problem = isThere ? undefined : NO_CODE;
        const now = {
          ...one,
          line: isThere ? line : one.line,
          isVerified: isThere,
          isPending: false,
          problem,
        };
        this.files.set(key, breakpoints.with(index, now));
        return now;
      }
    }
    return undefined;
  }

  /** Files that have breakpoints, as the client names them. */
  get fileNames(): string[] {
    return [...this.files.values()].flatMap(([first]) => (first === undefined ? [] : [first.file]));
  }

  /** What a living program is told about a file. */
  forProgram(file: string): ProgramBreakpoint[] {
    const breakpoints = this.files.get(canonical(file)) ?? [];
    return breakpoints
      .filter(({ isVerified }) => isVerified)
      .map(({ id, line, condition, hitCondition, logMessage, isPending }) => ({
        id,
        line,
        ...(condition === undefined ? {} : { condition }),
        ...(hitCondition === undefined ? {} : { hitCondition }),
        ...(logMessage === undefined ? {} : { logMessage }),
        ...(isPending ? { waits: true } : {}),
      }));
  }

  /** The breakpoints that stop at a visit of their line; log points never do. */
  hitsAt(trace: Trace, step: Step): Breakpoint[] {
    return this.at(step).filter(
      (breakpoint) => breakpoint.logMessage === undefined && this.isHit(breakpoint, trace, step),
    );
  }

  /** Lines that stop. */
  placesIn(trace: Trace): Place[] {
    const all = [...this.files.values()].flat();
    return this.placesOf(
      trace,
      all.filter(({ logMessage }) => logMessage === undefined),
    );
  }

  /** Where breakpoints are in a recording. */
  placesOf(trace: Trace, points: readonly Breakpoint[]): Place[] {
    return trace.files().flatMap((file) => {
      const here = points.filter((point) => point.isVerified && canonical(point.file) === canonical(file));
      return here.map(({ line }) => ({ file, line }));
    });
  }

  /** Those of the breakpoints whose line, condition and count fit a step. */
  passing(points: readonly Breakpoint[], trace: Trace, step: Step): Breakpoint[] {
    return this.at(step).filter((point) => points.includes(point) && this.isHit(point, trace, step));
  }

  /** Log points of a file that were not there before. */
  private newLogPoints(breakpoints: readonly Breakpoint[], before: readonly Breakpoint[]): Breakpoint[] {
    const known = new Set(before.map(logKey));
    return breakpoints.filter(
      (point) => point.isVerified && point.logMessage !== undefined && !known.has(logKey(point)),
    );
  }

  private at({ kind, file, line }: Step): Breakpoint[] {
    if (kind !== 'line') {
      return [];
    }
    const breakpoints = this.files.get(canonical(file)) ?? [];
    return breakpoints.filter((breakpoint) => breakpoint.line === line && breakpoint.isVerified);
  }

  private isHit(breakpoint: Breakpoint, trace: Trace, step: Step): boolean {
    if (!this.conditionHolds(breakpoint, trace, step)) {
      return false;
    }
    return breakpoint.hitCondition === undefined
      ? true
      : countHolds(breakpoint.hitCondition, this.counterOf(breakpoint, trace, step).upTo(step.step));
  }

  private conditionHolds(breakpoint: Breakpoint, trace: Trace, step: Step): boolean {
    if (breakpoint.condition === undefined) {
      return true;
    }
    try {
      return this.conditions.holds(breakpoint.condition, trace, step);
    } catch (error) {
      if (error instanceof NeedsCopies) {
        throw error;
      }
      if (!isNameError(error)) {
        this.complain(breakpoint, messageOf(error));
      }
      return false;
    }
  }

  private complain({ id, file, line, condition = '' }: Breakpoint, reason: string): void {
    if (!this.complained.has(id)) {
      this.complained.add(id);
      this.warn(
        `The breakpoint at ${file}:${line} does not stop, because of its condition '${condition}': ${reason}`,
      );
    }
  }

  private counterOf(breakpoint: Breakpoint, trace: Trace, { file, line }: Step): Counter<Step> {
    let counter = this.counters.get(breakpoint.id);
    if (counter === undefined) {
      const counts = (visit: Step): boolean => this.conditionHolds(breakpoint, trace, visit);
      counter = visitCounter(trace, { file, line }, counts);
      this.counters.set(breakpoint.id, counter);
    }
    return counter;
  }
}

const NO_CODE = 'There is no code at this line or below it.';
const NOT_RUN = 'This line did not run in this recording.';

function logKey({ line, condition, hitCondition, logMessage }: Breakpoint): string {
  return JSON.stringify([line, condition, hitCondition, logMessage]);
}

function problemOf(
  { hitCondition }: Wanted,
  line: number | undefined,
  ran: ReadonlySet<number> | undefined,
): string | undefined {
  if (line === undefined) {
    return NO_CODE;
  }
  if (ran?.has(line) === false) {
    return NOT_RUN;
  }
  if (hitCondition !== undefined && !isHitCondition(hitCondition)) {
    return `'${hitCondition}' is no hit condition: use a number, or one of == > >= < <= % before it.`;
  }
  return undefined;
}

const canonicalPaths = new Map<string, string>();

/** One name for one file, however it was reached. */
export function canonical(file: string): string {
  let path = canonicalPaths.get(file);
  if (path === undefined) {
    try {
      path = realpathSync.native(file);
    } catch {
      path = file;
    }
    canonicalPaths.set(file, path);
  }
  return path;
}
