/** What is missing in a recording, at its start or at its end: the user is told once. */

import type { Trace } from '../trace/trace';

export class KeptPart {
  private isStartTold = false;
  private isEndTold = false;

  /** What there is to say for the first time. */
  remarks(trace: Trace): string[] {
    return [this.start(trace), this.end(trace)].filter((text) => text !== undefined);
  }

  /** A recording of bounded size gives up its oldest steps. */
  private start({ firstStep }: Trace): string | undefined {
    if (firstStep === 0 || this.isStartTold) {
      return undefined;
    }
    this.isStartTold = true;
    return `The recording is kept within its size: of its steps, those before ${firstStep} are given up.`;
  }

  /** One whose recorder had to give up ends before its program does. */
  private end(trace: Trace): string | undefined {
    const endedEarly = trace.info?.().endedEarly;
    if (endedEarly === undefined || this.isEndTold) {
      return undefined;
    }
    this.isEndTold = true;
    return `The recording ended early, since ${endedEarly}: nothing is known of what the program did after that, and no breakpoint stops it.`;
  }
}
