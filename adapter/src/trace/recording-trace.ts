/** A trace that reads a recording's file. */

import { Recording } from 'execorder-native';
import type { Info, Trace } from './trace';

/** A trace over a file. It must be closed; every question after that throws with the code EXECORDER_CLOSED. */
export interface RecordingTrace extends Trace {
  /** Size, completeness and counts. */
  info(): Info;
  /** Lets the program that still writes it compress what it has written, until the next question. */
  rest(): void;
  close(): void;
}

/**
 * Opens the recording at `path`, also one that a living program is still writing.
 *
 * @throws TraceError EXECORDER_NOT_A_RECORDING, EXECORDER_TOO_NEW, EXECORDER_CORRUPT or EXECORDER_IO
 */
export function openRecording(path: string): RecordingTrace {
  // The addon answers exactly what a trace is asked: the compiler checks it here.
  return Recording.open(path);
}

/** The same off the main thread; rejects with what the other throws. */
export function openRecordingAsync(path: string): Promise<RecordingTrace> {
  return Recording.openAsync(path);
}
