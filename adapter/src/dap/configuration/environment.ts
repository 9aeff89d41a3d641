/** The program's environment: `envFile`, then `env`. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { messageOf, UserError } from '../../errors';
import { isRecord, pathOf } from '../arguments';

/** Variables to set; null removes one. */
export type Environment = Readonly<Record<string, string | null>>;

export function environmentOf(given: Readonly<Record<string, unknown>>, cwd: string): Environment {
  return { ...envFile(pathOf(given['envFile']), cwd), ...variables(given['env']) };
}

function variables(value: unknown): Environment {
  const entries = Object.entries(isRecord(value) ? value : {});
  return Object.fromEntries(entries.map(([name, text]) => [name, variable(text)]));
}

/** dape turns nil, which is its null, into false. */
function variable(value: unknown): string | null {
  if (value === null || value === false) {
    return null;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function envFile(path: string | undefined, cwd: string): Record<string, string> {
  if (path === undefined) {
    return {};
  }
  let text: string;
  try {
    text = readFileSync(resolve(cwd, path), 'utf8');
  } catch (error) {
    throw new UserError(`The 'envFile' ${path} can't be read: ${messageOf(error)}.`);
  }
  return parseEnvFile(text);
}

const LINE = /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*('[^']*'|"(?:\\.|[^"\\])*"|[^\r\n]*)/gm;

/** Lines NAME=value: `'…'` is taken as it stands, `"…"` knows \n, and `${NAME}` is filled in but in `'…'`. */
export function parseEnvFile(text: string, outer: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const found: Record<string, string> = {};
  const fill = (value: string): string =>
    value.replace(/\$\{(\w+)\}/g, (_, name: string) => found[name] ?? outer[name] ?? '');
  for (const [, name = '', value = ''] of text.matchAll(LINE)) {
    if (value.startsWith("'") && value.endsWith("'") && value.length > 1) {
      found[name] = value.slice(1, -1);
    } else if (value.startsWith('"') && value.endsWith('"') && value.length > 1) {
      found[name] = fill(
        value.slice(1, -1).replace(/\\(.)/g, (_, one: string) => (one === 'n' ? '\n' : one)),
      );
    } else {
      found[name] = fill(value.replace(/\s+#.*$/, '').trim());
    }
  }
  return found;
}
