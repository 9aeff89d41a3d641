import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../errors';
import type { Interpreter } from './interpreter';
import { probe } from './probe';
import { requireSupported } from './support';

/** Where an interpreter is looked for. */
export interface Search {
  /** What the user asked for: a path, or a name on PATH. */
  readonly python?: string | undefined;
  readonly environment?: NodeJS.ProcessEnv;
  /** The program's folder, which may hold a virtual environment: `.venv` or `venv`. */
  readonly folder?: string | undefined;
}

/**
 * The interpreter to record with: the one asked for, else the one that EXECORDER_PYTHON names, else that of the virtual
 * environment that is active (VIRTUAL_ENV, CONDA_PREFIX) or lies in the folder, else `python3` and then `python` on PATH.
 * Rejects with a UserError when it is missing or can't be recorded.
 */
export async function findInterpreter(search: Search = {}): Promise<Interpreter> {
  const environment = search.environment ?? process.env;
  const interpreter = await probe(resolveCommand(choose(search, environment), environment));
  requireSupported(interpreter);
  return interpreter;
}

function choose({ python, folder }: Search, environment: NodeJS.ProcessEnv): string {
  const named = [python, environment['EXECORDER_PYTHON']].find((name) => name !== undefined && name !== '');
  if (named !== undefined) {
    return named;
  }
  const virtual = virtualPython(environment, folder);
  if (virtual !== undefined) {
    return virtual;
  }
  const found = ['python3', 'python'].find((name) => onPath(name, environment) !== undefined);
  if (found === undefined) {
    throw new UserError(
      'There is no python3 on PATH: install Python, or name an interpreter with --python or EXECORDER_PYTHON.',
    );
  }
  return found;
}

function virtualPython(environment: NodeJS.ProcessEnv, folder: string | undefined): string | undefined {
  const active = [environment['VIRTUAL_ENV'], environment['CONDA_PREFIX']];
  const here = folder === undefined ? [] : ['.venv', 'venv'].map((name) => path.join(folder, name));
  return [...active, ...here]
    .filter((root): root is string => root !== undefined && root !== '')
    .map((root) => path.resolve(root, 'bin', 'python'))
    .find(isExecutable);
}

/** The absolute path of a command; a name that isn't on PATH stays as it is, to be reported by the probe. */
function resolveCommand(command: string, environment: NodeJS.ProcessEnv): string {
  return path.basename(command) === command
    ? (onPath(command, environment) ?? command)
    : path.resolve(command);
}

/** The first executable file of this name on PATH. */
export function onPath(name: string, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = (environment['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => path.resolve(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
