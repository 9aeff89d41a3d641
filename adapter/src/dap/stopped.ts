/** What a client is told when the cursor stands still. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { UserError } from '../errors';
import type { Trace } from '../trace/trace';
import { raisedAt } from '../travel/raises';
import { Answer } from './connection';
import { look, preview, typeName } from './preview';
import type { Moment } from './preview';
import type { Session } from './session';
import type { Report } from './report';
import { DataBreakpoint } from './watch-table';
import { changeText, rowOf } from './who';

export function stoppedBody(session: Session, report: Report): DebugProtocol.StoppedEvent['body'] {
  const { trace, at } = session.timeline.moment;
  const isHit = report.reason === 'breakpoint';
  const watched = watchedBy(trace, report);
  const hits =
    watched?.hits ?? report.hits ?? (isHit ? session.breakpoints.hitsAt(trace, at).map(({ id }) => id) : []);
  const raised = report.reason === 'exception' ? exceptionAt(session, report) : undefined;
  const description = watched?.description ?? raised?.message ?? report.description;
  const text = raised?.type ?? report.text;
  return {
    reason: report.reason,
    threadId: report.thread,
    allThreadsStopped: true,
    ...(description === undefined ? {} : { description }),
    ...(text === undefined ? {} : { text }),
    ...(hits.length === 0 ? {} : { hitBreakpointIds: [...hits] }),
  };
}

/** What a data breakpoint has seen: `total: 3 → 6`. */
function watchedBy(
  trace: Trace,
  { because }: Report,
): { readonly hits: readonly number[]; readonly description: string } | undefined {
  if (because?.kind !== 'data breakpoint' || !(because.watch instanceof DataBreakpoint)) {
    return undefined;
  }
  const { id, label } = because.watch;
  return { hits: [id], description: `${label}: ${changeText(rowOf(trace, because.write))}` };
}

interface Raised {
  readonly type: string;
  readonly message: string;
  /** Whether nobody catches it. */
  readonly isUncaught: boolean;
}

/** The exception at the cursor: as the program told it, else as it was recorded. */
function exceptionAt(session: Session, report: Report | undefined): Raised | undefined {
  const { trace, step, at } = session.timeline.moment;
  const isUncaught = session.breakpoints.uncaught.has(step);
  // Only the living program can ask an exception for its text, which its class may make up in any way.
  if (report?.reason === 'exception' && (report.description ?? '') !== '' && report.text !== undefined) {
    return { type: report.text, message: report.description ?? '', isUncaught };
  }
  const raised = at.kind === 'exception' ? raisedAt(trace, at) : undefined;
  if (raised?.kind !== 'object') {
    return undefined;
  }
  const moment = { trace, step };
  return { type: typeName(moment, raised), message: messageText(moment, raised.object), isUncaught };
}

/** What `str(exception)` gives for exceptions that don't define it: their arguments. */
function messageText(moment: Moment, object: number): string {
  const args = look(moment, object)?.attributes.find(({ name }) => name === 'args')?.value;
  const items = args?.kind === 'object' ? (look(moment, args.object)?.items ?? []) : [];
  const [only] = items;
  if (items.length === 1 && only !== undefined) {
    return only.value.kind === 'str' ? only.value.value : preview(moment, only.value);
  }
  return items.length === 0 || args === undefined ? '' : preview(moment, args);
}

export function exceptionInfo(session: Session): Answer<DebugProtocol.ExceptionInfoResponse['body']> {
  const raised = exceptionAt(session, session.timeline.report);
  if (raised === undefined) {
    throw new UserError('There is no exception at this step.');
  }
  return new Answer({
    exceptionId: raised.type,
    description: raised.message,
    breakMode: raised.isUncaught ? ('unhandled' as const) : ('always' as const),
    details: {
      typeName: raised.type,
      message: raised.message,
      stackTrace: stackText(session),
    },
  });
}

/** As a traceback lists them: outermost first. */
function stackText(session: Session): string {
  const { trace, step } = session.timeline.moment;
  const frames = [...trace.stack(step)].reverse();
  return frames
    .map(({ file, line, function: name }) => `  File "${file}", line ${line}, in ${name}\n`)
    .join('');
}
