import { UserError } from '../errors';
import { versionText, type Interpreter } from './interpreter';

const OLDEST_MINOR = 7;
const NEWEST_MINOR = 13;

/** The versions that the recorder knows from the inside, for people. */
export const SUPPORTED = `CPython 3.${OLDEST_MINOR} to 3.${NEWEST_MINOR}`;

/** The minor versions of these that none of the interpreters has: `3.7`, `3.8` … */
export function missingVersions(interpreters: readonly Interpreter[]): string[] {
  const found = new Set(interpreters.map(({ version }) => version[1]));
  const all = Array.from({ length: NEWEST_MINOR - OLDEST_MINOR + 1 }, (_, index) => OLDEST_MINOR + index);
  return all.filter((minor) => !found.has(minor)).map((minor) => `3.${minor}`);
}

/** Whether the recorder knows this interpreter's objects and frames. */
export function isSupported(interpreter: Interpreter): boolean {
  return refusal(interpreter) === undefined;
}

/** Throws a UserError that says why an interpreter can't be recorded, if it can't. */
export function requireSupported(interpreter: Interpreter): void {
  const reason = refusal(interpreter);
  if (reason !== undefined) {
    throw new UserError(
      `${interpreter.command} is ${reason}, which Execorder can't record: ` +
        `choose ${SUPPORTED} with --python or EXECORDER_PYTHON.`,
    );
  }
}

function refusal(interpreter: Interpreter): string | undefined {
  const { implementation, version, freeThreaded, debugBuild } = interpreter;
  const text = versionText(interpreter);
  if (implementation !== 'cpython') {
    return `${implementation} ${text}`;
  }
  if (version[0] !== 3 || version[1] < OLDEST_MINOR || version[1] > NEWEST_MINOR) {
    return `Python ${text}`;
  }
  if (freeThreaded) {
    return `a free-threaded Python ${text}`;
  }
  return debugBuild ? `a debug build of Python ${text}` : undefined;
}
