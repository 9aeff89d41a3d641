/** How the recorder is started in an interpreter, without leaving a trace of it in the program's surroundings. */

import path from 'node:path';

/** What is to run under the recorder. */
export type Program =
  | { readonly kind: 'program'; readonly path: string }
  | { readonly kind: 'module'; readonly name: string }
  | { readonly kind: 'code'; readonly code: string };

/** The program's arguments: as they are, or as a text that a shell takes apart. */
export type ProgramArguments =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'shell'; readonly text: string };

/** Files that fit the pattern are recorded step by step, or are not. The first rule that fits decides. */
export interface CodeRule {
  /** An absolute path in which `*` and `?` stay inside one folder and `**` crosses them. */
  readonly pattern: string;
  readonly include: boolean;
}

/** The arguments that make an interpreter start the recorder of this folder; the recorder's own arguments follow. */
export function recorderStart(pythonPath: string): string[] {
  return [path.join(pythonPath, 'execorder', '_start.py')];
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
