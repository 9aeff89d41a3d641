/** The hold that a timeline has on the living program: it lets it go on, go away, or end. */

import type { Debuggee } from '../debuggee/debuggee';

export class ProgramHold {
  /** The program, while it lives and is held. */
  debuggee: Debuggee | undefined;
  /** The step at which it has stopped: other threads may have got a little further before they stopped as well. */
  waitsAt: number | undefined;
  private hasToEnd = false;
  private onGone: () => void = () => undefined;

  /** Whether it was asked to end. */
  get isTerminating(): boolean {
    return this.hasToEnd;
  }

  /** Lets it run on, if it still can. */
  goOn(thread: number): void {
    this.debuggee?.resume('continue', thread).catch(() => undefined);
  }

  /** Asks it to end; a second time, it has to. One that waits at its end, in this thread, goes on. */
  terminate(threadAtEnd: number | undefined): void {
    if (this.hasToEnd) {
      this.debuggee?.kill();
    } else if (threadAtEnd !== undefined) {
      this.goOn(threadAtEnd);
    } else {
      this.debuggee?.terminate().catch(() => undefined);
    }
    this.hasToEnd = true;
  }

  /** Lets it end by itself, so that its recording is complete; not for longer than this. */
  async leave(timeoutMs: number, threadAtEnd: number | undefined): Promise<void> {
    if (this.debuggee === undefined) {
      return;
    }
    const gone = new Promise<void>((resolve) => {
      this.onGone = resolve;
    });
    this.terminate(threadAtEnd);
    const timer = setTimeout(() => this.onGone(), timeoutMs);
    await gone;
    clearTimeout(timer);
  }

  /** It is no more. */
  lose(): void {
    this.debuggee = undefined;
    this.onGone();
  }

  /** It runs on, and nothing stops it any more. */
  detach(): void {
    this.debuggee?.detach();
    this.debuggee = undefined;
  }

  /** Ends a program that was started from here, and lets go of any other. */
  dispose(): void {
    if (this.debuggee?.isOurs === true) {
      this.debuggee.kill();
      this.debuggee = undefined;
    }
    this.detach();
  }
}
