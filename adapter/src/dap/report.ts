/** Why the cursor stands still. */

import type { ProgramStopped } from '../debuggee/messages';
import type { Ending } from '../debuggee/process';
import type { Step } from '../trace/trace';
import type { Because } from '../travel/stops';

export interface Report {
  readonly reason:
    | 'entry'
    | 'step'
    | 'breakpoint'
    | 'function breakpoint'
    | 'data breakpoint'
    | 'exception'
    | 'pause'
    | 'goto'
    | 'restart'
    | 'end';
  readonly thread: number;
  readonly text?: string | undefined;
  readonly description?: string | undefined;
  /** Numbers of the breakpoints that were hit, when the living program told them. */
  readonly hits?: readonly number[];
  /** Why a journey through the recording ended here. */
  readonly because?: Because;
}

export function startReport({ thread }: Pick<Step, 'thread'>, firstStep = 0): Report {
  const gone = firstStep === 0 ? '' : ` (the steps before ${firstStep} are given up)`;
  return { reason: 'entry', thread, description: `Start of recording${gone}` };
}

/** The end: of an old recording, or of a program that ended like this. */
export function endReport(thread: number, ending?: Ending): Report {
  const how = ending === undefined ? '' : ` (${endingText(ending)})`;
  return { reason: 'end', thread, description: `End of recording${how}` };
}

/** What the living program says about its stop. */
export function programReport({ reason, thread, text, description, breakpoints }: ProgramStopped): Report {
  switch (reason) {
    case 'entry':
      return startReport({ thread });
    case 'end':
      return endReport(thread, { code: Number(text ?? 0), signal: undefined });
    default:
      return { reason, thread, text, description, hits: breakpoints };
  }
}

function endingText({ code, signal }: Ending): string {
  return signal === undefined ? `exit code ${code ?? 0}` : `the program was ended by ${signal}`;
}
