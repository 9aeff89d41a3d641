import { execFile } from 'node:child_process';
import { codeOf, UserError } from '../errors';
import type { Interpreter } from './interpreter';

/** Runs on any Python since 2.7, so that an old one is refused by its version and not by a syntax error. */
const QUESTIONS = `
import json, os, platform, sys, sysconfig
def installed():
    for folder in sys.path:
        mark = os.path.join(folder, 'execorder', '_sources.sha256')
        if os.path.isdir(os.path.join(folder, 'execorder')):
            return {'folder': folder, 'sources': open(mark).read().strip()} if os.path.isfile(mark) else None
print(json.dumps({
    'executable': sys.executable or '',
    'implementation': platform.python_implementation().lower(),
    'version': list(sys.version_info[:3]),
    'build': sys.version,
    'cacheTag': getattr(getattr(sys, 'implementation', None), 'cache_tag', None) or '',
    'include': sysconfig.get_path('include') or '',
    'extensionSuffix': sysconfig.get_config_var('EXT_SUFFIX') or '',
    'freeThreaded': bool(sysconfig.get_config_var('Py_GIL_DISABLED')),
    'debugBuild': hasattr(sys, 'gettotalrefcount'),
    'installed': installed(),
}))
`;

const PATIENCE_MS = 30_000;

/**
 * Asks an interpreter about itself, in one short process that reads neither the environment nor the current folder.
 * Rejects with a UserError when the command can't be started or is no Python.
 */
export async function probe(command: string): Promise<Interpreter> {
  const answer = parse(await run(command));
  if (answer === undefined) {
    throw new UserError(`${command} is no Python interpreter: name one that runs as 'python'.`);
  }
  return { ...answer, command };
}

function run(command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { timeout: PATIENCE_MS, windowsHide: true };
    const child = execFile(
      command,
      ['-E', '-s', '-c', isolated(QUESTIONS)],
      options,
      (error, stdout, stderr) => {
        if (error === null) {
          resolve(stdout);
        } else {
          reject(failure(command, error, stderr));
        }
      },
    );
    child.stdin?.end();
  });
}

/** Takes the current folder off the path (`-I` does, but not before 3.4), where a `json.py` could lie. */
function isolated(script: string): string {
  return `import sys\nsys.path = [entry for entry in sys.path if entry]\n${script}`;
}

function failure(
  command: string,
  error: Error & { killed?: boolean | undefined },
  stderr: string,
): UserError {
  const code = codeOf(error);
  if (code === 'ENOENT') {
    return new UserError(
      `There is no Python interpreter at ${command}: check the path, or install Python and try again.`,
    );
  }
  if (code === 'EACCES') {
    return new UserError(`${command} can't be run: it is no program, or you may not execute it.`);
  }
  if (error.killed === true) {
    return new UserError(
      `${command} did not answer within ${PATIENCE_MS / 1000} seconds: check that it is a Python.`,
    );
  }
  const reason = stderr.trim().split('\n').at(-1) ?? '';
  return new UserError(
    `${command} does not work as a Python interpreter${reason === '' ? '' : ` (${reason})`}: name another one.`,
  );
}

function parse(text: string): Omit<Interpreter, 'command'> | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    return isAnswer(answer) ? answer : undefined;
  } catch {
    return undefined;
  }
}

function isAnswer(answer: unknown): answer is Omit<Interpreter, 'command'> {
  return typeof answer === 'object' && answer !== null && 'cacheTag' in answer && 'version' in answer;
}
