import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../errors';

/** What goes into the package for an interpreter, below recorder-c/. */
const PARTS = ['CMakeLists.txt', 'cmake', 'include', 'src', 'python'];

/** The folder of the recorder's C and Python sources: the nearest `recorder-c` at or above this file. */
export function recorderSources(from: string = __dirname): string {
  const folder = path.join(from, 'recorder-c');
  if (existsSync(path.join(folder, 'CMakeLists.txt'))) {
    return folder;
  }
  const parent = path.dirname(from);
  if (parent === from) {
    throw new UserError('The sources of the recorder (recorder-c) are missing: install Execorder again.');
  }
  return recorderSources(parent);
}

/** A hash over all sources of the recorder, names and contents. */
export async function hashSources(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await sourceFiles(folder)) {
    hash.update(`${file}\0`).update(await readFile(path.join(folder, file)));
  }
  return hash.digest('hex');
}

async function sourceFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const part of PARTS) {
    files.push(...(part.includes('.') ? [part] : await filesBelow(folder, part)));
  }
  return files.sort();
}

async function filesBelow(folder: string, part: string): Promise<string[]> {
  const entries = await readdir(path.join(folder, part), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isSource(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

/** Left out: what an interpreter compiled, and what pip or others made in place. recorder-c/setup.py does the same. */
function isSource(name: string): boolean {
  return /\.(c|h|py|pyi|typed)$/.test(name);
}
