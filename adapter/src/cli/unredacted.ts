import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { messageOf, UserError } from '../errors';
import { recordingsOfChildren } from './processes';
import { redactFile } from './redact';

/**
 * Where a recording grows that is to be redacted: a folder beside it that only this user can enter, so that the file
 * which the user named never holds a secret.
 */
export function unredactedPlace(output: string): string {
  const name = path.basename(output);
  try {
    return path.join(mkdtempSync(path.join(path.dirname(output), `.${name}.unredacted-`)), name);
  } catch (error) {
    throw new UserError(`${path.dirname(output)} can't be written to: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

/** Puts the recordings of the process and of those that it started beside `output`, redacted; the folder goes. */
export function redactInto(output: string, unredacted: string, names: string): void {
  if (existsSync(unredacted)) {
    try {
      for (const recording of [unredacted, ...recordingsOfChildren(unredacted)]) {
        redactFile(recording, path.join(path.dirname(output), path.basename(recording)), names);
      }
    } catch (error) {
      throw new UserError(
        `The recording could not be redacted: ${messageOf(error)} It is at ${unredacted} and may hold what was to be left out.`,
        { cause: error },
      );
    }
  }
  rmSync(path.dirname(unredacted), { recursive: true });
}
