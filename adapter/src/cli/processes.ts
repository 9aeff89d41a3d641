import { existsSync } from 'node:fs';
import path from 'node:path';
import { openRecording } from '../trace/recording-trace';
import { startedProcess } from '../trace/started-processes';
import type { Trace } from '../trace/trace';

/** A process that a recorded program started. */
export interface ChildProcess {
  readonly pid: number;
  /** The step of its parent at which it was started. */
  readonly step: number;
  /** `fork`: it records on from there; `spawn`: another run of the interpreter; `exec`: one that took its parent's place. */
  readonly how: string;
  /** Its own recording. */
  readonly recording: string;
  /** How long that is; undefined when the file is gone or can't be read. */
  readonly steps: number | undefined;
  readonly children: readonly ChildProcess[];
}

export interface ParentProcess {
  readonly pid: number;
  readonly step: number;
  readonly recording: string;
}

/** Nobody nests processes deeper than this; a file that says so lies. */
const DEEPEST = 50;

/** Who started the process of this recording, when that was recorded as well. */
export function parentOf(trace: Trace, file: string): ParentProcess | undefined {
  const [, pid, step, name] = /^(\d+) (\d+) ([^/]+)$/.exec(trace.note('parent') ?? '') ?? [];
  return name === undefined
    ? undefined
    : { pid: Number(pid), step: Number(step), recording: beside(file, name) };
}

/** The processes that this recording's process started, with theirs. */
export function childrenOf(trace: Trace, file: string, depth = 0): ChildProcess[] {
  const children: ChildProcess[] = [];
  for (let n = 1; depth < DEEPEST; n++) {
    const started = startedProcess(trace, n);
    if (started === undefined) {
      break;
    }
    const { pid, step, how } = started;
    const recording = beside(file, started.file);
    children.push({ pid, step, how, recording, ...lookInto(recording, depth) });
  }
  return children;
}

function beside(file: string, name: string): string {
  return path.join(path.dirname(file), name);
}

function lookInto(recording: string, depth: number): Pick<ChildProcess, 'steps' | 'children'> {
  if (!existsSync(recording)) {
    return { steps: undefined, children: [] };
  }
  try {
    const trace = openRecording(recording);
    try {
      return { steps: trace.length, children: childrenOf(trace, recording, depth + 1) };
    } finally {
      trace.close();
    }
  } catch {
    return { steps: undefined, children: [] };
  }
}

/** The recordings of all processes that this one's process started, as far as they are there. */
export function recordingsOfChildren(file: string): string[] {
  const flat = (children: readonly ChildProcess[]): ChildProcess[] =>
    children.flatMap((child) => [child, ...flat(child.children)]);
  const trace = openRecording(file);
  try {
    return flat(childrenOf(trace, file))
      .filter(({ steps }) => steps !== undefined)
      .map(({ recording }) => recording);
  } finally {
    trace.close();
  }
}

/** One line for each process, deeper ones further to the right. */
export function processRows(children: readonly ChildProcess[], indent = ''): string[] {
  return children.flatMap(({ pid, step, how, recording, steps, children: own }) => [
    `${indent}${path.basename(recording)}: process ${pid}, ${how} at step ${step}, ${
      steps === undefined ? 'not there' : `${steps} steps`
    }`,
    ...processRows(own, `${indent}  `),
  ]);
}
