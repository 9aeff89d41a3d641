/** "Who wrote this?" and "what was it?": the writes of a slot as tables, for requests and for words in the console. */

import { UserError } from '../errors';
import type { Trace } from '../trace/trace';
import { lastWrite, nextWrite } from '../travel/writes';
import type { Write } from '../travel/writes';
import { Answer } from './connection';
import { optionalNumber, requireText } from './arguments';
import { namedSlot } from './data-breakpoints';
import { preview } from './preview';
import type { Session } from './session';
import type { NamedSlot } from './slot-id';

/** One write, as clients get it. */
export interface WriteRow {
  /** The line step that wrote it: where one jumps to. */
  readonly step: number;
  /** The first step that shows the new value. */
  readonly shownAt: number;
  readonly path: string;
  readonly line: number;
  readonly function: string;
  /** The text of the line. */
  readonly code: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** So many writes are listed before the cursor, and as many after it, unless the user says how many. */
export const HISTORY_LIMIT = 100;

interface WhoArguments {
  /** An expression, or the name of a child of `variablesReference`. */
  readonly expression?: string;
  readonly name?: string;
  readonly variablesReference?: number;
  readonly frameId?: number;
  readonly limit?: number;
}

export function lastWriteRequest(
  session: Session,
  args: WhoArguments,
): Answer<{ label: string; write: WriteRow | null }> {
  const named = slotFrom(session, args);
  const { trace, step } = session.timeline.moment;
  const write = lastWrite(trace, named.slot, step);
  return new Answer({ label: named.label, write: write === undefined ? null : rowOf(trace, write) });
}

export function historyRequest(
  session: Session,
  args: WhoArguments,
): Answer<{ label: string; writes: WriteRow[]; isCut: boolean }> {
  const named = slotFrom(session, args);
  const { writes, isCut } = writesAround(session, named, optionalNumber(args.limit) ?? HISTORY_LIMIT);
  const { trace } = session.timeline.moment;
  return new Answer({ label: named.label, writes: writes.map((write) => rowOf(trace, write)), isCut });
}

function slotFrom(session: Session, args: WhoArguments): NamedSlot {
  return namedSlot(session, requireText(args.expression ?? args.name, 'expression'), args);
}

/** The text that `.who` shows. */
export function whoText(session: Session, named: NamedSlot): string {
  const { trace, step } = session.timeline.moment;
  const write = lastWrite(trace, named.slot, step);
  if (write === undefined) {
    throw new UserError(
      `Nobody has written '${named.label}' before step ${step} in this recording${since(trace)}.`,
    );
  }
  return table([rowOf(trace, write)], undefined);
}

/** What is to be said where the oldest part of the recording is gone. */
function since({ firstStep }: Trace): string {
  return firstStep === 0 ? '' : `, of which the steps from ${firstStep} on are kept`;
}

/** The text that `.history` shows; the values before the cursor and those after it. */
export function historyText(session: Session, named: NamedSlot, limit: number): string {
  const { trace, step } = session.timeline.moment;
  const { writes, isCut } = writesAround(session, named, limit);
  if (writes.length === 0) {
    throw new UserError(`Nobody writes '${named.label}' in this recording${since(session.timeline.trace)}.`);
  }
  const text = table(
    writes.map((write) => rowOf(trace, write)),
    step,
  );
  const cut = `\nOnly the nearest ${limit} on either side are shown: '.history ${named.label} N' shows N.`;
  return isCut ? text + cut : text;
}

function writesAround(
  session: Session,
  { slot }: NamedSlot,
  limit: number,
): { readonly writes: Write[]; readonly isCut: boolean } {
  const { trace, step } = session.timeline.moment;
  const before: Write[] = [];
  const after: Write[] = [];
  let at = step;
  let isCut = false;
  for (let write = lastWrite(trace, slot, at); write !== undefined; write = lastWrite(trace, slot, at)) {
    isCut ||= before.length === limit;
    if (isCut) {
      break;
    }
    before.push(write);
    at = write.step - 1;
  }
  at = step;
  for (let write = nextWrite(trace, slot, at); write !== undefined; write = nextWrite(trace, slot, at)) {
    if (after.length === limit) {
      isCut = true;
      break;
    }
    after.push(write);
    at = write.step;
  }
  return { writes: [...before.reverse(), ...after], isCut };
}

export function rowOf(trace: Trace, { step, by, before, after }: Write): WriteRow {
  const code = trace.source(by.file)?.split('\n')[by.line - 1]?.trim() ?? '';
  return {
    step: by.step,
    shownAt: step,
    path: by.file,
    line: by.line,
    function: by.function,
    code,
    before: before === undefined ? undefined : preview({ trace, step: step - 1 }, before),
    after: after === undefined ? undefined : preview({ trace, step }, after),
  };
}

/** `before → after`; a value that begins or ends shows one side only. */
export function changeText({ before, after }: Pick<WriteRow, 'before' | 'after'>): string {
  if (after === undefined) {
    return before === undefined ? '' : `${before} → deleted`;
  }
  return before === undefined ? after : `${before} → ${after}`;
}

/** One row a write; a mark stands between the past and the future of the cursor. */
function table(rows: readonly WriteRow[], cursor: number | undefined): string {
  const lines = rows.map((row) => [
    `.goto ${row.step}`,
    `${row.path.slice(row.path.lastIndexOf('/') + 1)}:${row.line} in ${row.function}`,
    row.code,
    changeText(row),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const at = cursor === undefined ? -1 : rows.findIndex(({ shownAt }) => shownAt > cursor);
  if (at > 0) {
    text.splice(at, 0, `-- the cursor: step ${cursor ?? 0} --`);
  }
  return text.join('\n');
}
