/**
 * Makes the .vsix: `npm run package`. Works offline. It is for the platform that it was made on, because the addon is.
 *
 * Usage: node scripts/package.mjs [-o FILE]
 */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { extensionFolder, root, stageFolder } from './places.mjs';
import { stage } from './stage.mjs';

const require = createRequire(import.meta.url);

const { values } = parseArgs({ options: { output: { type: 'string', short: 'o' } } });
const file = resolve(values.output ?? join(extensionFolder, fileName()));
run(['native/setup.mjs', 'setup']);
run([require.resolve('typescript/bin/tsc'), '-b', 'extension']);
await stage(stageFolder);
run([require.resolve('@vscode/vsce/vsce'), ...vsceArguments()], stageFolder);
console.log(`Install it with: code --install-extension ${file}`);

function fileName() {
  const { name, version } = JSON.parse(readFileSync(join(extensionFolder, 'package.json'), 'utf8'));
  return `${name}-${platform()}-${version}.vsix`;
}

function platform() {
  return `${process.platform}-${process.arch}`;
}

function vsceArguments() {
  return [
    'package',
    '--no-dependencies',
    '--skip-license',
    '--allow-missing-repository',
    ...['--target', platform()],
    ...['--out', file],
  ];
}

function run(words, cwd = root) {
  const { status } = spawnSync(process.execPath, words, { cwd, stdio: 'inherit' });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}
