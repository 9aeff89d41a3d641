/** Exception breakpoints: which exceptions stop, by what becomes of them, by class and by condition. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { messageOf } from '../errors';
import type { Step, Trace } from '../trace/trace';
import { fateOf } from '../travel/fates';
import { isRaise, raisedAt } from '../travel/raises';
import { optionalText, records, texts } from './arguments';
import { classNames } from './classes';
import { NeedsCopies } from './conditions';
import type { Conditions } from './conditions';
import { typeName } from './preview';

export type ExceptionFilter = 'raised' | 'uncaught' | 'userUnhandled';

const CONDITION = 'Class names (ValueError, KeyError), or an expression in the frame that raises';

export const EXCEPTION_FILTERS: readonly (DebugProtocol.ExceptionBreakpointsFilter & {
  filter: ExceptionFilter;
})[] = [
  {
    filter: 'raised',
    label: 'Raised Exceptions',
    description: 'Stops where any exception is raised.',
    supportsCondition: true,
    conditionDescription: CONDITION,
  },
  {
    filter: 'uncaught',
    label: 'Uncaught Exceptions',
    description: 'Stops at exceptions that nobody catches.',
    default: true,
    supportsCondition: true,
    conditionDescription: CONDITION,
  },
  {
    filter: 'userUnhandled',
    label: 'User Uncaught Exceptions',
    description: 'Stops at exceptions that leave your code into the library code that called it.',
    supportsCondition: true,
    conditionDescription: CONDITION,
  },
];

/** How iteration and generators end: part of what goes right, so that only who asks for them by name stops for them. */
const CONTROL_FLOW: readonly string[] = ['StopIteration', 'StopAsyncIteration', 'GeneratorExit'];

const CLASS_NAMES = /^\s*[\w.]+(?:\s*,\s*[\w.]+)*\s*$/;

export class ExceptionRules {
  /** Steps at which an exception began its way that nobody caught, as the living program told. */
  readonly uncaught = new Set<number>();
  /** Likewise, steps at which one began that left the recorded code into library code. */
  readonly userUnhandled = new Set<number>();
  private wanted: ReadonlyMap<ExceptionFilter, string | undefined> = new Map();
  private readonly fates = new Map<number, ReturnType<typeof fateOf>>();
  private hasComplained = false;

  constructor(
    private readonly warn: (text: string) => void,
    private readonly conditions: Conditions,
  ) {}

  /** Takes a request's filters; answers for each, in their order, whether it is known. */
  set(filters: unknown, options: unknown): boolean[] {
    const named = [
      ...texts(filters).map((filter) => [filter, undefined] as const),
      ...records(options).map((one) => [String(one['filterId']), optionalText(one['condition'])] as const),
    ];
    this.hasComplained = false;
    this.wanted = new Map(named.flatMap(([name, condition]) => (isFilter(name) ? [[name, condition]] : [])));
    return named.map(([name]) => isFilter(name));
  }

  get filters(): readonly ExceptionFilter[] {
    return [...this.wanted.keys()];
  }

  /** Whether it shows only later that an exception is one to stop at. */
  get areLate(): boolean {
    return this.wanted.has('userUnhandled');
  }

  stopsAt(trace: Trace, step: Step): boolean {
    return isRaise(trace, step) && this.filters.some((filter) => this.applies(filter, trace, step));
  }

  isUncaught(trace: Trace, step: Step): boolean {
    return this.uncaught.has(step.step) || this.fateAt(trace, step) === 'uncaught';
  }

  fateAt(trace: Trace, step: Step): ReturnType<typeof fateOf> {
    if (this.userUnhandled.has(step.step)) {
      return 'userUnhandled';
    }
    const fate = this.fates.get(step.step) ?? fateOf(trace, step);
    if (fate !== 'open') {
      this.fates.set(step.step, fate);
    }
    return fate;
  }

  private applies(filter: ExceptionFilter, trace: Trace, step: Step): boolean {
    if (filter === 'uncaught' && !this.isUncaught(trace, step)) {
      return false;
    }
    if (filter === 'userUnhandled' && this.fateAt(trace, step) !== 'userUnhandled') {
      return false;
    }
    const condition = this.wanted.get(filter);
    if (condition !== undefined && CLASS_NAMES.test(condition)) {
      return isInstance(trace, step, condition);
    }
    const isOrdinary = filter !== 'uncaught' && isControlFlow(trace, step);
    return !isOrdinary && (condition === undefined || this.holds(condition, trace, step));
  }

  private holds(condition: string, trace: Trace, step: Step): boolean {
    try {
      return this.conditions.holds(condition, trace, step);
    } catch (error) {
      if (error instanceof NeedsCopies) {
        throw error;
      }
      if (!this.hasComplained) {
        this.hasComplained = true;
        this.warn(`The condition '${condition}' of an exception breakpoint fails: ${messageOf(error)}`);
      }
      return false;
    }
  }
}

function isFilter(name: string): name is ExceptionFilter {
  return EXCEPTION_FILTERS.some(({ filter }) => filter === name);
}

/** Whether the exception's class, or one of its bases, is among these names. */
function isInstance(trace: Trace, step: Step, wanted: string): boolean {
  const raised = raisedAt(trace, step);
  const names = raised === undefined ? [] : classNames({ trace, step: step.step }, raised);
  return wanted.split(',').some((name) => names.includes(name.trim()));
}

function isControlFlow(trace: Trace, step: Step): boolean {
  const raised = raisedAt(trace, step);
  return raised !== undefined && CONTROL_FLOW.includes(typeName({ trace, step: step.step }, raised));
}
