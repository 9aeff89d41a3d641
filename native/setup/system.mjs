/** Checks for what npm can't install: Node's version, a C/C++ compiler, cmake, Python and its headers. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ask, SetupError } from './run.mjs';

const OLDEST_NODE = 20;

/** Throws one SetupError that names everything that is missing. */
export function checkSystem() {
  const problems = [
    node(),
    cmake(),
    make(),
    compiler('C', 'CC', ['cc', 'gcc', 'clang']),
    compilerPlusPlus(),
    python(),
  ];
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) {
    throw new SetupError(found.join('\n'));
  }
}

function node() {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    return `Node ${process.versions.node} is too old: install Node ${OLDEST_NODE} or newer (https://nodejs.org).`;
  }
  return undefined;
}

function cmake() {
  if (ask('cmake', ['--version']) === undefined) {
    return 'cmake is missing: install it (Debian, Ubuntu: apt install cmake; Fedora: dnf install cmake; macOS: brew install cmake).';
  }
  return undefined;
}

function make() {
  if (ask('ninja', ['--version']) === undefined && ask('make', ['--version']) === undefined) {
    return 'make is missing: install it (Debian, Ubuntu: apt install build-essential; Fedora: dnf install make; macOS: xcode-select --install).';
  }
  return undefined;
}

function compiler(language, variable, names) {
  const candidates = process.env[variable] ? [process.env[variable]] : names;
  if (candidates.every((name) => ask(name, ['--version']) === undefined)) {
    return `A ${language} compiler is missing: install one (Debian, Ubuntu: apt install build-essential; Fedora: dnf install gcc gcc-c++; macOS: xcode-select --install).`;
  }
  return undefined;
}

function compilerPlusPlus() {
  return compiler('C++', 'CXX', ['c++', 'g++', 'clang++']);
}

function python() {
  const names = process.env.EXECORDER_PYTHON ? [process.env.EXECORDER_PYTHON] : ['python3', 'python'];
  for (const name of names) {
    const include = ask(name, ['-I', '-c', 'import sysconfig; print(sysconfig.get_path("include"))']);
    if (include !== undefined) {
      return headers(name, include);
    }
  }
  if (process.env.EXECORDER_PYTHON) {
    return `EXECORDER_PYTHON names ${process.env.EXECORDER_PYTHON}, which does not run as a Python 3: correct or unset it.`;
  }
  return 'Python 3 is missing: install it with its headers (Debian, Ubuntu: apt install python3 python3-dev; Fedora: dnf install python3 python3-devel; macOS: brew install python).';
}

function headers(name, include) {
  if (!existsSync(join(include, 'Python.h'))) {
    return `The headers of ${name} are missing (no ${join(include, 'Python.h')}): install them (Debian, Ubuntu: apt install python3-dev; Fedora: dnf install python3-devel).`;
  }
  return undefined;
}
