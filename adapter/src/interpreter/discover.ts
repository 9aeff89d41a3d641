import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { onPath } from './find';
import { versionText, type Interpreter } from './interpreter';
import { probe } from './probe';
import { isSupported } from './support';

/**
 * All interpreters on this machine that can be recorded, one of each minor version, oldest first. Looked for in
 * EXECORDER_PYTHON, on PATH and among pyenv's versions, in this order.
 */
export async function discoverInterpreters(environment = process.env): Promise<Interpreter[]> {
  const found = await Promise.all(
    candidates(environment).map((command) => probe(command).catch(() => undefined)),
  );
  const byVersion = new Map<string, Interpreter>();
  for (const interpreter of found) {
    if (interpreter !== undefined && isSupported(interpreter)) {
      const minor = interpreter.version.slice(0, 2).join('.');
      byVersion.set(minor, byVersion.get(minor) ?? interpreter);
    }
  }
  return [...byVersion.values()].sort((a, b) =>
    versionText(a).localeCompare(versionText(b), 'en', { numeric: true }),
  );
}

function candidates(environment: NodeJS.ProcessEnv): string[] {
  const named = environment['EXECORDER_PYTHON'] ?? '';
  const names = ['python3', 'python', ...[7, 8, 9, 10, 11, 12, 13].map((minor) => `python3.${minor}`)];
  const here = names.map((name) => onPath(name, environment)).filter((file) => file !== undefined);
  return [...new Set([...(named === '' ? [] : [named]), ...here, ...pyenvVersions(environment)])];
}

function pyenvVersions(environment: NodeJS.ProcessEnv): string[] {
  const versions = path.join(environment['PYENV_ROOT'] ?? path.join(homedir(), '.pyenv'), 'versions');
  try {
    return readdirSync(versions)
      .sort()
      .map((name) => path.join(versions, name, 'bin', 'python'));
  } catch {
    return [];
  }
}
