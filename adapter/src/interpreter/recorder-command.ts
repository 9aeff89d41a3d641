/** How the recorder is started in an interpreter, without leaving a trace of it in the program's surroundings. */

/**
 * Imports the package from a folder that is on `sys.path` for that moment only. PYTHONPATH would do too, but the
 * program and everything it starts would inherit it.
 */
const START = [
  'import sys',
  'sys.path.insert(0, sys.argv.pop(1))',
  'import execorder.__main__ as recorder',
  'del sys.path[0]',
  'sys.exit(recorder.main())',
].join('\n');

/** What is to run under the recorder. */
export type Program =
  | { readonly kind: 'program'; readonly path: string }
  | { readonly kind: 'module'; readonly name: string }
  | { readonly kind: 'code'; readonly code: string };

/** The arguments that make an interpreter start the recorder of this folder; the recorder's own arguments follow. */
export function recorderStart(pythonPath: string): string[] {
  return ['-c', START, pythonPath];
}

/** How the recorder is told what to run; the program's own arguments follow. */
export function programArguments(program: Program): string[] {
  switch (program.kind) {
    case 'program':
      // A path may begin with a dash.
      return ['--', program.path];
    case 'module':
      return ['-m', program.name];
    case 'code':
      return ['-c', program.code];
  }
}
