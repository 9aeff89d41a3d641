/** The interpreters that tests run on, as the global set-up prepared them. */

/** The environment variable that carries them from the global set-up to the tests. */
export const PREPARED = 'EXECORDER_TEST_PYTHONS';

export interface TestPython {
  /** `3.12.1` */
  readonly version: string;
  /** What starts it. */
  readonly command: string;
  /** The folder that holds the `execorder` package with its extension. */
  readonly pythonPath?: string;
  /** Why there is no such folder. */
  readonly problem?: string;
}

/** One interpreter of every supported minor version on this machine, oldest first; throws when there is none. */
export function pythons(): readonly TestPython[] {
  const found = JSON.parse(process.env[PREPARED] ?? '[]') as TestPython[];
  if (found.length === 0) {
    throw new Error(
      'There is no supported Python on this machine: install one, or name it with EXECORDER_PYTHON.',
    );
  }
  return found;
}

/** The newest of them, for tests that need just one. */
export function newestPython(): TestPython {
  return pythons().at(-1)!;
}

/** The folder to put on PYTHONPATH; throws with the reason when it could not be built. */
export function pythonPathOf(python: TestPython): string {
  if (python.pythonPath === undefined) {
    throw new Error(python.problem);
  }
  return python.pythonPath;
}
