/** Lays out what goes into the .vsix. */

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundleAdapter, bundleExtension } from './bundles.mjs';
import { extensionFolder, root } from './places.mjs';

/** From the checkout's root. The recorder is compiled for each interpreter where it is used: its sources go along. */
const COPIES = [
  'native/index.js',
  'native/build/Release/execorder_native.node',
  'recorder-c/CMakeLists.txt',
  'recorder-c/cmake',
  'recorder-c/include',
  'recorder-c/src',
  'recorder-c/python',
  'adapter/package.json',
  'CHANGELOG.md',
];

/** Fills `folder`, which is emptied first. */
export async function stage(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeManifest(folder);
  cpSync(join(extensionFolder, 'README.md'), join(folder, 'README.md'));
  COPIES.forEach((path) => copy(path, folder));
  copy('node_modules/zstd-napi/deps/zstd', folder, 'recorder-c/zstd');
  await bundleExtension(folder);
  await bundleAdapter(folder);
}

/** Without what only a checkout needs: vsce would run the scripts. */
function writeManifest(folder) {
  const manifest = JSON.parse(readFileSync(join(extensionFolder, 'package.json'), 'utf8'));
  const { scripts, devDependencies, private: _, ...published } = manifest;
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify({ ...published, files: ['**'] }, undefined, 2)}\n`,
  );
}

function copy(path, folder, as = path) {
  const from = join(root, path);
  if (!existsSync(from)) {
    throw new Error(`${path} is missing: run \`npm run setup\` in the checkout first.`);
  }
  cpSync(from, join(folder, as), { recursive: true, filter: isWanted });
}

/** Left out: what an interpreter or a compiler made of the sources on this machine. */
function isWanted(path) {
  return basename(path) !== '__pycache__' && !/\.(pyc|so|pyd|o)$/.test(path);
}
