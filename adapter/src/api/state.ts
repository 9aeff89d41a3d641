import type { Frame, Step, StepKind, Trace, Value } from '../trace/trace';

/** A name and what it was bound to. */
export interface Binding {
  readonly name: string;
  readonly value: Value;
}

/** Everything visible in the running frame at one step. */
export interface State {
  readonly step: number;
  readonly kind: StepKind;
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly thread: number;
  /** Innermost frame first. */
  readonly stack: readonly Frame[];
  readonly globals: readonly Binding[];
  /** The running frame's own variables, free ones included; the same as `globals` at module level. */
  readonly locals: readonly Binding[];
  /** What the frame returns, yields or raises at this very step. */
  readonly result: Value | undefined;
}

/** Reads the state at a step. Names without a value are left out. */
export function readState(trace: Trace, n: number): State {
  const step = trace.step(n);
  const stack = trace.stack(n, step.thread);
  const running = stack[0];
  return {
    ...describe(step),
    stack,
    globals: running?.globals === undefined ? [] : bindingsOf(trace, n, running.globals),
    ...(running === undefined ? { locals: [], result: undefined } : readFrame(trace, step, running)),
  };
}

function describe(step: Step): Pick<State, 'step' | 'kind' | 'file' | 'line' | 'function' | 'thread'> {
  const { step: number, kind, file, line, function: name, thread } = step;
  return { step: number, kind, file, line, function: name, thread };
}

function readFrame(trace: Trace, step: Step, frame: Frame): Pick<State, 'locals' | 'result'> {
  const { variables, result } = trace.variables(step.step, step.thread, frame.frame);
  // At a call it is the task that runs a coroutine: no result of the frame's.
  const shown = result?.kind === 'unbound' || step.kind === 'call' ? undefined : result;
  if (frame.locals !== undefined) {
    return { locals: bindingsOf(trace, step.step, frame.locals), result: shown };
  }
  const bound = variables.filter(({ value }) => value.kind !== 'unbound');
  return { locals: bound.map(({ name, value }) => ({ name, value })), result: shown };
}

/** The items of a namespace's dict. A key that is no text can't be a name, and is left out. */
function bindingsOf(trace: Trace, n: number, dict: number): Binding[] {
  const bindings: Binding[] = [];
  for (const { key, value } of trace.contents(n, dict).items) {
    if (key?.kind === 'str') {
      bindings.push({ name: key.value, value });
    }
  }
  return bindings;
}
