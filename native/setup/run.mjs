/** Running programs and remembering what was done, with nothing but Node's own modules. */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A problem with one clear sentence; no stack is shown for it. */
export class SetupError extends Error {}

/** One line of progress, on stderr so that stdout stays the target's. */
export function say(text) {
  process.stderr.write(`execorder: ${text}\n`);
}

/** Standard output of a short program, trimmed; undefined when it is missing or fails. */
export function ask(command, args) {
  const result = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/** Runs a program in the foreground and returns its exit code. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) {
    throw new SetupError(`${command} could not be started: ${result.error.message}`);
  }
  return result.status ?? 128;
}

/** Runs a quiet program; its output is shown only when it fails, and then `problem` is the error. */
export function runQuietly(command, args, problem) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
    throw new SetupError(problem);
  }
}

/** The script of an installed npm package, run with this same Node. */
export function runTool(script, args, options = {}) {
  return run(process.execPath, [join(root, 'node_modules', script), ...args], options);
}

/** Does `work` unless it was done before with the same `files` (paths from the root; folders count whole). */
export function once(stamp, files, work) {
  const now = fingerprint(files);
  const stampFile = join(root, stamp);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === now) {
    return;
  }
  work();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, now);
}

function fingerprint(files) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  for (const path of files.flatMap((file) => walk(join(root, file)))) {
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  return hash.digest('hex');
}

function walk(path) {
  if (!existsSync(path)) {
    return [];
  }
  if (!statSync(path).isDirectory()) {
    return [path];
  }
  return readdirSync(path)
    .sort()
    .flatMap((name) => walk(join(path, name)));
}
