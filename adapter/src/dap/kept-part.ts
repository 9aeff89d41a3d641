/** A recording of bounded size gives up its oldest steps: the user is told which. */

import type { Trace } from '../trace/trace';

export class KeptPart {
  private isTold = false;

  /** What there is to say for the first time, if anything. */
  remark({ firstStep }: Trace): string | undefined {
    if (firstStep === 0 || this.isTold) {
      return undefined;
    }
    this.isTold = true;
    return `The recording is kept within its size: of its steps, those before ${firstStep} are given up.`;
  }
}
