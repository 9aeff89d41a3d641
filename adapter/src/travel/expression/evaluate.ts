/** The value of an expression at a step, from what was recorded: nothing of the program runs. */

import type { Contents, Trace, Value, Variable } from '../../trace/trace';
import { isTraceError } from '../../trace/trace';
import { arithmetic, compare, isSame, isTrue, length, negative } from './operations';
import type { Lookup } from './operations';
import { isDescriptor } from '../computed';
import { parseExpression } from './parse';
import type { Expression } from './parse';
import { NotInThePast, NotWritable, PythonError } from './problems';
import type { Slot } from '../slots';

/** The frame in which names are looked up. */
export interface Place {
  readonly trace: Trace;
  readonly step: number;
  readonly thread: number;
  readonly frame: number;
}

/**
 * @throws NotInThePast when the expression is more than paths, comparisons and arithmetic
 * @throws PythonError when Python would say so: no such name, attribute, item …
 */
export function evaluate(text: string, place: Place): Value {
  return new Evaluation(text, place).value(parseExpression(text));
}

/** Whether the value of a condition counts as true. */
export function evaluateCondition(text: string, place: Place): boolean {
  const evaluation = new Evaluation(text, place);
  return isTrue(evaluation.value(parseExpression(text)), evaluation);
}

/**
 * Where the value of an expression is kept: what `x`, `x.name` or `x[key]` would be assigned to.
 *
 * @throws NotWritable when nothing can be assigned to it
 */
export function slotOf(text: string, place: Place): Slot {
  return new Evaluation(text, place).slot(parseExpression(text));
}

class Evaluation implements Lookup {
  private slots: readonly Variable[] | undefined;

  constructor(
    readonly text: string,
    private readonly place: Place,
  ) {}

