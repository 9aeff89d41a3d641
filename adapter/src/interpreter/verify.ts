import { execFile } from 'node:child_process';
import { UserError } from '../errors';
import { versionText, type Interpreter } from './interpreter';

const SCRIPT = 'import sys; sys.path.insert(0, sys.argv[1]); import execorder._native';

/** Loads a freshly built package once, so that an extension that can't be loaded is never taken for a good one. */
export function requireLoadable(interpreter: Interpreter, folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(interpreter.command, ['-I', '-B', '-c', SCRIPT, folder], (error, _stdout, stderr) => {
      if (error === null) {
        resolve();
        return;
      }
      const reason = stderr.trimEnd().split('\n').at(-1) ?? '';
      reject(
        new UserError(
          `The recorder was built for Python ${versionText(interpreter)} but can't be loaded (${reason}): ` +
            'check that the compiler and this Python belong together.',
        ),
      );
    });
  });
}
