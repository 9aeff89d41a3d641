/** Who wrote a slot last, found by looking at one step after the other: for traces that are short. */

import type { Slot, Trace, Value, Write } from './trace';

export function scanForWrite(trace: Trace, n: number, slot: Slot): Write | undefined {
  const value = slotValue(trace, n, slot);
  if (value === undefined) {
    return undefined;
  }
  let step = n;
  while (step > 0 && isSame(slotValue(trace, step - 1, slot), value)) {
    step--;
  }
  const first = step === 0;
  const operation =
    slot.kind === 'variable' ? 'bind' : slot.kind === 'attribute' ? 'setAttribute' : 'setItem';
  return { step, writer: writerOf(trace, step, slot), operation, first, value };
}

function writerOf(trace: Trace, step: number, slot: Slot): number | undefined {
  const isCall = trace.step(step).kind === 'call';
  const frame = slot.kind === 'variable' && !isCall ? slot.frame : frameRunningAt(trace, step);
  return trace.find(step, 'backward', frame === undefined ? {} : { frame });
}

/** The frame that ran just before a step: what has returned or yielded by then ran no more. */
function frameRunningAt(trace: Trace, step: number): number | undefined {
  if (step === 0) {
    return undefined;
  }
  const [top, caller] = trace.stack(step - 1);
  const { kind } = trace.step(step - 1);
  return kind === 'return' || kind === 'yield' ? caller?.frame : top?.frame;
}

/** Undefined when the slot or its owner isn't there. */
function slotValue(trace: Trace, n: number, slot: Slot): Value | undefined {
  if (slot.kind === 'variable') {
    return variableValue(trace, n, slot.frame, slot.name);
  }
  const contents = attempt(() => trace.contents(n, slot.object));
  if (slot.kind === 'attribute') {
    return contents?.attributes.find(({ name }) => name === slot.name)?.value;
  }
  const item = contents?.items.find(({ key }, index) =>
    key === undefined ? isSame(slot.key, { kind: 'int', value: BigInt(index) }) : isSame(slot.key, key),
  );
  return item?.value;
}

function variableValue(trace: Trace, n: number, frame: number, wanted: string): Value | undefined {
  for (const { thread } of trace.threads(n)) {
    const found = attempt(() => trace.variables(n, thread, frame));
    if (found !== undefined) {
      return found.variables.find(({ name, value }) => name === wanted && value.kind !== 'unbound')?.value;
    }
  }
  return undefined;
}

function attempt<T>(question: () => T): T | undefined {
  try {
    return question();
  } catch {
    return undefined;
  }
}

function isSame(left: Value | undefined, right: Value | undefined): boolean {
  const text = (value: Value | undefined): string =>
    JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${String(part)}n` : part));
  return left !== undefined && right !== undefined && text(left) === text(right);
}
