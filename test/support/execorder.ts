import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newestPython } from './pythons';

/** The compiled command; `npm test` compiles it before. */
export const EXECORDER = path.resolve(__dirname, '../../adapter/dist/cli/main.js');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Run {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
}

const PATIENCE_MS = 100_000;

/** Runs `execorder` to its end, on the newest interpreter unless the words or the environment say otherwise. */
export function execorder(words: readonly string[], { cwd, input = '', env = {} }: Run = {}): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [EXECORDER, ...words], {
    ...{ cwd, input, encoding: 'utf8', timeout: PATIENCE_MS },
    env: { ...process.env, EXECORDER_PYTHON: newestPython().command, ...env },
  });
  return { status, stdout, stderr };
}

/** A temporary folder for a test file, removed at its end. */
export class Folder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'execorder-test-'));

  constructor() {
    afterAll(() => rmSync(this.path, { recursive: true, force: true }));
  }

  /** The path of a file in it. */
  file(name: string): string {
    return path.join(this.path, name);
  }

  /** Writes a file and answers its path; a text loses the indentation it has as a whole. */
  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.file(name), typeof content === 'string' ? dedent(content) : content);
    return this.file(name);
  }
}

/** Takes off what all lines are indented by, and a first empty line. */
export function dedent(text: string): string {
  const lines = text.replace(/^\n/, '').split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  const margin = Math.min(...filled.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(margin)).join('\n');
}
