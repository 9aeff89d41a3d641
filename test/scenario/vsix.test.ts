import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');
const PYTHON = process.env['EXECORDER_PYTHON'] ?? 'python3';

/** VS Code runs an adapter like this when its command is `node`. */
const AS_VS_CODE_DOES = ['-e', 'delete process.env.ELECTRON_RUN_AS_NODE;require(process.argv[1])'];

let folder: string;
let extension: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'execorder-vsix-'));
  const file = path.join(folder, 'execorder.vsix');
  execFileSync(process.execPath, ['extension/scripts/package.mjs', '-o', file], { cwd: ROOT, stdio: 'pipe' });
  execFileSync(PYTHON, ['-m', 'zipfile', '-e', file, folder]);
  extension = path.join(folder, 'extension');
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function command(...words: string[]): string {
  const program = path.join(extension, 'adapter', 'dist', 'cli', 'main.js');
  return execFileSync(process.execPath, [program, ...words], { encoding: 'utf8' }).trim();
}

test('the adapter in the .vsix answers initialize over standard input and output', async () => {
  const program = path.join(extension, 'adapter', 'dist', 'cli', 'main.js');
  const adapter = spawn(process.execPath, [...AS_VS_CODE_DOES, program, 'dap'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const request = JSON.stringify({
    seq: 1,
    type: 'request',
    command: 'initialize',
    arguments: { adapterID: 'execorder' },
  });
  adapter.stdin.end(`Content-Length: ${String(Buffer.byteLength(request))}\r\n\r\n${request}`);

  let answer = '';
  for await (const piece of adapter.stdout) {
    answer += String(piece);
  }
  expect(answer).toContain('"request_seq":1');
  expect(answer).toContain('"success":true');
  expect(answer).toContain('"supportsStepBack":true');
});

test('the command in the .vsix loads the addon', () => {
  const file = path.join(folder, 'no-recording.xrec');
  writeFileSync(file, 'this is no recording');

  expect(() => command('info', file)).toThrow(/not a recording|no recording/);
});

test('the .vsix holds the same sources of the recorder as the checkout', () => {
  // The folder of a build is named after a hash of all sources.
  const inCheckout = execFileSync(
    process.execPath,
    ['adapter/dist/cli/main.js', 'python-path', '--python', PYTHON],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  ).trim();

  expect(command('python-path', '--python', PYTHON)).toBe(inCheckout);
});

test('every command that the manifest contributes is registered when the extension starts', () => {
  const registered = activate();
  const manifest = JSON.parse(readFileSync(path.join(extension, 'package.json'), 'utf8')) as {
    contributes: { commands: { command: string }[]; debuggers: { type: string }[] };
  };

  expect([...registered.commands].sort()).toEqual(
    manifest.contributes.commands.map(({ command }) => command).sort(),
  );
  expect([...registered.types]).toEqual(manifest.contributes.debuggers.map(({ type }) => type));
});

interface Registered {
  readonly commands: Set<string>;
  readonly types: Set<string>;
}

/** Starts the bundled extension with the least of VS Code that it needs. */
function activate(): Registered {
  const registered: Registered = { commands: new Set(), types: new Set() };
  const vscode = path.join(folder, 'node_modules', 'vscode');
  mkdirSync(vscode, { recursive: true });
  writeFileSync(path.join(vscode, 'index.js'), FAKE_VS_CODE);
  const load = createRequire(path.join(extension, 'package.json'));
  (load('vscode') as { observe(seen: Registered): void }).observe(registered);
  (load('./dist/extension.js') as { activate(context: object): void }).activate({
    extensionPath: extension,
    subscriptions: [],
  });
  return registered;
}

const FAKE_VS_CODE = `
let seen;
exports.observe = (registered) => { seen = registered; };
exports.Disposable = { from: () => ({}) };
exports.DebugConfigurationProviderTriggerKind = { Dynamic: 2 };
exports.commands = { registerCommand: (name) => { seen.commands.add(name); return {}; } };
exports.window = { registerUriHandler: () => ({}) };
exports.debug = {
  registerDebugAdapterDescriptorFactory: (type) => { seen.types.add(type); return {}; },
  registerDebugConfigurationProvider: (type) => { seen.types.add(type); return {}; },
  onDidStartDebugSession: () => ({}),
  onDidTerminateDebugSession: () => ({}),
};
`;
