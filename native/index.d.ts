/** A recording, read through the store's C reader. Steps are numbered from 0; every text is what the program held. */

export type Value =
  | { readonly kind: 'unbound' | 'none' | 'ellipsis' | 'notImplemented' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'complex'; readonly real: number; readonly imaginary: number }
  /** A lone surrogate of Python stands as a lone surrogate here. */
  | { readonly kind: 'str'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'object'; readonly object: number };

export type StepKind = 'call' | 'line' | 'return' | 'yield' | 'resume' | 'exception';

export interface Step {
  readonly step: number;
  readonly kind: StepKind;
  readonly thread: number;
  /** Number of the frame; never reused. */
  readonly frame: number;
  /** Frames below it: 0 for the outermost. */
  readonly depth: number;
  readonly file: string;
  readonly line: number;
  readonly function: string;
}

export interface Frame {
  readonly frame: number;
  readonly depth: number;
  readonly file: string;
  readonly line: number;
  readonly function: string;
  /** `module` and `class` frames keep their variables in a dict, `function` frames in slots. */
  readonly scope: 'module' | 'class' | 'function';
  readonly isCoroutine: boolean;
  readonly globals: number | undefined;
  readonly locals: number | undefined;
}

export interface Variable {
  readonly name: string;
  readonly value: Value;
  readonly role: 'argument' | 'local' | 'free';
}

export type ObjectKind =
  | 'list' | 'tuple' | 'dict' | 'set' | 'frozenset' | 'instance' | 'class' | 'cell' | 'opaque' | 'buffer';

/** How the elements of a buffer lie in its memory. */
export interface BufferLayout {
  /** Of one element, as Python's struct module or numpy's typestr writes it: `B`, `d`, `<f8`, `|O` … */
  readonly format: string | undefined;
  readonly itemBytes: number;
  /** Elements per dimension, and bytes from one to the next. */
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  /** Byte of the memory at which the first element is. */
  readonly offset: number;
  /** Number of the object whose memory this is a view of. */
  readonly storage: number | undefined;
  readonly readOnly: boolean;
}

export interface Contents {
  readonly object: number;
  readonly kind: ObjectKind;
  /** Number of the object's class. */
  readonly classObject: number | undefined;
  /** The class's qualified name, for instance `list` or `Account`; with the module in `typeModule`. */
  readonly typeName: string;
  readonly typeModule: string | undefined;
  /** True when what it held at this step can't be told. */
  readonly unknown: boolean;
  /** … and can't from this step on, since C code changed it in a way that nothing tells of, until that was noticed. */
  readonly unknownSince: number | undefined;
  /** How many items there are in all; `items` holds those from `start` on. */
  readonly length: number;
  readonly start: number;
  /** For a dict, `key` is set; for a cell, one item; for a buffer, its elements with the last dimension fastest. */
  readonly items: readonly { readonly key?: Value; readonly value: Value }[];
  readonly attributes: readonly { readonly name: string; readonly value: Value }[];
  readonly attributeDict: number | undefined;
  /** Of a class or an opaque object (a function, a module …). */
  readonly name: string | undefined;
  readonly module: string | undefined;
  readonly bases: readonly number[];
  /** Of a buffer: a bytearray, array, memoryview, numpy array or numpy scalar. */
  readonly buffer: BufferLayout | undefined;
  readonly definedAt: { readonly file: string; readonly line: number } | undefined;
}

export interface Thread {
  readonly thread: number;
  readonly systemId: bigint;
  readonly name: string;
  readonly alive: boolean;
}

export interface Filter {
  readonly kinds?: readonly StepKind[];
  readonly thread?: number;
  readonly frame?: number;
  /** At most so many frames below it. */
  readonly maxDepth?: number;
  /** Line steps at any of these lines only. */
  readonly visits?: readonly { readonly file: string; readonly line: number }[];
}

