/**
 * The bootstrap behind `npm start`, `npm test` and `npm run bench`: it checks the system, installs the npm packages,
 * builds the addon and the TypeScript, each only when needed, and then runs what was asked for. It runs before anything
 * is installed, so it knows only Node's own modules.
 *
 * Usage: node native/setup.mjs setup|start|test|bench [words for the target …]
 */

import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { once, root, run, runQuietly, runTool, say, SetupError } from './setup/run.mjs';
import { checkSystem } from './setup/system.mjs';
import { targets } from './setup/targets.mjs';

const MANIFESTS = ['package.json', 'adapter/package.json', 'native/package.json', 'extension/package.json'];
const ADDON_SOURCES = [
  'native/src',
  'native/CMakeLists.txt',
  'native/package.json',
  'recorder-c/CMakeLists.txt',
  'recorder-c/cmake',
  'recorder-c/include',
  'recorder-c/src/store',
  'recorder-c/src/tools',
];

function installPackages() {
  once('node_modules/.execorder/installed', ['package-lock.json', ...MANIFESTS], () => {
    say('installing npm packages');
    const command = existsSync(join(root, 'node_modules')) ? 'install' : 'ci';
    // No package here needs its install script, and a script that nobody runs can do no harm.
    const status = npm([command, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
    if (status !== 0) {
      throw new SetupError(`npm ${command} failed (exit code ${status}): see its messages above.`);
    }
  });
}

function npm(words) {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? run(process.execPath, [script, ...words]) : run('npm', words);
}

function buildAddon() {
  once('native/build/.built', ADDON_SOURCES, () => {
    say('building the addon that reads recordings');
    const cmakeJs = join(root, 'node_modules/cmake-js/bin/cmake-js');
    const args = [cmakeJs, 'compile', '--directory', join(root, 'native')];
    runQuietly(
      process.execPath,
      args,
      'The addon could not be built: see the messages of the compiler above.',
    );
  });
}

function compileTypeScript() {
  say('compiling TypeScript');
  if (runTool('typescript/bin/tsc', ['-b']) !== 0) {
    throw new SetupError('The TypeScript does not compile: see the messages above.');
  }
  chmodSync(join(root, 'adapter/dist/cli/main.js'), 0o755);
}

function main([command = 'setup', ...words]) {
  const target = targets[command];
  if (target === undefined) {
    throw new SetupError(`There is no target '${command}': use ${Object.keys(targets).join(', ')}.`);
  }
  checkSystem();
  installPackages();
  buildAddon();
  compileTypeScript();
  return target(words);
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) {
    throw error;
  }
  error.message.split('\n').forEach((line) => say(line));
  process.exitCode = 1;
}
