/** What a client is told when the cursor stands still. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import type { Step, Trace } from '../trace/trace';
import { NeedsCopies } from './conditions';
import { exceptionAt } from './exception-info';
import type { Session } from './session';
import type { Report } from './report';
import { DataBreakpoint } from './watch-table';
import { changeText, rowOf } from './who';

export function stoppedBody(session: Session, report: Report): DebugProtocol.StoppedEvent['body'] {
  const { trace, at } = session.timeline.moment;
  const isHit = report.reason === 'breakpoint' || report.reason === 'function breakpoint';
  const watched = watchedBy(trace, report);
  const hits = watched?.hits ?? report.hits ?? (isHit ? hitsAt(session, trace, at) : []);
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

function hitsAt(session: Session, trace: Trace, at: Step): number[] {
  try {
    const hits = [...session.breakpoints.hitsAt(trace, at), ...session.functions.hitsAt(trace, at)];
    return hits.map(({ id }) => id);
  } catch (error) {
    if (error instanceof NeedsCopies) {
      return []; // The living program has decided this, and told.
    }
    throw error;
  }
}
