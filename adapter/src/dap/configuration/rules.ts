/** Which code is recorded step by step, and whose paths are whose. */

import { isAbsolute, join } from 'node:path';

import { UserError } from '../../errors';
import type { CodeRule } from '../../interpreter/recorder-command';
import { optionalText, records, texts } from '../arguments';

/** `exclude` before `include` before `rules`: who names a file to be left out means it. */
export function rulesOf(given: Readonly<Record<string, unknown>>, cwd: string): CodeRule[] {
  const list = (name: string): string[] =>
    typeof given[name] === 'string' ? [given[name]] : texts(given[name]);
  return [
    ...list('exclude').map((pattern) => ({ pattern: whole(pattern, cwd), include: false })),
    ...list('include').map((pattern) => ({ pattern: whole(pattern, cwd), include: true })),
    ...records(given['rules']).flatMap((rule) => ruleOf(rule, cwd)),
  ];
}

function ruleOf(rule: Readonly<Record<string, unknown>>, cwd: string): CodeRule[] {
  const { include } = rule;
  const path = optionalText(rule['path']);
  const module = optionalText(rule['module']);
  if (typeof include !== 'boolean' || (path === undefined) === (module === undefined)) {
    throw new UserError(
      `Each of the 'rules' needs 'path' or 'module', and 'include': true or false; this one doesn't: ${JSON.stringify(rule)}.`,
    );
  }
  if (path !== undefined) {
    return [{ pattern: whole(path, cwd), include }];
  }
  const place = (module ?? '').split('.').join('/');
  return [`**/${place}.py`, `**/${place}/**`].map((pattern) => ({ pattern, include }));
}

function whole(pattern: string, cwd: string): string {
  const place = isAbsolute(pattern) || pattern.startsWith('**') ? pattern : join(cwd, pattern);
  return /[*?]|\.\w+$/.test(place) ? place : join(place, '**');
}

/** A folder as the client names it, and as the program does. */
export interface PathMapping {
  readonly localRoot: string;
  readonly remoteRoot: string;
}

export function pathMappingsOf(given: Readonly<Record<string, unknown>>): PathMapping[] {
  return records(given['pathMappings']).map((mapping) => {
    const localRoot = optionalText(mapping['localRoot']);
    const remoteRoot = optionalText(mapping['remoteRoot']);
    if (localRoot === undefined || remoteRoot === undefined) {
      throw new UserError(
        `Each of the 'pathMappings' needs 'localRoot' and 'remoteRoot'; this one doesn't: ${JSON.stringify(mapping)}.`,
      );
    }
    return { localRoot, remoteRoot };
  });
}
