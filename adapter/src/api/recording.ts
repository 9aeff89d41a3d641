import type { RecordingTrace } from '../trace/recording-trace';
import type { Change, Contents, Frame, Info, Output, Step } from '../trace/trace';
import { openForUser } from './open';
import { readState, type State } from './state';

/** What to do with the file when a recording is closed. */
type Cleanup = () => void;

/**
 * A recorded run of a Python program. Its steps are numbered from 0; a `line` step is the moment before that line runs.
 * Methods throw a RangeError for a step that isn't there, and an error whose `code` is EXECORDER_CLOSED once closed.
 */
export class Recording {
  private constructor(
    /** The file it is kept in. */
    readonly path: string,
    private readonly trace: RecordingTrace,
    private readonly cleanup: Cleanup,
  ) {}

  /** Opens a recording, also one whose program still runs. Throws a UserError for anything but a readable recording. */
  static open(path: string, cleanup: Cleanup = () => undefined): Recording {
    return new Recording(path, openForUser(path), cleanup);
  }

  /** How many steps there are. */
  get steps(): number {
    return this.trace.length;
  }

  /** Size, completeness and counts. */
  info(): Info {
    return this.trace.info();
  }

  /** What the recorder said about the run: `python`, `program`, `argv`, `error`, `stopped_by` … */
  note(key: string): string | undefined {
    return this.trace.note(key);
  }

  /** Where the program was at step n. */
  step(n: number): Step {
    return this.trace.step(n);
  }

  /** Everything visible in the running frame at step n. */
  state(n: number): State {
    return readState(this.trace, n);
  }

  /** The stack of step n's thread, or of another one, innermost frame first. */
  stack(n: number, thread?: number): readonly Frame[] {
    return this.trace.stack(n, thread);
  }

  /** What an object held at step n: `value.object` of any value whose kind is `object`. */
  children(n: number, object: number, start?: number, count?: number): Contents {
    return this.trace.contents(n, object, start, count);
  }

  /** All steps, ascending, at which a line ran. `file` is a path as `files` lists it. */
  visits(file: string, line: number): number[] {
    const filter = { kinds: ['line'], visits: [{ file, line }] } as const;
    const found: number[] = [];
    let at = this.trace.find(-1, 'forward', filter);
    while (at !== undefined) {
      found.push(at);
      at = this.trace.find(at, 'forward', filter);
    }
    return found;
  }

  /** The changes of an object up to step n, newest first. */
  history(n: number, object: number, limit = 100): readonly Change[] {
    return this.trace.history(n, object, limit);
  }

  /** Paths of all files that ran. */
  files(): readonly string[] {
    return this.trace.files();
  }

  /** The text of a file as it was when it ran. */
  source(file: string): string | undefined {
    return this.trace.source(file);
  }

  /** All that the program printed, in order. */
  output(): readonly Output[] {
    return this.trace.output(0, Number.MAX_SAFE_INTEGER);
  }

  /** Looks for what a living program recorded since; true when there are new steps. */
  refresh(): boolean {
    return this.trace.refresh();
  }

  /** Lets go of the file, and deletes it when it was a temporary one. Closing twice is fine. */
  close(): void {
    this.trace.close();
    this.cleanup();
  }
}
