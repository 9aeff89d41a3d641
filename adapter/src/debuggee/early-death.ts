/** Why a program never said hello, in one sentence. */

import { UserError } from '../errors';

/** Time for an interpreter to start and to import the recorder. */
const HELLO_TIMEOUT_MS = 30_000;

export class EarlyDeath {
  readonly rejection: Promise<never>;
  private reject: (error: Error) => void = () => undefined;
  private errors = '';
  private readonly timer: NodeJS.Timeout;

  constructor() {
    this.rejection = new Promise<never>((_, reject) => {
      this.reject = reject;
    });
    this.rejection.catch(() => undefined);
    this.timer = setTimeout(() => {
      this.fail(`Python did not start within ${HELLO_TIMEOUT_MS / 1000} seconds.`);
    }, HELLO_TIMEOUT_MS);
  }

  /** Remembers what it complained about. */
  heard(text: string): void {
    this.errors = (this.errors + text).slice(-10_000);
  }

  /** It ended: `SIGKILL`, `exit code 1` … */
  ended(how: string): void {
    const lastLine = this.errors.trimEnd().split('\n').at(-1) ?? '';
    this.fail(lastLine === '' ? `Python ended before the program began (${how}).` : lastLine);
  }

  fail(sentence: string): void {
    this.over();
    this.reject(new UserError(sentence));
  }

  over(): void {
    clearTimeout(this.timer);
  }
}