  value(expression: Expression): Value {
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'name':
        return this.name(expression.name);
      case 'attribute':
        return this.attribute(this.value(expression.of), expression.name);
      case 'item':
        return this.item(this.value(expression.of), this.value(expression.index));
      case 'len':
        return { kind: 'int', value: BigInt(length(this.value(expression.of), this)) };
      case 'not':
        return { kind: 'bool', value: !isTrue(this.value(expression.of), this) };
      case 'negative':
        return negative(this.value(expression.of), this);
      case 'and': {
        const left = this.value(expression.left);
        return isTrue(left, this) ? this.value(expression.right) : left;
      }
      case 'or': {
        const left = this.value(expression.left);
        return isTrue(left, this) ? left : this.value(expression.right);
      }
      case 'compare':
        return { kind: 'bool', value: this.comparison(expression) };
      case 'arithmetic':
        return arithmetic(
          expression.operator,
          this.value(expression.left),
          this.value(expression.right),
          this,
        );
    }
  }

  slot(expression: Expression): Slot {
    switch (expression.kind) {
      case 'name':
        return this.slotOfName(expression.name);
      case 'attribute': {
        const of = this.value(expression.of);
        if (of.kind === 'object') {
          return { kind: 'attribute', object: of.object, name: expression.name };
        }
        throw new NotWritable(this.text);
      }
      case 'item':
        return this.slotOfItem(this.value(expression.of), this.value(expression.index));
      default:
        throw new NotWritable(this.text);
    }
  }

  private slotOfName(name: string): Slot {
    const { trace, step, thread, frame } = this.place;
    this.slots ??= trace.variables(step, thread, frame).variables;
    if (this.slots.some((variable) => variable.name === name)) {
      return { kind: 'variable', thread, frame, name };
    }
    const shown = trace.stack(step, thread).find((candidate) => candidate.frame === frame);
    const key: Value = { kind: 'str', value: name };
    for (const dict of [shown?.locals, shown?.globals]) {
      if (dict !== undefined && (dict === shown?.globals || this.entry(dict, key) !== undefined)) {
        return { kind: 'item', object: dict, key };
      }
    }
    throw new PythonError('NameError', `name '${name}' is not defined`);
  }

  private slotOfItem(of: Value, key: Value): Slot {
    if (of.kind !== 'object') {
      throw new NotWritable(this.text);
    }
    const { kind, length: size } = this.contents(of.object, 0, 0);
    if (kind === 'dict') {
      return { kind: 'item', object: of.object, key };
    }
    if (kind === 'list' && (key.kind === 'int' || key.kind === 'bool')) {
      const index = BigInt(this.position(BigInt(key.value), size));
      return { kind: 'item', object: of.object, key: { kind: 'int', value: index } };
    }
    throw new NotWritable(this.text);
  }

  /** An object as it was; NotInThePast when the recording can't tell. */
  contents(object: number, start?: number, count?: number): Contents {
    try {
      const contents = this.place.trace.contents(this.place.step, object, start, count);
      if (contents.unknown) {
        throw new NotInThePast(this.text);
      }
      return contents;
    } catch (error) {
      throw isTraceError(error, 'EXECORDER_NOT_FOUND') ? new NotInThePast(this.text) : error;
    }
  }

  private comparison({ first, rest }: Expression & { kind: 'compare' }): boolean {
    let left = this.value(first);
    for (const { operator, right: expression } of rest) {
      const right = this.value(expression);
      if (!compare(operator, left, right, this)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  private name(name: string): Value {
    const { trace, step, thread, frame } = this.place;
    this.slots ??= trace.variables(step, thread, frame).variables;
    const local = this.slots.find((variable) => variable.name === name && variable.value.kind !== 'unbound');
    if (local !== undefined) {
      return local.value;
    }
    const shown = trace.stack(step, thread).find((candidate) => candidate.frame === frame);
    for (const dict of [shown?.locals, shown?.globals]) {
      const found = dict === undefined ? undefined : this.entry(dict, { kind: 'str', value: name });
      if (found !== undefined) {
        return found;
      }
    }
    throw new PythonError('NameError', `name '${name}' is not defined`);
  }

  private attribute(of: Value, name: string): Value {
    if (of.kind !== 'object') {
      throw new NotInThePast(this.text);
    }
    const contents = this.contents(of.object, 0, 0);
    const own = contents.attributes.find((attribute) => attribute.name === name);
    if (own !== undefined) {
      return own.value;
    }
    const classes = contents.kind === 'class' ? contents.bases : [contents.classObject];
    const inherited = this.classAttribute(classes, name, 0);
    if (inherited !== undefined) {
      return inherited;
    }
    if (contents.kind === 'opaque') {
      throw new NotInThePast(this.text);
    }
    throw new PythonError('AttributeError', `'${contents.typeName}' object has no attribute '${name}'`);
  }

  /** Only plain values: what a function, a property or another descriptor gives is computed by running it. */
  private classAttribute(
    classes: readonly (number | undefined)[],
    name: string,
    depth: number,
  ): Value | undefined {
    for (const object of classes) {
      if (object === undefined || depth > 100) {
        continue;
      }
      const contents = this.contents(object, 0, 0);
      const found =
        contents.attributes.find((attribute) => attribute.name === name)?.value ??
        this.classAttribute(contents.bases, name, depth + 1);
      if (found?.kind === 'object' && this.isComputed(found.object)) {
        throw new NotInThePast(this.text);
      }
      if (found !== undefined) {
        return found;
      }
    }
    return undefined;
  }

  private isComputed(object: number): boolean {
    const contents = this.contents(object, 0, 0);
    const { trace, step } = this.place;
    return (
      contents.kind === 'opaque' || (contents.kind === 'instance' && isDescriptor(trace, step, contents))
    );
  }

  private item(of: Value, index: Value): Value {
    if (of.kind === 'str' && index.kind === 'int') {
      const characters = Array.from(of.value);
      return { kind: 'str', value: characters[this.position(index.value, characters.length)] ?? '' };
    }
    if (of.kind !== 'object') {
      throw new PythonError('TypeError', `'${of.kind}' object is not subscriptable`);
    }
    const { kind, length: size, typeName } = this.contents(of.object, 0, 0);
    if (kind === 'dict') {
      const found = this.entry(of.object, index);
      if (found === undefined) {
        throw typeName === 'dict' ? new PythonError('KeyError', 'no such key') : new NotInThePast(this.text);
      }
      return found;
    }
    if ((kind !== 'list' && kind !== 'tuple') || (index.kind !== 'int' && index.kind !== 'bool')) {
      throw new NotInThePast(this.text);
    }
    const at = this.position(BigInt(index.value), size);
    return this.contents(of.object, at, 1).items[0]?.value ?? { kind: 'unbound' };
  }

  private position(index: bigint, size: number): number {
    const at = Number(index < 0n ? index + BigInt(size) : index);
    if (at < 0 || at >= size) {
      throw new PythonError('IndexError', 'index out of range');
    }
    return at;
  }

  private entry(dict: number, wanted: Value): Value | undefined {
    return this.contents(dict).items.find(({ key }) => key !== undefined && isSame(key, wanted, this))?.value;
  }
}
