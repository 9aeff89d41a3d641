/** Threads, stacks and scopes at the cursor. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { requireNumber, wholeNumber } from './arguments';
import type { Loose } from './arguments';
import type { Frame } from '../trace/trace';
import { awaiters } from '../travel/tasks';
import type { Awaiter } from '../travel/tasks';
import { Answer } from './connection';
import type { Container } from './entries';
import { freeEntries, resultEntries } from './frame-entries';
import { frameName, isLibrary } from './frame-texts';
import { threadOf } from './frames';
import type { FrameReference, Session } from './session';
import { referenceOf } from './openings';

export function threads(session: Session): Answer<DebugProtocol.ThreadsResponse['body']> {
  const known = session.hasTimeline ? session.timeline.cursor.threads() : [];
  const shown = known.map(({ thread, name }) => ({ id: thread, name }));
  return new Answer({ threads: shown.length > 0 ? shown : [{ id: 1, name: 'MainThread' }] });
}

export function stackTrace(
  session: Session,
  args: Loose<DebugProtocol.StackTraceArguments>,
): Answer<DebugProtocol.StackTraceResponse['body']> {
  const { trace, step, at } = session.timeline.moment;
  const thread = threadOf(session, args.threadId) ?? at.thread;
  const lines = [
    ...trace.stack(step, thread).map((frame): Line => ({ frame, reference: { thread, frame: frame.frame } })),
    ...awaiters(trace, step, thread).flatMap(awaiterLines),
  ];
  const start = wholeNumber(args.startFrame);
  const levels = wholeNumber(args.levels);
  const shown = lines.slice(start, levels === 0 ? undefined : start + levels);
  return new Answer({
    totalFrames: lines.length,
    stackFrames: shown.map((line) => stackFrame(session, line, args.format ?? {})),
  });
}

/** A line of the call stack: a frame, or what is said about those below it. */
interface Line {
  readonly label?: string;
  readonly frame: Frame;
  readonly reference: FrameReference;
}

const LABELS = { awaits: 'awaited by', created: 'task created by' } as const;

function awaiterLines({ relation, step, thread, frames }: Awaiter): Line[] {
  const lines = frames.map((frame): Line => {
    return { frame, reference: { thread, frame: frame.frame, relation, waitsSince: step } };
  });
  const [first] = lines;
  return first === undefined ? [] : [{ ...first, label: LABELS[relation] }, ...lines];
}

function stackFrame(
  session: Session,
  { label, frame, reference }: Line,
  format: DebugProtocol.StackFrameFormat,
): DebugProtocol.StackFrame {
  const { trace, step } = session.timeline.moment;
  const { thread, waitsSince } = reference;
  const id = session.frames.of(`${label ?? ''}${thread}:${frame.frame}:${waitsSince ?? ''}`, reference);
  if (label !== undefined) {
    return { id, name: label, line: 0, column: 0, presentationHint: 'label' };
  }
  return {
    id,
    name: frameName(trace, waitsSince ?? step, thread, frame, format),
    source: session.sources.of(trace, frame.file),
    line: Math.max(1, frame.line) - 1 + session.facts.linesStartAt, // since 3.11 an empty module runs at line 0
    column: session.facts.linesStartAt,
    ...(isLibrary(frame.file) ? { presentationHint: 'subtle' as const } : {}),
  };
}

export function scopes(
  session: Session,
  args: Loose<DebugProtocol.ScopesArguments>,
): Answer<DebugProtocol.ScopesResponse['body']> {
  const { trace, step, at } = session.timeline.moment;
  const { thread, frame, waitsSince } = session.frames.get(requireNumber(args.frameId, 'frameId'));
  const shown = trace.stack(waitsSince ?? step, thread).find((candidate) => candidate.frame === frame);
  const names = (object: number): Container => ({ kind: 'names', object, thread, frame });
  const scope = (name: string, presentationHint: string, container: Container): DebugProtocol.Scope => ({
    name,
    presentationHint,
    variablesReference: referenceOf(session, container),
    expensive: false,
  });
  const locals: Container =
    shown?.locals === undefined ? { kind: 'locals', thread, frame, waitsSince } : names(shown.locals);
  const result = [scope('Locals', 'locals', locals)];
  const here = { trace, step };
  if (locals.kind === 'locals' && freeEntries(here, thread, frame, waitsSince).length > 0) {
    result.push(scope('Closure', 'closure', { kind: 'free', thread, frame, waitsSince }));
  }
  if (shown?.globals !== undefined) {
    result.push(scope('Globals', 'globals', names(shown.globals)));
  }
  if (waitsSince === undefined && resultEntries(here, thread, frame).length > 0) {
    const [name, hint] =
      at.kind === 'exception'
        ? (['Exception', 'exception'] as const)
        : (['Return value', 'returnValue'] as const);
    result.push(scope(name, hint, { kind: 'result', thread, frame }));
  }
  return new Answer({ scopes: result });
}
