/** Breakpoints of all kinds: set at any time, hit in both directions. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import type { CodeLines } from '../debuggee/code-lines';
import type { BreakpointsSettled } from '../debuggee/messages';
import { isRecord, listOf, optionalText, pathOf, requireNumber } from './arguments';
import type { Loose } from './arguments';
import type { Trace } from '../trace/trace';
import { canonical } from './breakpoint-table';
import type { Breakpoint, Wanted } from './breakpoint-table';
import { Answer } from './connection';
import { logPast } from './log-points';
import type { Session } from './session';

type Breakpoints = Answer<{ breakpoints: DebugProtocol.Breakpoint[] }>;

export async function setBreakpoints(
  session: Session,
  args: Loose<DebugProtocol.SetBreakpointsArguments>,
): Promise<Breakpoints> {
  const named = isRecord(args.source) ? args.source : {};
  const file = fileOf(session, named);
  const asked = listOf(args.breakpoints).map((one) => wantedOf(session, one));
  if (file === undefined) {
    return new Answer({ breakpoints: asked.map(() => unset('The file of this breakpoint is unknown.')) });
  }
  const wanted = asked.filter((one) => one !== undefined);
  const { lines, ran } = await linesOf(session, file);
  // The interpreter can't compile it, or it isn't there: the program may yet make it.
  const isUnknown = lines.length === 0 && session.codeLines !== undefined && session.program !== undefined;
  session.breakpoints.set(file, wanted, lines, ran, isUnknown);
  const fresh = session.breakpoints.freshLogPoints;
  await tellProgram(session, file);
  if (session.hasTimeline && session.timeline.cursor.hasTrace) {
    session.breakpoints.settle(session.timeline.trace);
  }
  const found = session.breakpoints.of(file).values();
  const breakpoints = asked.map((one) => {
    const next = one === undefined ? undefined : found.next().value;
    return next === undefined ? unset('This breakpoint has no line.') : described(session, next);
  });
  return new Answer({ breakpoints }, () => tellPast(session, fresh));
}

/** Stands in the answer for a breakpoint that can't be anywhere. */
function unset(message: string): DebugProtocol.Breakpoint {
  return { verified: false, message };
}

function described(session: Session, one: Breakpoint): DebugProtocol.Breakpoint {
  const { id, file, line, isVerified, isPending } = one;
  const problem = one.problem ?? (isPending ? 'This code has not run yet.' : undefined);
  return {
    id,
    verified: isVerified && !isPending,
    line: line - 1 + session.facts.linesStartAt,
    source: { path: session.sources.paths.toClient(file) },
    ...(problem === undefined ? {} : { message: problem }),
  };
}

/** Tells the client of breakpoints whose code has run by now. */
export function verifyLines(session: Session, trace: Trace): void {
  for (const one of session.breakpoints.settle(trace)) {
    session.client.event('breakpoint', { reason: 'changed', breakpoint: described(session, one) });
  }
}

/** Tells the client of breakpoints that have found their lines, now that their file is there. */
export function settleLines(session: Session, settled: BreakpointsSettled): void {
  for (const { id, line } of settled.breakpoints) {
    const one = session.breakpoints.found(id, line);
    if (one !== undefined) {
      session.client.event('breakpoint', { reason: 'changed', breakpoint: described(session, one) });
    }
  }
}

/** What new log points have to say about the past; before a program has begun there is none. */
function tellPast(session: Session, points: readonly Breakpoint[]): void {
  if (points.length > 0 && session.hasTimeline && session.timeline.cursor.hasTrace) {
    logPast(session, points).catch((error: unknown) => session.client.log(String(error)));
  }
}

function fileOf(session: Session, named: Record<string, unknown>): string | undefined {
  const reference = named['sourceReference'];
  const recorded = typeof reference === 'number' ? session.sources.file(reference) : undefined;
  return recorded ?? pathOf(named['path']);
}

/** What a client asks for; undefined when it doesn't say at which line. */
function wantedOf(session: Session, one: unknown): Wanted | undefined {
  if (!isRecord(one) || typeof one['line'] !== 'number' || !Number.isInteger(one['line'])) {
    return undefined;
  }
  return {
    line: one['line'] + 1 - session.facts.linesStartAt,
    condition: optionalText(one['condition']),
    hitCondition: optionalText(one['hitCondition']),
    logMessage: optionalText(one['logMessage']),
  };
}

interface Lines {
  /** Lines that can hold a breakpoint; empty when nobody can tell. */
  readonly lines: readonly number[];
  /** Of a program that will not run any more: lines that ran. */
  readonly ran?: ReadonlySet<number>;
}

/** Lines that hold code: as the interpreter says, else those of the recorded text. */
async function linesOf(session: Session, file: string): Promise<Lines> {
  const compiled = await compiledLines(session.codeLines, file);
  if (compiled.length > 0 || !session.hasTimeline || session.timeline.program !== undefined) {
    return { lines: compiled };
  }
  const { trace } = session.timeline;
  const recorded = trace.files().find((candidate) => canonical(candidate) === canonical(file));
  if (recorded === undefined) {
    return { lines: [] };
  }
  const ran = trace.lines(recorded);
  const text = trace.source(recorded);
  return { lines: text === undefined ? ran : writtenLines(text), ran: new Set(ran) };
}

/** Lines with anything but a comment: what code nobody called is, no recording tells. */
function writtenLines(text: string): number[] {
  const lines = text.split('\n').map((line, index) => (/^\s*(#|$)/.test(line) ? 0 : index + 1));
  return lines.filter((line) => line > 0);
}

async function compiledLines(codeLines: CodeLines | undefined, file: string): Promise<readonly number[]> {
  return codeLines === undefined ? [] : codeLines.of(file);
}

/** A program that runs takes them at its next step, which may be long in coming: nobody waits for that. */
async function tellProgram(session: Session, file: string): Promise<void> {
  const told = session.program?.setBreakpoints(file, session.breakpoints.forProgram(file));
  told?.catch((error: unknown) => session.client.log(String(error)));
  if (session.hasTimeline && session.timeline.cursor.isStill) {
    await told;
  }
}

export async function setExceptionBreakpoints(
  session: Session,
  args: Loose<DebugProtocol.SetExceptionBreakpointsArguments>,
): Promise<Breakpoints> {
  // Clients choose between two ways of naming the same filters.
  const known = session.exceptions.set(args.filters, args.filterOptions);
  const told = session.program?.setExceptionBreakpoints(session.exceptions.filters);
  told?.catch((error: unknown) => session.client.log(String(error)));
  if (session.hasTimeline && session.timeline.cursor.isStill) {
    await told;
  }
  return new Answer({ breakpoints: known.map((verified) => ({ verified })) });
}

export async function breakpointLocations(
  session: Session,
  args: Loose<DebugProtocol.BreakpointLocationsArguments>,
): Promise<Answer<DebugProtocol.BreakpointLocationsResponse['body']>> {
  const file = fileOf(session, isRecord(args.source) ? args.source : {});
  const offset = session.facts.linesStartAt - 1;
  const first = requireNumber(args.line, 'line') - offset;
  const last = (args.endLine ?? args.line ?? 0) - offset;
  const { lines, ran } = file === undefined ? { lines: [], ran: undefined } : await linesOf(session, file);
  const possible = ran === undefined ? lines : [...ran];
  const found = possible.filter((line) => line >= first && line <= last);
  return new Answer({ breakpoints: found.map((line) => ({ line: line + offset })) });
}
