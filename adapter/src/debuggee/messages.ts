/** The messages of the control channel (docs/CONTROL.md), parsed where they arrive. */

/** Why a living program stopped. */
export type StopReason =
  'entry' | 'breakpoint' | 'step' | 'pause' | 'exception' | 'data breakpoint' | 'function breakpoint' | 'end';

export interface Hello {
  readonly event: 'hello';
  readonly token: string;
  readonly pid: number;
  /** Path of the recording. */
  readonly recording: string;
  /** Version of the interpreter. */
  readonly python: string;
  /** Path of the main file. */
  readonly program: string;
  /** Path of the interpreter; empty when it doesn't know. */
  readonly executable: string;
}

export interface ProgramStopped {
  readonly event: 'stopped';
  readonly reason: StopReason;
  /** The newest step; -1: the recording has ended before. */
  readonly step: number;
  readonly thread: number;
  /** The exception's type, or the exit code. */
  readonly text: string | undefined;
  readonly description: string | undefined;
  /** Numbers of the breakpoints that were hit. */
  readonly breakpoints: readonly number[];
  /** An exception has left the thread's recorded frames into library code. */
  readonly hasLeft?: boolean;
}

export type ProgramEvent =
  | Hello
  | ProgramStopped
  | ChildStarted
  | BreakpointsSettled
  | { readonly event: 'continued' }
  | { readonly event: 'exited'; readonly code: number }
  | { readonly event: 'warning'; readonly text: string };

export type Reply =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | {
      readonly id: number;
      readonly ok: false;
      readonly error: string;
      /** It has changed something nevertheless. */
      readonly hasChanged: boolean;
    };

/** What `evaluate` and `setVariable` answer. */
export interface EvaluatedText {
  readonly value: string;
  readonly type: string;
  /** Something that the recording knows is another than before. */
  readonly hasChanged: boolean;
}

/** Exit codes from one to another, both of which belong to it; null: no bound. */
export type CodeRange = readonly [number | null, number | null];

/** A process that the program started and that records itself. */
export interface ChildStarted {
  readonly event: 'child';
  readonly pid: number;
  /** Path of its recording. */
  readonly recording: string;
  /** What it runs, for people. */
  readonly name: string | undefined;
}

/** Breakpoints that waited for their file have found their lines. */
export interface BreakpointsSettled {
  readonly event: 'settled';
  /** Line 0: there is no code at the breakpoint's line or below it. */
  readonly breakpoints: readonly { readonly id: number; readonly line: number }[];
}

/** A breakpoint as the program is told about it. */
export interface ProgramBreakpoint {
  readonly id: number;
  readonly line: number;
  readonly condition?: string;
  readonly hitCondition?: string;
  readonly logMessage?: string;
  /** Its file is not there yet: it moves to a line that holds code when that begins to run. */
  readonly waits?: boolean;
}

const STOP_REASONS: readonly StopReason[] = [
  'entry',
  'breakpoint',
  'step',
  'pause',
  'exception',
  'data breakpoint',
  'function breakpoint',
  'end',
];

/** One line from the program: an event, a reply, or undefined when it is neither. */
export function parseMessage(line: string): ProgramEvent | Reply | undefined {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(message)) {
    return undefined;
  }
  return 'event' in message ? parseEvent(message) : parseReply(message);
}

/** The result of `evaluate` or `setVariable`. */
export function parseEvaluated(result: unknown): EvaluatedText {
  const fields = isRecord(result) ? result : {};
  return {
    value: text(fields['value']) ?? '',
    type: text(fields['type']) ?? '',
    hasChanged: fields['changed'] === true,
  };
}

/** What an expression gave at one of many places. */
export type EvaluatedPlace =
  { readonly value: string; readonly isTrue: boolean } | { readonly error: string };

/** The result of `evaluatePast` at many places; there may be fewer answers than places. */
export function parseAnswers(result: unknown): EvaluatedPlace[] {
  const answers = isRecord(result) && Array.isArray(result['answers']) ? result['answers'] : [];
  return answers.filter(isRecord).map((answer) => {
    const error = text(answer['error']);
    return error === undefined
      ? { value: text(answer['value']) ?? '', isTrue: answer['isTrue'] === true }
      : { error };
  });
}

/** A list of texts. */
export function parseTexts(result: unknown): string[] {
  return Array.isArray(result) ? result.filter((item) => typeof item === 'string') : [];
}

function parseReply(message: Record<string, unknown>): Reply | undefined {
  const { id, ok, result, error } = message;
  if (typeof id !== 'number') {
    return undefined;
  }
  if (ok === true) {
    return { id, ok, result };
  }
  const hasChanged = message['changed'] === true;
  return { id, ok: false, error: text(error) ?? 'The program refused.', hasChanged };
}

function parseEvent(message: Record<string, unknown>): ProgramEvent | undefined {
  switch (message['event']) {
    case 'hello':
      return {
        event: 'hello',
        token: text(message['token']) ?? '',
        pid: number(message['pid']),
        recording: text(message['recording']) ?? '',
        python: text(message['python']) ?? '',
        program: text(message['program']) ?? '',
        executable: text(message['executable']) ?? '',
      };
    case 'stopped':
      return {
        event: 'stopped',
        reason: STOP_REASONS.find((reason) => reason === message['reason']) ?? 'step',
        step: number(message['step']),
        thread: number(message['thread']),
        text: text(message['text']),
        description: text(message['description']),
        breakpoints: numbers(message['breakpoints']),
        hasLeft: message['left'] === true,
      };
    case 'child':
      return {
        event: 'child',
        pid: number(message['pid']),
        recording: text(message['recording']) ?? '',
        name: text(message['name']),
      };
    case 'settled': {
      const breakpoints = Array.isArray(message['breakpoints'])
        ? message['breakpoints'].filter(isRecord)
        : [];
      return {
        event: 'settled',
        breakpoints: breakpoints.map(({ id, line }) => ({ id: number(id), line: number(line) })),
      };
    }
    case 'continued':
      return { event: 'continued' };
    case 'exited':
      return { event: 'exited', code: number(message['code']) };
    case 'warning':
      return { event: 'warning', text: text(message['text']) ?? '' };
    default:
      return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'number') : [];
}
