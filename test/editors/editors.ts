/** `npm run test:editors`: real editors debug a program, headless. Those that are not installed are skipped, and said. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Message } from '../../examples/editor';
import { faultsOf } from '../scenario/schema';

const ROOT = path.resolve(__dirname, '../../..');
const ADAPTER = [process.execPath, path.join(ROOT, 'adapter/dist/cli/main.js'), 'dap'];
const TEE = path.join(__dirname, 'tee.js');
const HERE = path.join(ROOT, 'test/editors');
const PATIENCE_MS = 300_000;

const PROGRAM = `total = 0
for number in [1, 2]:
    total += number  #@ here
print(total)
`;

interface RealEditor {
  readonly name: string;
  /** Why it can't be tried here; undefined when it can. */
  readonly missing: () => string | undefined;
  /** The command that has it debug the program with this adapter. */
  readonly command: (program: string, adapter: readonly string[]) => readonly string[];
  readonly says: readonly string[];
}

const EDITORS: readonly RealEditor[] = [
  {
    name: 'Emacs with dap-mode',
    missing: () =>
      succeeds('emacs', ['-q', '--batch', '--eval', "(progn (package-initialize) (require 'dap-mode))"])
        ? undefined
        : 'emacs or dap-mode is not installed (Debian: apt install emacs-nox elpa-dap-mode)',
    command: (program, adapter) => [
      ...['emacs', '-q', '--batch', '-l', path.join(HERE, 'dap-mode.el'), '--', program],
      ...adapter,
    ],
    says: ['<module>:3', '<module>:2', '<module>:3', 'total = 0', '<module>:2', 'the adapter has ended'],
  },
  {
    name: 'dap-python, a client for editors written in Python',
    missing: () =>
      succeeds('python3', ['-c', 'from dap import DAPClient'])
        ? undefined
        : 'dap-python is not installed for python3 (pip install dap-python)',
    command: (program, adapter) => ['python3', path.join(HERE, 'dap_python.py'), program, ...adapter],
    says: [
      ...['<module>:3', '<module>:2', '<module>:3', 'total = 1'],
      ...['<module>:2', '<module>:3', 'total = 0', 'the adapter has ended'],
    ],
  },
];

function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { timeout: PATIENCE_MS }).status === 0;
}

/** The messages of a stream as it was sent. */
function messagesOf(stream: Buffer): Message[] {
  const messages: Message[] = [];
  for (let at = 0; at < stream.length;) {
    const body = stream.indexOf('\r\n\r\n', at) + 4;
    const end = body + Number(/Content-Length: (\d+)/.exec(stream.toString('latin1', at, body))?.[1]);
    messages.push(JSON.parse(stream.toString('utf8', body, end)) as Message);
    at = end;
  }
  return messages;
}

/** What went wrong with an editor; undefined when all was as it should be. */
function tryEditor(editor: RealEditor): string | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'execorder-editor-'));
  try {
    const program = path.join(folder, 'prog.py');
    writeFileSync(program, PROGRAM);
    const sent = path.join(folder, 'sent');
    const [command = '', ...args] = editor.command(program, [process.execPath, TEE, sent, ...ADAPTER]);
    const result = spawnSync(command, args, { cwd: folder, encoding: 'utf8', timeout: PATIENCE_MS });
    const said = result.stdout.split('\n').filter((line) => line !== '');
    if (JSON.stringify(said) !== JSON.stringify(editor.says)) {
      return `it said ${JSON.stringify(said)}, not ${JSON.stringify(editor.says)}\n${result.stderr}`;
    }
    const faults = faultsOf(messagesOf(readFileSync(sent)));
    return faults.length === 0
      ? undefined
      : `it received what the protocol does not allow: ${faults.join('; ')}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let failed = 0;
for (const editor of EDITORS) {
  const missing = editor.missing();
  const problem = missing === undefined ? tryEditor(editor) : undefined;
  failed += problem === undefined ? 0 : 1;
  console.log(
    `${editor.name}: ${missing === undefined ? (problem ?? 'works') : `skipped, since ${missing}`}`,
  );
}
process.exitCode = failed === 0 ? 0 : 1;
