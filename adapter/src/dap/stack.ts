/** Threads, stacks and scopes at the cursor. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { requireNumber } from './arguments';
import type { Loose } from './arguments';
import { Answer } from './connection';
import type { Container } from './entries';
import { freeEntries, resultEntries } from './frame-entries';
import { frameName, isLibrary } from './frame-texts';
import type { Session } from './session';
import { referenceOf } from './variables';

export function threads(session: Session): Answer<DebugProtocol.ThreadsResponse['body']> {
  const known = session.hasTimeline ? session.timeline.threads() : [];
  const shown = known.map(({ thread, name }) => ({ id: thread, name }));
  return new Answer({ threads: shown.length > 0 ? shown : [{ id: 1, name: 'MainThread' }] });
}

export function stackTrace(
  session: Session,
  args: Loose<DebugProtocol.StackTraceArguments>,
): Answer<DebugProtocol.StackTraceResponse['body']> {
  const { trace, step, at } = session.timeline.moment;
  const thread = args.threadId ?? at.thread;
  const stack = trace.stack(step, thread);
  const start = args.startFrame ?? 0;
  const levels = args.levels ?? 0;
  const shown = stack.slice(start, levels === 0 ? undefined : start + levels);
  return new Answer({
    totalFrames: stack.length,
    stackFrames: shown.map((frame) => ({
      id: session.frames.of(`${thread}:${frame.frame}`, { thread, frame: frame.frame }),
      name: frameName(trace, step, thread, frame, args.format ?? {}),
      source: session.sources.of(trace, frame.file),
      line: frame.line - 1 + session.facts.linesStartAt,
      column: session.facts.linesStartAt,
      ...(isLibrary(frame.file) ? { presentationHint: 'subtle' as const } : {}),
    })),
  });
}

export function scopes(
  session: Session,
  args: Loose<DebugProtocol.ScopesArguments>,
): Answer<DebugProtocol.ScopesResponse['body']> {
  const { trace, step, at } = session.timeline.moment;
  const { thread, frame } = session.frames.get(requireNumber(args.frameId, 'frameId'));
  const shown = trace.stack(step, thread).find((candidate) => candidate.frame === frame);
  const names = (object: number): Container => ({ kind: 'names', object, frame });
  const scope = (name: string, presentationHint: string, container: Container): DebugProtocol.Scope => ({
    name,
    presentationHint,
    variablesReference: referenceOf(session, container),
    expensive: false,
  });
  const locals: Container =
    shown?.locals === undefined ? { kind: 'locals', thread, frame } : names(shown.locals);
  const result = [scope('Locals', 'locals', locals)];
  const here = { trace, step };
  if (locals.kind === 'locals' && freeEntries(here, thread, frame).length > 0) {
    result.push(scope('Closure', 'closure', { kind: 'free', thread, frame }));
  }
  if (shown?.globals !== undefined) {
    result.push(scope('Globals', 'globals', names(shown.globals)));
  }
  if (resultEntries(here, thread, frame).length > 0) {
    const [name, hint] =
      at.kind === 'exception'
        ? (['Exception', 'exception'] as const)
        : (['Return value', 'returnValue'] as const);
    result.push(scope(name, hint, { kind: 'result', thread, frame }));
  }
  return new Answer({ scopes: result });
}
