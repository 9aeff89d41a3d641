/**
 * Something the user can put right: a missing file, an unsupported interpreter, a damaged recording. Its message is one
 * sentence (or two) that says what is wrong and what to do, fit to be shown as it is. Every other error is our own bug.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The system's code (`ENOENT` …) or the addon's (`EXECORDER_CORRUPT` …) of a thrown error, if it carries one. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return undefined;
}
