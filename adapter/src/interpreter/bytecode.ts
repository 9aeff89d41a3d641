import { execFile } from 'node:child_process';
import type { Interpreter } from './interpreter';

/** Compiles a package's modules once, for launches where nobody may write bytecode. Where that fails, they only start slower. */
export function compileModules(interpreter: Interpreter, folder: string): Promise<void> {
  return new Promise((resolve) => {
    execFile(interpreter.command, ['-I', '-m', 'compileall', '-q', folder], () => resolve());
  });
}
