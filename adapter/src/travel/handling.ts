/** Which exception was being handled when another one was raised: its context, as Python calls it. */

import type { Step, Trace } from '../trace/trace';

/** The step that brought the handled exception to its handler; undefined when none was handled, or on `from None`. */
export function handledAt(trace: Trace, raise: Step): Step | undefined {
  for (const { frame, file, line } of trace.stack(raise.step, raise.thread)) {
    const lines = trace.source(file)?.split('\n') ?? [];
    if (frame === raise.frame && /\bfrom\s+None\b/.test(lines[line - 1] ?? '')) {
      return undefined;
    }
    const handler = handlerAround(lines, line);
    const before = handler === undefined ? undefined : newestBefore(trace, raise.step, frame, handler);
    if (before !== undefined) {
      return before;
    }
  }
  return undefined;
}

/** The newest exception of the frame that came before the line of its handler ran. */
function newestBefore(trace: Trace, step: number, frame: number, handler: number): Step | undefined {
  const file = trace.step(trace.find(step + 1, 'backward', { frame }) ?? step).file;
  const visits = [{ file, line: handler }];
  const entered = trace.find(step, 'backward', { kinds: ['line'], frame, visits });
  const found = trace.find(entered ?? step, 'backward', { kinds: ['exception'], frame });
  return found === undefined ? undefined : trace.step(found);
}

/** The line of the `except` or `finally` whose body holds this line. */
function handlerAround(lines: readonly string[], line: number): number | undefined {
  let margin = indentation(lines[line - 1] ?? '');
  for (let number = line - 1; number > 0 && margin > 0; number--) {
    const text = lines[number - 1] ?? '';
    if (/^\s*(?:#|$)/.test(text) || indentation(text) >= margin) {
      continue;
    }
    margin = indentation(text);
    if (/^\s*(?:except|finally)\b/.test(text)) {
      return number;
    }
    if (/^\s*(?:async\s+)?(?:def|class)\b/.test(text)) {
      return undefined;
    }
  }
  return undefined;
}

function indentation(text: string): number {
  return text.length - text.trimStart().length;
}
