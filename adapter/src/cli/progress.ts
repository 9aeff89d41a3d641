/** One line about what takes time; on stderr, since stdout is for answers. */
export function progress(text: string): void {
  process.stderr.write(`execorder: ${text}\n`);
}

/** One line of an answer. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** An answer as JSON. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, undefined, 2));
}
