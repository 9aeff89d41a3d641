/**
 * `npm start`: records examples/shuffle.py in a real Python process and travels through it, as an editor would: every
 * line below was asked from the debug adapter. Ends with an error when anything is not as it should be.
 */

import { deepStrictEqual, notDeepStrictEqual, strictEqual } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Editor } from './editor';
import type { Body } from './editor';

const ROOT = join(__dirname, '..', '..');
const PROGRAM = join(ROOT, 'examples', 'shuffle.py');
const ADAPTER = [process.execPath, join(ROOT, 'adapter', 'dist', 'cli', 'main.js'), 'dap'];
const LINES = readFileSync(PROGRAM, 'utf8').split('\n');

/** What the user sees at one stop. */
interface View {
  readonly line: number;
  readonly turn: string;
  readonly numbers: string[];
}

async function main(): Promise<void> {
  const editor = new Editor(ADAPTER);
  try {
    await tour(new Guide(editor));
    await editor.request('disconnect');
    strictEqual(await editor.exited, 0, "the adapter's exit code");
  } finally {
    editor.hangUp();
  }
}

async function tour(guide: Guide): Promise<void> {
  const stopLine = lineOf('print(f"turn');
  say('A tour of Execorder: a real Python program, recorded while it runs, and then travelled through.\n');
  showProgram(stopLine);

  await guide.launch(stopLine);
  const first = await guide.go('continue', undefined, 'runs to the breakpoint');
  const second = await guide.go('continue', 'continue', 'and once more');
  const third = await guide.go('continue', 'continue', 'and once more');
  deepStrictEqual([first.numbers.length, second.numbers.length, third.numbers.length], [2, 4, 6]);

  say('\nNow back. The shuffle ran inside the standard library; its effect is undone all the same:\n');
  const unshuffled = await guide.go('stepBack', 'stepBack', 'before the shuffle: another order');
  notDeepStrictEqual(unshuffled.numbers, third.numbers, 'the order before the shuffle');
  deepStrictEqual([...unshuffled.numbers].sort(), [...third.numbers].sort(), 'the same numbers');
  const shorter = await guide.go('stepBack', 'stepBack', 'before the insert: one number less');
  deepStrictEqual(shorter.numbers, unshuffled.numbers.slice(1));
  const shortest = await guide.go('stepBack', 'stepBack', 'before the append: as the turn before left it');
  deepStrictEqual(shortest.numbers, second.numbers, 'what the turn before left');

  say('\nBreakpoints work in both directions:\n');
  const previous = await guide.go('reverseContinue', 'reverseContinue', 'the previous hit of the breakpoint');
  deepStrictEqual(previous, second, 'the same moment as on the way there');
  const again = await guide.go('next', 'next', 'a step forward again');
  deepStrictEqual([again.line, again.numbers], [lineOf('for turn'), second.numbers]);

  say('\nThe program itself never noticed: it still waits where it was first stopped, in turn 3.');
  say(
    '\nIn VS Code: run "npm run package", install the .vsix, open examples/shuffle.py, set a breakpoint, and press F5.',
  );
}

/** Asks the adapter and says what it answered. */
class Guide {
  constructor(private readonly editor: Editor) {}

  async launch(breakpoint: number): Promise<void> {
    const { editor } = this;
    await editor.request('initialize', { adapterID: 'execorder', linesStartAt1: true });
    await editor.request('launch', { program: PROGRAM, cwd: ROOT });
    await editor.event('initialized');
    const source = { path: PROGRAM };
    const set = await editor.request('setBreakpoints', { source, breakpoints: [{ line: breakpoint }] });
    deepStrictEqual(
      listOf(set, 'breakpoints').map(({ verified, line }) => [verified, line]),
      [[true, breakpoint]],
    );
    await editor.request('configurationDone');
  }

  /** Moves (or just waits for the first stop), and shows where the program stands then. */
  async go(shown: string, request: string | undefined, meaning: string): Promise<View> {
    if (request !== undefined) {
      await this.editor.request(request, { threadId: 1 });
    }
    const stopped = await this.editor.event('stopped');
    const isHit = shown === 'continue' || shown === 'reverseContinue';
    strictEqual(stopped['reason'], isHit ? 'breakpoint' : 'step', `why ${shown} stopped`);
    const view = await this.look();
    const isBack = shown === 'stepBack' || shown === 'reverseContinue';
    say(`${isBack ? '◀' : '▶'} ${shown.padEnd(15)} ${meaning}`);
    say(`      line ${String(view.line).padEnd(3)} ${LINES[view.line - 1]?.trim() ?? ''}`);
    say(`      turn = ${view.turn}, numbers = [${view.numbers.join(', ')}]`);
    return view;
  }

  private async look(): Promise<View> {
    const stack = await this.editor.request('stackTrace', { threadId: 1 });
    const [frame = {}] = listOf(stack, 'stackFrames');
    const scopes = await this.editor.request('scopes', { frameId: frame['id'] });
    const [locals = {}] = listOf(scopes, 'scopes');
    const variables = await this.children(locals);
    const numbers = variables.find(({ name }) => name === 'numbers') ?? {};
    const items = await this.children(numbers);
    return {
      line: Number(frame['line']),
      turn: String(variables.find(({ name }) => name === 'turn')?.['value']),
      numbers: items.filter(({ name }) => /^\d+$/.test(String(name))).map(({ value }) => String(value)),
    };
  }

  private async children({ variablesReference }: Body): Promise<Body[]> {
    return listOf(await this.editor.request('variables', { variablesReference }), 'variables');
  }
}

function listOf(body: Body, name: string): Body[] {
  const list = body[name];
  return Array.isArray(list) ? (list as Body[]) : [];
}

function lineOf(text: string): number {
  return LINES.findIndex((line) => line.includes(text)) + 1;
}

function showProgram(stopLine: number): void {
  const first = lineOf('numbers = []');
  for (let line = first; line <= stopLine; line++) {
    say(`  ${line === stopLine ? '●' : ' '} ${line}  ${LINES[line - 1] ?? ''}`);
  }
  say('');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`The tour failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
