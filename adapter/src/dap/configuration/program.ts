/** What is to run, in which interpreter, with which arguments. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { UserError } from '../../errors';
import type { Program, ProgramArguments } from '../../interpreter/recorder-command';
import { optionalText, pathOf, texts } from '../arguments';

/** @throws UserError when more than one thing is to run, or a file isn't there */
export function targetOf(given: Readonly<Record<string, unknown>>, cwd: string): Program | undefined {
  const program = pathOf(given['program']);
  const module = optionalText(given['module']);
  const code = Array.isArray(given['code']) ? texts(given['code']).join('\n') : optionalText(given['code']);
  if ([program, module, code].filter((one) => one !== undefined).length > 1) {
    throw new UserError("Only one of 'program', 'module' and 'code' can be debugged at a time.");
  }
  if (program !== undefined) {
    const path = resolve(cwd, program);
    if (!existsSync(path)) {
      throw new UserError(`There is no program at ${path}: check 'program'.`);
    }
    return { kind: 'program', path };
  }
  if (module !== undefined) {
    return { kind: 'module', name: module };
  }
  return code === undefined ? undefined : { kind: 'code', code };
}

export function argumentsOf(value: unknown): ProgramArguments {
  return typeof value === 'string' && value.trim() !== ''
    ? { kind: 'shell', text: value }
    : { kind: 'words', words: wordsOf(value) };
}

/** The interpreter's command, and arguments of its own: those of a list, then `pythonArgs`. */
export function interpreterOf(given: Readonly<Record<string, unknown>>): {
  readonly python: string | undefined;
  readonly pythonArgs: readonly string[];
} {
  const named = given['python'] ?? given['pythonPath'];
  const [python, ...first] = Array.isArray(named) ? texts(named) : [optionalText(named)];
  return {
    python,
    pythonArgs: [...first.filter((word) => word !== undefined), ...wordsOf(given['pythonArgs'])],
  };
}

/** A list of words, or one text that is split at its spaces; quotes keep words together. */
function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') {
    return [...value.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => {
      return double ?? single ?? bare ?? '';
    });
  }
  return Array.isArray(value) ? value.map(String) : [];
}
