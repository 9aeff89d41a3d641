/** What `launch` and `attach` may be given, read at the edge. Everything that a user can get wrong is said here. */

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { messageOf, UserError } from '../errors';
import type { Program } from '../interpreter/recorder-command';
import { isRecord, optionalText, pathOf, texts } from './arguments';

/** A program to run under the recorder. */
export interface RunConfiguration {
  readonly kind: 'run';
  readonly target: Program;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | null>>;
  readonly python: string | undefined;
  readonly pythonArgs: readonly string[];
  readonly stopOnEntry: boolean;
  readonly stopAtEnd: boolean;
  readonly justMyCode: boolean;
  /** Where the recording is kept; without it, it lives as long as the session. */
  readonly recording: string | undefined;
}

/** A recording made before: there is no program any more. */
export interface OpenConfiguration {
  readonly kind: 'open';
  readonly recording: string;
  readonly stopOnEntry: boolean;
}

export type Configuration = RunConfiguration | OpenConfiguration;

/** @throws UserError about what doesn't fit together or isn't there */
export function parseConfiguration(request: 'launch' | 'attach', args: unknown): Configuration {
  const given = isRecord(args) ? args : {};
  const cwd = resolve(pathOf(given['cwd']) ?? '.');
  const recording = pathOf(given['recording']);
  const target = targetOf(given, cwd);
  if (target === undefined || request === 'attach') {
    if (recording === undefined) {
      throw new UserError(
        request === 'attach'
          ? "Name the recording to open: 'recording' is its path."
          : "Say what to debug: 'program', 'module' or 'code'; or name a 'recording' to open.",
      );
    }
    return openConfiguration(resolve(cwd, recording), given);
  }
  if (!existsSync(cwd)) {
    throw new UserError(`There is no folder ${cwd}: check 'cwd'.`);
  }
  return {
    kind: 'run',
    target,
    args: wordsOf(given['args'], 'args'),
    cwd,
    env: { ...envFile(pathOf(given['envFile']), cwd), ...environmentOf(given['env']) },
    python: pythonOf(given['python'] ?? given['pythonPath']),
    pythonArgs: wordsOf(given['pythonArgs'], 'pythonArgs'),
    stopOnEntry: given['stopOnEntry'] === true,
    stopAtEnd: given['stopAtEnd'] !== false,
    justMyCode: given['justMyCode'] !== false,
    recording: recording === undefined ? undefined : resolve(cwd, recording),
  };
}

function openConfiguration(recording: string, given: Record<string, unknown>): OpenConfiguration {
  if (!existsSync(recording)) {
    throw new UserError(`There is no recording at ${recording}: check 'recording'.`);
  }
  return { kind: 'open', recording, stopOnEntry: given['stopOnEntry'] !== false };
}

function targetOf(given: Record<string, unknown>, cwd: string): Program | undefined {
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

/** An interpreter's path; some clients give a list with one word. */
function pythonOf(value: unknown): string | undefined {
  return Array.isArray(value) ? optionalText(value[0]) : optionalText(value);
}

/** A list of words, or one text that is split at its spaces; quotes keep words together. */
function wordsOf(value: unknown, name: string): string[] {
  if (typeof value === 'string') {
    return [...value.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => {
      return double ?? single ?? bare ?? '';
    });
  }
  if (value !== undefined && value !== null && value !== false && !Array.isArray(value)) {
    throw new UserError(`'${name}' has to be a list of texts.`);
  }
  return Array.isArray(value) ? value.map(String) : [];
}

function environmentOf(value: unknown): Record<string, string | null> {
  const entries = Object.entries(isRecord(value) ? value : {});
  return Object.fromEntries(
    entries.map(([name, text]) => [
      name,
      text === null ? null : typeof text === 'string' ? text : JSON.stringify(text),
    ]),
  );
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
  const lines = text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*(.*?)[ \t]*\r?$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, unquoted(value)]));
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}
