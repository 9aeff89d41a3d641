import { findInterpreter } from '../interpreter/find';
import { preparePythonPath } from '../interpreter/python-path';
import type { Command } from './command';
import { print, progress } from './progress';
import { parseWords } from './words';

export const pythonPathCommand: Command = {
  usage: 'python-path [--python P]',
  summary: 'the folder to put on PYTHONPATH, so that `import execorder` works',
  details: `Builds the recorder for that interpreter first where needed, which takes some seconds once.

Options:
  --python P   the interpreter (default: EXECORDER_PYTHON, then python3 on PATH)`,
  run: pythonPath,
};

async function pythonPath(words: readonly string[]): Promise<number> {
  const { values } = parseWords({ args: [...words], options: { python: { type: 'string' } } });
  const interpreter = await findInterpreter({ python: values.python });
  print(await preparePythonPath(interpreter, { onProgress: progress }));
  return 0;
}
