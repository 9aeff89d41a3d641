/**
 * Something the user can put right: a missing file, an unsupported interpreter, a damaged recording. Its message is one
 * sentence (or two) that says what is wrong and what to do, fit to be shown as it is. Every other error is our own bug.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** What the program can't do, or what it raised when it tried: then it may have changed nevertheless. */
export class RefusedError extends UserError {
  constructor(
    message: string,
    readonly hasChanged: boolean,
  ) {
    super(message);
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return textField(error, 'message') ?? String(error);
}

/** The system's code (`ENOENT` …) or the addon's (`EXECORDER_CORRUPT` …) of a thrown error, if it carries one. */
export function codeOf(error: unknown): string | undefined {
  return textField(error, 'code');
}

/** Reads a field without `instanceof`: an error of another realm (a worker, a test's sandbox) has another `Error`. */
function textField(error: unknown, name: string): string | undefined {
  if (typeof error !== 'object' || error === null) {
    return undefined;
  }
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : undefined;
}
