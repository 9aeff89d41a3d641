/** One command of `execorder`. */
export interface Command {
  /** How it is written: `info FILE [--json]`. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What its own `--help` adds. */
  readonly details: string;
  /** Runs it with the words after its name; the result is the exit code. */
  readonly run: (words: readonly string[]) => number | Promise<number>;
}
