import { fidelity } from '../trace/tools';
import type { RecordingTrace } from '../trace/recording-trace';

/** What a recording shows less of than there was, and why. */
export interface Fidelity {
  /** Objects of which the type is known and no contents, by type, most first. */
  readonly opaque: readonly { readonly type: string; readonly objects: number }[];
  /** Other objects whose contents are unknown, since the first of them. */
  readonly unknown: number;
  readonly unknownSince: number | null;
  /** The recorder's own words on changes that it saw late. */
  readonly seenLate: string | null;
  /** … and on what it left out. */
  readonly leftOut: string | null;
  /** … and on lines that ran unseen, since other code took the interpreter's trace function. */
  readonly notTraced: string | null;
  /** … and on packages of compiled code, whose changes of lists and dicts may not all be seen. */
  readonly compiledCode: string | null;
}

/** Reads the whole recording. */
export function fidelityOf(trace: RecordingTrace, file: string): Fidelity {
  const found = fidelity(file);
  const counts = new Map<string, number>();
  for (const { example, objects } of found.opaqueTypes) {
    const name = typeOf(trace, example);
    counts.set(name, (counts.get(name) ?? 0) + objects);
  }
  return {
    opaque: [...counts].map(([type, objects]) => ({ type, objects })).sort((a, b) => b.objects - a.objects),
    unknown: found.unknown,
    unknownSince: found.unknownSince ?? null,
    seenLate: trace.note('seen_late') ?? null,
    leftOut: trace.note('left_out') ?? null,
    notTraced: trace.note('not_traced') ?? null,
    compiledCode: trace.note('compiled_code') ?? null,
  };
}

function typeOf(trace: RecordingTrace, object: number): string {
  try {
    const { typeName, typeModule } = trace.contents(trace.info().steps - 1, object);
    return typeModule === undefined || typeModule === 'builtins' ? typeName : `${typeModule}.${typeName}`;
  } catch {
    return 'of a type that is damaged';
  }
}

/** The rows of `info`; a recording that leaves nothing open has none. */
export function fidelityRows({
  opaque,
  unknown,
  unknownSince,
  seenLate,
  leftOut,
  notTraced,
  compiledCode,
}: Fidelity): [string, string][] {
  const rows = opaque.map(({ type, objects }): [string, string] => ['opaque', `${count(objects)} ${type}`]);
  if (unknown > 0) {
    rows.push([
      'unknown',
      `${count(unknown)} ${unknown === 1 ? 'object' : 'objects'}, the first since step ${count(unknownSince ?? 0)}`,
    ]);
  }
  const notes = {
    'seen late': seenLate,
    'left out': leftOut,
    'not traced': notTraced,
    'compiled code': compiledCode,
  };
  rows.push(...Object.entries(notes).filter((row): row is [string, string] => row[1] !== null));
  return rows;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
