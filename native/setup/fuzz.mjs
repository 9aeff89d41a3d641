/** `npm run fuzz [-- seconds]`: builds the fuzzer of the reader and runs it; what it finds is kept in build/fuzz. */

import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ask, root, run, say, SetupError } from './run.mjs';

const USUAL_SECONDS = 60;
const SOURCES = ['recorder-c/src/store', 'recorder-c/src/tools'];
const SUPPORT = ['check.c', 'files.c', 'program.c', 'fuzz/fuzz_reader.c'];
const INCLUDES = ['include', 'src/store', 'src/tools', 'tests'];
const SANITIZERS = ['-fsanitize=fuzzer,address,undefined', '-fno-sanitize-recover=undefined'];

export function fuzz([seconds = String(USUAL_SECONDS)]) {
  if (!/^[1-9]\d*$/.test(seconds)) {
    throw new SetupError(`Say for how many seconds: npm run fuzz -- 600, not '${seconds}'.`);
  }
  const folder = join(root, 'build/fuzz');
  const corpus = join(folder, 'corpus');
  mkdirSync(corpus, { recursive: true });
  const program = build(folder);
  say(`fuzzing for ${seconds} seconds; what is found goes to build/fuzz`);
  const options = [
    '-timeout=25',
    '-rss_limit_mb=1024',
    '-max_len=65536',
    '-len_control=0',
    '-print_final_stats=1',
  ];
  return run(program, [
    ...options,
    `-max_total_time=${seconds}`,
    `-artifact_prefix=${folder}/`,
    corpus,
    join(root, 'recorder-c/tests/fuzz/seeds'),
  ]);
}

function build(folder) {
  if (ask('clang', ['--version']) === undefined) {
    throw new SetupError(
      'clang with libFuzzer is missing: install it (Debian, Ubuntu: apt install clang libclang-rt-14-dev; Fedora: dnf install clang compiler-rt).',
    );
  }
  say('building the fuzzer');
  const files = [
    ...SOURCES.flatMap((path) => sourcesIn(path)),
    ...SUPPORT.map((name) => join(root, 'recorder-c/tests', name)),
  ];
  const program = join(folder, 'fuzz_reader');
  const includes = INCLUDES.map((path) => `-I${join(root, 'recorder-c', path)}`);
  const flags = ['-std=gnu11', '-g', '-O1', ...SANITIZERS, ...includes];
  if (run('clang', [...flags, ...files, '-o', program, '-lm', ...libraries()]) !== 0) {
    throw new SetupError(
      "The fuzzer could not be built. When the compiler misses 'libclang_rt.fuzzer', install it (Debian, Ubuntu: apt install libclang-rt-14-dev, or the version that clang --version tells).",
    );
  }
  return program;
}

function sourcesIn(path) {
  const names = readdirSync(join(root, path)).filter((name) => name.endsWith('.c'));
  return names.map((name) => join(root, path, name));
}

/** What the store is linked with where it is there. */
function libraries() {
  return ask('pkg-config', ['--exists', 'libzstd']) === undefined ? [] : ['-lzstd'];
}
