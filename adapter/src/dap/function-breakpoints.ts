/** Breakpoints on functions, by name: `work`, `Account.pay`, `module.work`. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import type { Step, Trace } from '../trace/trace';
import { entriesOf, isEntry } from '../travel/functions';
import type { Entry } from '../travel/functions';
import type { Place } from '../travel/stops';
import type { Counter } from '../travel/counter';
import { visitCounter } from '../travel/visits';
import { optionalText, records } from './arguments';
import type { Loose } from './arguments';
import { NeedsCopies } from './conditions';
import type { Conditions } from './conditions';
import { Answer } from './connection';
import { countHolds, isHitCondition } from './hit-condition';
import type { Session } from './session';

export interface FunctionBreakpoint {
  readonly id: number;
  readonly name: string;
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
  readonly problem?: string | undefined;
}

export class FunctionTable {
  private wanted: readonly FunctionBreakpoint[] = [];
  private readonly resolved = new Map<string, readonly Entry[]>();
  private readonly counters = new Map<number, Counter<Step>>();
  private resolvedLength = -1;
  /** Numbers of those that the client was told to be without a function. */
  readonly unverified = new Set<number>();

  constructor(private readonly conditions: Conditions) {}

  set(wanted: readonly FunctionBreakpoint[]): void {
    this.wanted = wanted;
    this.unverified.clear();
    this.counters.clear();
  }

  get all(): readonly FunctionBreakpoint[] {
    return this.wanted.filter(({ problem }) => problem === undefined);
  }

  placesIn(trace: Trace): Place[] {
    return this.all.flatMap(({ name }) => this.entries(trace, name));
  }

  /** Those that stop where a call of their function begins. */
  hitsAt(trace: Trace, step: Step): FunctionBreakpoint[] {
    return this.all.filter((one) => {
      const entries = this.entries(trace, one.name).filter((entry) => isEntry(trace, step, entry));
      return entries.length > 0 && this.conditionHolds(one, trace, step) && this.countFits(one, trace, step);
    });
  }

  isKnown(trace: Trace, name: string): boolean {
    return this.entries(trace, name).length > 0;
  }

  private entries(trace: Trace, name: string): readonly Entry[] {
    if (this.resolvedLength !== trace.length) {
      this.resolved.clear();
      this.resolvedLength = trace.length;
    }
    const found = this.resolved.get(name) ?? entriesOf(trace, name);
    this.resolved.set(name, found);
    return found;
  }

  private conditionHolds({ condition }: FunctionBreakpoint, trace: Trace, step: Step): boolean {
    try {
      return condition === undefined || this.conditions.holds(condition, trace, step);
    } catch (error) {
      if (error instanceof NeedsCopies) {
        throw error;
      }
      return false;
    }
  }

  private countFits(one: FunctionBreakpoint, trace: Trace, step: Step): boolean {
    if (one.hitCondition === undefined) {
      return true;
    }
    let counter = this.counters.get(one.id);
    if (counter === undefined) {
      const counts = (at: Step): boolean => {
        const begins = this.entries(trace, one.name).some((entry) => isEntry(trace, at, entry));
        return begins && this.conditionHolds(one, trace, at);
      };
      counter = visitCounter(trace, { file: step.file, line: step.line }, counts);
      this.counters.set(one.id, counter);
    }
    return countHolds(one.hitCondition, counter.upTo(step.step));
  }
}

export async function setFunctionBreakpoints(
  session: Session,
  args: Loose<DebugProtocol.SetFunctionBreakpointsArguments>,
): Promise<Answer<DebugProtocol.SetFunctionBreakpointsResponse['body']>> {
  const wanted = records(args.breakpoints).map((one) => wantedOf(session.breakpoints.newId(), one));
  session.functions.set(wanted);
  const told = session.program?.setFunctionBreakpoints(session.functions.all);
  told?.catch((error: unknown) => session.client.log(String(error)));
  if (session.hasTimeline && session.timeline.cursor.isStill) {
    await told;
  }
  return new Answer({ breakpoints: wanted.map((one) => described(session, one)) });
}

function wantedOf(id: number, one: Record<string, unknown>): FunctionBreakpoint {
  const name = (optionalText(one['name']) ?? '').trim();
  const hitCondition = optionalText(one['hitCondition']);
  const problem = problemOf(name, hitCondition);
  return { id, name, condition: optionalText(one['condition']), hitCondition, problem };
}

function problemOf(name: string, hitCondition: string | undefined): string | undefined {
  if (!/^[^\W\d]\w*(\.[^\W\d]\w*)*$/u.test(name)) {
    return `'${name}' is no name of a function.`;
  }
  const isFine = hitCondition === undefined || isHitCondition(hitCondition);
  return isFine ? undefined : `'${hitCondition}' is no hit condition.`;
}

function described(session: Session, { id, name, problem }: FunctionBreakpoint): DebugProtocol.Breakpoint {
  if (problem !== undefined) {
    return { id, verified: false, message: problem };
  }
  const trace = session.hasTimeline && session.timeline.cursor.hasTrace ? session.timeline.trace : undefined;
  if (trace !== undefined && session.functions.isKnown(trace, name)) {
    return { id, verified: true };
  }
  session.functions.unverified.add(id);
  return { id, verified: false, message: `No function '${name}' has run yet.` };
}

/** Tells the client of functions that have appeared. */
export function verifyFunctions(session: Session, trace: Trace): void {
  for (const { id, name } of session.functions.all) {
    if (session.functions.unverified.has(id) && session.functions.isKnown(trace, name)) {
      session.functions.unverified.delete(id);
      session.client.event('breakpoint', { reason: 'changed', breakpoint: { id, verified: true } });
    }
  }
}
