/** Reads the part of Python's expressions that needs none of the program's code to run. */

import type { Value } from '../../trace/trace';
import { NotInThePast } from './problems';
import { tokenize } from './tokens';
import type { Token } from './tokens';

export type Arithmetic = '+' | '-' | '*' | '/' | '//' | '%';
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'is' | 'is not' | 'in' | 'not in';

export type Expression =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'item'; readonly of: Expression; readonly index: Expression }
  | { readonly kind: 'len'; readonly of: Expression }
  | { readonly kind: 'not' | 'negative'; readonly of: Expression }
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'compare';
      readonly first: Expression;
      readonly rest: readonly { readonly operator: Comparison; readonly right: Expression }[];
    }
  | {
      readonly kind: 'arithmetic';
      readonly operator: Arithmetic;
      readonly left: Expression;
      readonly right: Expression;
    };

/** Conditions are evaluated at every visit of their line: those that were read lately are remembered. */
const remembered = new Map<string, Expression>();
const REMEMBERED = 100;

/** @throws NotInThePast when the text is anything more than this */
export function parseExpression(text: string): Expression {
  let expression = remembered.get(text);
  if (expression === undefined) {
    expression = parsed(text);
    if (remembered.size >= REMEMBERED) {
      remembered.clear();
    }
    remembered.set(text, expression);
  }
  return expression;
}

function parsed(text: string): Expression {
  try {
    return new Parser(text).whole();
  } catch (error) {
    // What is nested too deeply for us is for Python to judge.
    throw error instanceof RangeError ? new NotInThePast(text) : error;
  }
}

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);
const SUMS: ReadonlySet<string> = new Set(['+', '-']);
const PRODUCTS: ReadonlySet<string> = new Set(['*', '/', '//', '%']);
const LITERALS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['None', { kind: 'none' }],
  ['True', { kind: 'bool', value: true }],
  ['False', { kind: 'bool', value: false }],
]);
const KEYWORDS: ReadonlySet<string> = new Set(
  'and or not in is if else for lambda await async yield import from class def del return pass'.split(' '),
);

/** One method for each level of precedence, the loosest first. */
class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(private readonly text: string) {
    this.tokens = tokenize(text);
  }

  whole(): Expression {
    const expression = this.or();
    if (this.peek().kind !== 'end') {
      throw this.unknown();
    }
    return expression;
  }

  private or(): Expression {
    let left = this.and();
    while (this.takeWord('or')) {
      left = { kind: 'or', left, right: this.and() };
    }
    return left;
  }

  private and(): Expression {
    let left = this.not();
    while (this.takeWord('and')) {
      left = { kind: 'and', left, right: this.not() };
    }
    return left;
  }

  private not(): Expression {
    return this.takeWord('not') ? { kind: 'not', of: this.not() } : this.comparison();
  }

  private comparison(): Expression {
    const first = this.sum();
    const rest: { operator: Comparison; right: Expression }[] = [];
    for (let operator = this.comparer(); operator !== undefined; operator = this.comparer()) {
      rest.push({ operator, right: this.sum() });
    }
    return rest.length === 0 ? first : { kind: 'compare', first, rest };
  }

  private comparer(): Comparison | undefined {
    if (this.takeWord('is')) {
      return this.takeWord('not') ? 'is not' : 'is';
    }
    if (this.takeWord('in')) {
      return 'in';
    }
    if (this.takeWord('not')) {
      if (!this.takeWord('in')) {
        throw this.unknown();
      }
      return 'not in';
    }
    return this.takeOperator(COMPARISONS) as Comparison | undefined;
  }

  private sum(): Expression {
    return this.leftToRight(SUMS, () => this.product());
  }

  private product(): Expression {
    return this.leftToRight(PRODUCTS, () => this.unary());
  }

  private leftToRight(operators: ReadonlySet<string>, operand: () => Expression): Expression {
    let left = operand();
    for (
      let found = this.takeOperator(operators);
      found !== undefined;
      found = this.takeOperator(operators)
    ) {
      left = { kind: 'arithmetic', operator: found as Arithmetic, left, right: operand() };
    }
    return left;
  }

  private unary(): Expression {
    return this.take('-') ? { kind: 'negative', of: this.unary() } : this.primary();
  }

  private primary(): Expression {
    let expression = this.atom();
    for (;;) {
      if (this.take('.')) {
        const name = this.next();
        if (name.kind !== 'name') {
          throw this.unknown();
        }
        expression = { kind: 'attribute', of: expression, name: name.text };
      } else if (this.take('[')) {
        const index = this.or();
        this.expect(']');
        expression = { kind: 'item', of: expression, index };
      } else {
        return expression;
      }
    }
  }

  private atom(): Expression {
    const token = this.next();
    switch (token.kind) {
      case 'int':
      case 'float':
      case 'str':
      case 'bytes':
        return { kind: 'literal', value: token };
      case 'name':
        return this.named(token.text);
      case 'operator':
        if (token.text === '(') {
          const inner = this.or();
          this.expect(')');
          return inner;
        }
        throw this.unknown();
      case 'end':
        throw this.unknown();
    }
  }

  private named(name: string): Expression {
    const literal = LITERALS.get(name);
    if (literal !== undefined) {
      return { kind: 'literal', value: literal };
    }
    if (KEYWORDS.has(name)) {
      throw this.unknown();
    }
    if (name === 'len' && this.take('(')) {
      const of = this.or();
      this.expect(')');
      return { kind: 'len', of };
    }
    return { kind: 'name', name };
  }

  private peek(): Token {
    return this.tokens[this.at] ?? { kind: 'end' };
  }

  private next(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  private take(operator: string): boolean {
    const token = this.peek();
    const found = token.kind === 'operator' && token.text === operator;
    this.at += found ? 1 : 0;
    return found;
  }

  private takeWord(word: string): boolean {
    const token = this.peek();
    const found = token.kind === 'name' && token.text === word;
    this.at += found ? 1 : 0;
    return found;
  }

  private takeOperator(operators: ReadonlySet<string>): string | undefined {
    const token = this.peek();
    if (token.kind !== 'operator' || !operators.has(token.text)) {
      return undefined;
    }
    this.at++;
    return token.text;
  }

  private expect(operator: string): void {
    if (!this.take(operator)) {
      throw this.unknown();
    }
  }

  private unknown(): NotInThePast {
    return new NotInThePast(this.text);
  }
}