export interface Output {
  readonly index: number;
  readonly step: number;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** `image`: all contents were written down anew; `unknown`: from here on they can't be told. `splice` is of a list.
 * `writeBytes` is of a buffer: `key` is the first byte in its memory, `value` the new bytes, `removed` how many went. */
export type Operation =
  | 'image' | 'setItem' | 'deleteItem' | 'append' | 'splice' | 'reverse' | 'clear' | 'add' | 'discard'
  | 'setAttribute' | 'deleteAttribute' | 'setAttributeDict' | 'setClass' | 'setCell' | 'writeBytes' | 'unknown';

export interface Change {
  /** The first step that shows it. */
  readonly step: number;
  readonly operation: Operation;
  readonly key: Value | undefined;
  readonly value: Value | undefined;
  readonly removed?: number;
}

/** A place that a program writes to. `item`: a list's index (an int), a dict's key, a set's element, a cell's content
 * (any key). A module's variables are items of its dict, keyed by their names. */
export type Slot =
  | { readonly kind: 'variable'; readonly frame: number; readonly name: string }
  | { readonly kind: 'item'; readonly object: number; readonly key: Value }
  | { readonly kind: 'attribute'; readonly object: number; readonly name: string };

export interface Write {
  /** The first step that shows it. */
  readonly step: number;
  /** The step that did it: the newest one before, of the frame that ran then. Undefined: none was recorded. */
  readonly writer: number | undefined;
  /** `bind`: a variable was bound; `call`: as an argument. */
  readonly operation: Operation | 'bind' | 'call';
  /** Nothing is known of the time before: the object or the frame enters the recording here. */
  readonly first: boolean;
  /** What the slot holds since; undefined when it was deleted or isn't known. */
  readonly value: Value | undefined;
}

export interface Info {
  readonly formatVersion: number;
  readonly complete: boolean;
  /** Why its writer could not go on, where that is known. */
  readonly endedEarly?: string;
  /** How many were recorded; those from `firstStep` on are kept. */
  readonly steps: number;
  /** More than 0 in a recording of bounded size whose oldest part is gone. */
  readonly firstStep: number;
  readonly threads: number;
  readonly files: number;
  readonly codes: number;
  readonly objects: number;
  readonly frames: number;
  readonly chunks: number;
  readonly fileBytes: number;
  readonly logBytes: number;
  readonly indexBytes: number;
  readonly damagedBytes: number;
}

/** Thrown by every method. `code` is one of the store's: EXECORDER_NOT_A_RECORDING, EXECORDER_TOO_NEW,
 * EXECORDER_CORRUPT, EXECORDER_IO (message holds the system's reason), EXECORDER_NOT_FOUND, EXECORDER_NO_MEMORY,
 * EXECORDER_CLOSED; wrong arguments throw TypeError or RangeError. */
export interface RecordingError extends Error {
  readonly code: string;
}

export class Recording {
  private constructor();
  /** Opens a recording, also one that is still being written. */
  static open(path: string): Recording;
  /** The same off the main thread: a large one that is not complete takes a while. */
  static openAsync(path: string): Promise<Recording>;
  /** Looks for what a living program wrote since; true when there are new steps. */
  refresh(): boolean;
  /** Lets the program that still writes it compress what it has written, until the next question. `length` stays what it
   * was until the next refresh. */
  rest(): void;
  readonly length: number;
  /** Of a recording of bounded size, the steps before this one are gone. */
  readonly firstStep: number;
  info(): Info;
  /** `python`, `program`, `argv`, `error`, `stopped_by` … */
  note(key: string): string | undefined;
  step(n: number): Step;
  threads(n: number): Thread[];
  /** Innermost first. Without `thread`: that of the step itself. */
  stack(n: number, thread?: number): Frame[];
  /** Variables in slots, arguments first and as they stand in the function's head; for frames whose `locals` is set,
   * read that dict's contents instead. `result` is what the frame returns, yields or raises at this very
   * step; at the call of a coroutine, the asyncio task that runs it. */
  variables(n: number, thread: number, frame: number): { variables: Variable[]; result: Value | undefined };
  /** `start` and `count` page the items. */
  contents(n: number, object: number, start?: number, count?: number): Contents;
  /** The nearest fitting step after (`forward`) or before `from`; `from` may be -1 or `length`. */
  find(from: number, direction: 'forward' | 'backward', filter: Filter): number | undefined;
  /** The same off the main thread; aborting the signal rejects with an AbortError. */
  findAsync(from: number, direction: 'forward' | 'backward', filter: Filter, signal?: AbortSignal): Promise<number | undefined>;
  files(): string[];
  /** The text of a file as it was when it ran. */
  source(file: string): string | undefined;
  /** Lines that hold code, ascending; empty for a file that never ran. */
  lines(file: string): number[];
  output(first: number, limit: number): Output[];
  history(n: number, object: number, limit: number): Change[];
  /** Who wrote a slot last: the newest write that shows at step n. Undefined when it was never written. An insertion or
   * a reversal writes all indexes whose items it moves. */
  lastWrite(n: number, slot: Slot): Write | undefined;
  close(): void;
}

/** What a check of a whole recording found. */
export interface CheckReport {
  readonly complete: boolean;
  /** Why its writer could not go on, where that is known. */
  readonly endedEarly?: string;
  readonly chunks: number;
  /** Index blocks. */
  readonly blocks: number;
  readonly records: number;
  readonly steps: number;
  readonly values: number;
  readonly objects: number;
  /** Bytes at the end that can't be read. */
  readonly unreadBytes: number;
  readonly problemCount: number;
  /** The first hundred of them, a sentence each. */
  readonly problems: readonly string[];
}

export type SizeKind = 'steps' | 'frames' | 'variables' | 'images' | 'changes' | 'definitions' | 'output';

export interface RedactReport {
  /** Bindings of values to the names. */
  readonly values: number;
  /** Objects that lost their contents. */
  readonly objects: number;
  /** Different texts that were replaced wherever they stood. */
  readonly texts: number;
}

/** Compares every part of a recording with all others. These functions take their time, and throw RecordingErrors. */
export function check(path: string): CheckReport;
/** What the bytes of a recording are for, before compression. Reads all of it. */
export function sizes(path: string): Record<SizeKind, { readonly records: number; readonly bytes: number }>;
/** What a recording leaves open. Objects and types are given by their numbers. */
export interface FidelityReport {
  /** Objects of which the recording shows the type and no contents. */
  readonly opaque: number;
  readonly opaqueTypes: readonly { readonly type: number; readonly example: number; readonly objects: number }[];
  /** Other objects whose contents can't be told any more, and from which step on the first of them. */
  readonly unknown: number;
  readonly unknownSince: number | undefined;
}
/** Reads all of it. */
export function fidelity(path: string): FidelityReport;
/** Writes all of it to another file. On failure of this and the following, there is no file `to`. */
export function compact(from: string, to: string): void;
/** Writes the steps from `first` to `last` to another file, where they have the numbers from 0 on. */
export function trim(from: string, to: string, first: number, last: number): void;
/** Writes it without what is bound to these names; a RangeError says what is wrong with the expression. */
export function redact(from: string, to: string, names: string): RedactReport;
