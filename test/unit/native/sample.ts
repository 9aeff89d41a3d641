/** Compiles sample.c and makes recordings with it. */

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';

const RECORDER = path.join(__dirname, '..', '..', '..', 'recorder-c');
const STORE = path.join(RECORDER, 'src', 'store');

/** A program that is still writing. */
export interface Living {
  readonly file: string;
  /** Lets it write the rest; settles when it has ended. */
  finish(): Promise<void>;
}

/** A folder with the compiled program and its recordings. */
export class Samples {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'execorder-native-'));
  private readonly program = path.join(this.folder, 'sample');
  private count = 0;

  constructor() {
    const store = readdirSync(STORE).filter((name) => name.endsWith('.c'));
    const sources = [path.join(__dirname, 'sample.c'), ...store.map((name) => path.join(STORE, name))];
    const include = path.join(RECORDER, 'include');
    const compiler = process.env['CC'] ?? 'cc';
    execFileSync(compiler, [
      '-std=c11',
      '-O0',
      `-I${include}`,
      `-I${STORE}`,
      ...sources,
      '-o',
      this.program,
      '-lm',
      '-pthread',
    ]);
  }

  complete(): string {
    const file = this.nextFile();
    execFileSync(this.program, [file]);
    return file;
  }

  async living(): Promise<Living> {
    const file = this.nextFile();
    const writer = spawn(this.program, [file, 'living'], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(writer.stdout, 'data');
    const finish = async (): Promise<void> => {
      const ended = once(writer, 'close');
      writer.stdin.end('\n');
      await ended;
    };
    return { file, finish };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private nextFile(): string {
    this.count++;
    return path.join(this.folder, `${String(this.count)}.xrec`);
  }
}
