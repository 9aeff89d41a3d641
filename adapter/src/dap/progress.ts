/** What takes longer than a moment is shown by clients that can show it, and can be given up there. */

/** Nobody wants to see what is over so soon. */
const MOMENT_MS = 500;

export interface Work {
  readonly title: string;
  /** The request that it is done for, if it is one. */
  readonly requestId?: number | undefined;
  /** Gives it up; work without it has to be waited for. */
  readonly giveUp?: (() => void) | undefined;
}

/** How far it is. */
export interface State {
  readonly message?: string;
  readonly percentage?: number;
}

type SendEvent = (name: string, body: unknown) => void;

export class ProgressReporter {
  /** Whether the client shows progress. */
  isWanted = false;
  private lastId = 0;
  private readonly running = new Map<string, Work>();

  constructor(private readonly send: SendEvent) {}

  /** Shows that the work goes on until the promise is settled. Answers how to say how far it is. */
  during(work: Work, done: Promise<unknown>): (state: State) => void {
    const progressId = `execorder-${++this.lastId}`;
    let state: State = {};
    const timer = setTimeout(() => this.start(progressId, work, state), MOMENT_MS);
    const end = (): void => {
      clearTimeout(timer);
      this.end(progressId);
    };
    done.then(end, end);
    return (now) => {
      state = { ...state, ...now };
      if (this.running.has(progressId)) {
        this.send('progressUpdate', { progressId, ...now });
      }
    };
  }

  /** Gives up what the client doesn't want to wait for any longer. */
  cancel(progressId: string): void {
    this.running.get(progressId)?.giveUp?.();
  }

  private start(progressId: string, work: Work, state: State): void {
    if (!this.isWanted) {
      return;
    }
    this.running.set(progressId, work);
    this.send('progressStart', {
      progressId,
      title: work.title,
      cancellable: work.giveUp !== undefined,
      ...(work.requestId === undefined ? {} : { requestId: work.requestId }),
      ...state,
    });
  }

  private end(progressId: string): void {
    if (this.running.delete(progressId)) {
      this.send('progressEnd', { progressId });
    }
  }
}
