/** Which lines of a file hold code, asked from the interpreter that is to run it. */

import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';

/** Compiles, never runs: what a line table holds is known only to the interpreter's own compiler. */
const SCRIPT = `
import json, sys, tokenize, warnings
warnings.simplefilter("ignore")
def lines(code):
    found = {line for *_, line in getattr(code, "co_lines", list)() if line}
    if not found:
        import dis
        found = {line for _, line in dis.findlinestarts(code) if line}
    for constant in code.co_consts:
        if hasattr(constant, "co_code"):
            found |= lines(constant)
    return found
with tokenize.open(sys.argv[1]) as file:
    print(json.dumps(sorted(lines(compile(file.read(), sys.argv[1], "exec", dont_inherit=True)))))
`;

const COMPILE_TIMEOUT_MS = 10_000;

/** Asks an interpreter and remembers the answer until the file changes. */
export class CodeLines {
  private readonly known = new Map<string, { readonly changed: number; readonly lines: Promise<number[]> }>();

  constructor(private readonly python: string) {}

  /** Lines that hold code, ascending; empty when the file can't be read or compiled. */
  async of(file: string): Promise<readonly number[]> {
    const changed = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    if (changed === undefined) {
      return [];
    }
    let entry = this.known.get(file);
    if (entry?.changed !== changed) {
      entry = { changed, lines: compileLines(this.python, file) };
      this.known.set(file, entry);
    }
    return entry.lines;
  }
}

function compileLines(python: string, file: string): Promise<number[]> {
  const options = { timeout: COMPILE_TIMEOUT_MS, maxBuffer: 64 << 20 };
  return new Promise((resolve) => {
    execFile(python, ['-I', '-S', '-c', SCRIPT, file], options, (error, stdout) => {
      resolve(error === null ? parseLines(stdout) : []);
    });
  });
}

function parseLines(text: string): number[] {
  try {
    const lines: unknown = JSON.parse(text);
    return Array.isArray(lines)
      ? lines.filter((line): line is number => typeof line === 'number' && line > 0)
      : [];
  } catch {
    return [];
  }
}
