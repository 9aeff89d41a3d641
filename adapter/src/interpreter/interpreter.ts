/** A Python interpreter, as it describes itself. */
export interface Interpreter {
  /** The command that starts it: a path or a name on PATH. */
  readonly command: string;
  /** Its own `sys.executable`. */
  readonly executable: string;
  /** `cpython`, `pypy` … */
  readonly implementation: string;
  /** Major, minor and micro version. */
  readonly version: readonly [number, number, number];
  /** All of `sys.version`: tells builds of the same version apart. */
  readonly build: string;
  /** `cpython-312`: names what one interpreter compiled and another can't load. */
  readonly cacheTag: string;
  /** The folder of `Python.h`. */
  readonly include: string;
  /** How the file name of a C extension ends: `.cpython-312-x86_64-linux-gnu.so`. */
  readonly extensionSuffix: string;
  /** Built without the global interpreter lock. */
  readonly freeThreaded: boolean;
  /** Built with `Py_DEBUG`: its objects are laid out differently. */
  readonly debugBuild: boolean;
  /** The package as pip installed it there: the folder that holds it, and the hash of the sources it was made of. */
  readonly installed?: { readonly folder: string; readonly sources: string } | null;
}

/** `3.12.1` */
export function versionText(interpreter: Interpreter): string {
  return interpreter.version.join('.');
}
