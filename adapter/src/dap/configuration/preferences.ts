/** What a configuration says about how things are shown, whatever is debugged. */

import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { UserError } from '../../errors';
import { isRecord, pathOf } from '../arguments';
import { pathMappingsOf } from './rules';
import type { PathMapping } from './rules';

const PRESENTATIONS = ['group', 'inline', 'hide'] as const;
/** How a kind of variables is shown: behind one entry, among the others, or not at all. */
export type Presentation = (typeof PRESENTATIONS)[number];

const VARIABLES = ['special', 'function', 'class', 'protected'] as const;
export type VariablePresentation = Readonly<Record<(typeof VARIABLES)[number], Presentation>>;

export interface Preferences {
  /** Whether what a function returned is shown after a step over its call. */
  readonly showReturnValue: boolean;
  readonly variablePresentation: VariablePresentation;
  readonly pathMappings: readonly PathMapping[];
  /** A file that takes the session's log. */
  readonly log: string | undefined;
}

const USUAL: VariablePresentation = {
  special: 'group',
  function: 'group',
  class: 'group',
  protected: 'inline',
};

export const DEFAULT_PREFERENCES: Preferences = {
  showReturnValue: true,
  variablePresentation: USUAL,
  pathMappings: [],
  log: undefined,
};

/** @throws UserError about what can't be understood */
export function preferencesOf(args: unknown): Preferences {
  const given = isRecord(args) ? args : {};
  return {
    showReturnValue: given['showReturnValue'] !== false,
    variablePresentation: presentationOf(given['variablePresentation']),
    pathMappings: pathMappingsOf(given),
    log: logOf(given['logToFile']),
  };
}

function presentationOf(value: unknown): VariablePresentation {
  const given = isRecord(value) ? value : {};
  const all = PRESENTATIONS.find((one) => one === given['all']);
  const result = {
    ...USUAL,
    ...(all === undefined ? {} : Object.fromEntries(VARIABLES.map((kind) => [kind, all]))),
  };
  for (const kind of VARIABLES) {
    const wanted = given[kind];
    const found = PRESENTATIONS.find((one) => one === wanted);
    if (wanted !== undefined && wanted !== null && found === undefined) {
      throw new UserError(
        `'variablePresentation' has to hold ${PRESENTATIONS.join(', ')}, not ${JSON.stringify(wanted)}.`,
      );
    }
    result[kind] = found ?? result[kind];
  }
  return result;
}

function logOf(value: unknown): string | undefined {
  const path = pathOf(value);
  if (path !== undefined) {
    return resolve(path);
  }
  return value === true ? join(tmpdir(), `execorder-dap-${process.pid}.log`) : undefined;
}
