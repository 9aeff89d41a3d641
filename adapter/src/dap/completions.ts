/** What the console and watches offer while one types: names of the recorded scope, attributes, keys, words. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { UserError } from '../errors';
import type { Contents, Value } from '../trace/trace';
import { evaluate } from '../travel/expression/evaluate';
import { reprScalar } from '../text/repr';
import { optionalNumber, requireText } from './arguments';
import type { Loose } from './arguments';
import { BUILTINS } from './builtins';
import { Answer } from './connection';
import { frameOf } from './frames';
import { look } from './preview';
import type { Moment } from './preview';
import type { Session } from './session';
import { wordNames } from './words';

type Item = DebugProtocol.CompletionItem;

/** So many keys of a dict are offered. */
const KEYS = 200;
const BASES = 100;

export function completions(
  session: Session,
  args: Loose<DebugProtocol.CompletionsArguments>,
): Answer<{ targets: Item[] }> {
  const text = requireText(args.text, 'text');
  const column = (optionalNumber(args.column) ?? text.length + 1) - session.facts.linesStartAt;
  const typed = text.slice(0, Math.max(column, 0));
  try {
    return new Answer({ targets: itemsFor(session, typed, optionalNumber(args.frameId)) });
  } catch (error) {
    if (error instanceof UserError) {
      return new Answer({ targets: [] }); // What stands before the dot has no value here.
    }
    throw error;
  }
}

function itemsFor(session: Session, typed: string, frameId: number | undefined): Item[] {
  if (/^\s*\.[\w-]*$/.test(typed)) {
    const start = typed.indexOf('.');
    return chosen(
      wordNames().map((label) => ({ label, type: 'keyword' as const })),
      typed.slice(start),
      start,
    );
  }
  const path = /([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*|\[[^[\]]*\])*)([.[])([^.[\]]*)$/u.exec(
    typed,
  );
  if (path !== null) {
    const [, of = '', mark, begun = ''] = path;
    const { trace, step } = session.timeline.moment;
    const value = evaluate(of, { trace, step, ...frameOf(session, frameId) });
    const items = mark === '.' ? attributes({ trace, step }, value) : keys({ trace, step }, value);
    return chosen(items, begun, typed.length - begun.length);
  }
  const begun = /[\p{L}\p{N}_]*$/u.exec(typed)?.[0] ?? '';
  return chosen(names(session, frameId), begun, typed.length - begun.length);
}

/** Those that go on as it was begun, in order; each replaces what was typed of it. */
function chosen(items: readonly Item[], begun: string, start: number): Item[] {
  const fitting = items.filter(({ label }) => label.toLowerCase().startsWith(begun.toLowerCase()));
  const unique = [...new Map(fitting.map((item) => [item.label, item])).values()];
  return unique.map((item) => ({ ...item, start, length: begun.length }));
}

function names(session: Session, frameId: number | undefined): Item[] {
  const { trace, step } = session.timeline.moment;
  const { thread, frame } = frameOf(session, frameId);
  const slots = trace.variables(step, thread, frame).variables;
  const shown = trace.stack(step, thread).find((one) => one.frame === frame);
  const dicts = [shown?.locals, shown?.globals].flatMap((object) =>
    object === undefined ? [] : (look({ trace, step }, object)?.items ?? []),
  );
  const bound = slots.filter(({ value }) => value.kind !== 'unbound');
  return [
    ...bound.map(({ name, value }) => item({ trace, step }, name, value)),
    ...dicts.flatMap(({ key, value }) =>
      key?.kind === 'str' ? [item({ trace, step }, key.value, value)] : [],
    ),
    ...BUILTINS.map((label) => ({ label, type: 'function' as const })),
  ];
}

function attributes(moment: Moment, value: Value): Item[] {
  const contents = value.kind === 'object' ? look(moment, value.object, 0, 0) : undefined;
  if (contents === undefined) {
    return [];
  }
  const own = contents.attributes.map(({ name, value: held }) => item(moment, name, held));
  const classes = contents.kind === 'class' ? contents.bases : [contents.classObject];
  return [...own, ...inherited(moment, classes)];
}

function inherited(moment: Moment, classes: readonly (number | undefined)[]): Item[] {
  const items: Item[] = [];
  const waiting = [...classes];
  for (let count = 0; waiting.length > 0 && count < BASES; count++) {
    const object = waiting.shift();
    const contents: Contents | undefined = object === undefined ? undefined : look(moment, object, 0, 0);
    items.push(...(contents?.attributes ?? []).map(({ name, value }) => item(moment, name, value)));
    waiting.push(...(contents?.bases ?? []));
  }
  return items;
}

/** What may stand in brackets behind a dict. */
function keys(moment: Moment, value: Value): Item[] {
  const contents = value.kind === 'object' ? look(moment, value.object, 0, KEYS) : undefined;
  const scalars = (contents?.kind === 'dict' ? contents.items : []).flatMap(({ key }) =>
    key === undefined || key.kind === 'object' ? [] : [reprScalar(key)],
  );
  return scalars.map((key) => ({ label: `${key}]`, type: 'value' as const }));
}

function item(moment: Moment, label: string, value: Value): Item {
  const contents = value.kind === 'object' ? look(moment, value.object, 0, 0) : undefined;
  const type =
    contents?.kind === 'class'
      ? 'class'
      : contents?.typeName === 'module'
        ? 'module'
        : /function|method/.test(contents?.typeName ?? '')
          ? 'function'
          : 'variable';
  return { label, type };
}
