/** Where a program's recording goes, and whether it stays. */

import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { messageOf, UserError } from '../errors';
import type { RunConfiguration } from './configuration/configuration';

export interface RecordingPlace {
  readonly recording: string;
  readonly isKept: boolean;
  /** Removes what is not to be kept. */
  readonly cleanUp: () => void;
}

/** @throws UserError when nothing can be written there */
export function placeForRecording(configuration: RunConfiguration): RecordingPlace {
  try {
    const recording = configuration.recording ?? chosen(configuration);
    return recording === undefined
      ? inFolderOfOurs(configuration)
      : named(recording, configuration.preserveRecording);
  } catch (error) {
    throw new UserError(`The recording can't be written: ${messageOf(error)}.`);
  }
}

function named(recording: string, isKept: boolean): RecordingPlace {
  mkdirSync(dirname(recording), { recursive: true });
  return { recording, isKept, cleanUp: isKept ? () => undefined : () => rmSync(recording, { force: true }) };
}

/** A recording that is to be kept and has no name: beside the program's work, and never over another one. */
function chosen(configuration: RunConfiguration): string | undefined {
  if (!configuration.preserveRecording) {
    return undefined;
  }
  const name = nameOf(configuration);
  for (let count = 1; ; count++) {
    const file = join(configuration.cwd, count === 1 ? `${name}.xrec` : `${name}-${count}.xrec`);
    if (!existsSync(file)) {
      return file;
    }
  }
}

/** It goes with the session. */
function inFolderOfOurs(configuration: RunConfiguration): RecordingPlace {
  const folder = mkdtempSync(join(tmpdir(), 'execorder-'));
  return {
    recording: join(folder, `${nameOf(configuration)}.xrec`),
    isKept: false,
    cleanUp: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function nameOf({ target }: RunConfiguration): string {
  switch (target.kind) {
    case 'program':
      return basename(target.path, '.py');
    case 'module':
      return target.name;
    case 'code':
      return 'code';
  }
}
