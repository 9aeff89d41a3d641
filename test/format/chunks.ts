import { decompress } from 'fzstd';
import { joinColumns } from './columns';
import { Cursor } from './cursor';

/** A log chunk: its first position and step, its start table, its records, and the filter of slots in its summary. */
export interface Chunk {
  readonly position: number;
  readonly firstStep: number;
  /** Not known of one that is open. */
  readonly stepCount: number | undefined;
  readonly table: Cursor;
  readonly records: Cursor;
  readonly filter: Buffer;
  /** Newest numbers before it. */
  readonly lastObject: number;
  readonly lastFrame: number;
}

const PAGE = 4096;
const HEADER = 144;
const FILTERS_SINCE = 3;
const NOTHING = Buffer.alloc(0);
const BASE_OFFSET = 128;
const GAP_OFFSET = 176;
const GAPS_SINCE = 5;

/** A summary ends with its filter, the filter's size, its object table and that one's size. */
function filterOf(bytes: Buffer, end: number): Buffer {
  if (bytes.readUInt32LE(8) < FILTERS_SINCE) {
    return NOTHING;
  }
  const size = end - 8 - bytes.readUInt32LE(end - 4);
  return bytes.subarray(size - bytes.readUInt32LE(size), size);
}

/** The last one may still be open: then nothing but how much of it is published is known. */
function isOpen(bytes: Buffer, at: number): boolean {
  return bytes.readBigUInt64LE(at + 120) === 0n;
}

/** The start table and the records of the chunk at `at`, in a buffer of their own. */
function recordsOf(bytes: Buffer, at: number): Buffer {
  const codec = bytes[at + 5];
  const start = at + HEADER;
  const size =
    bytes.readUInt32LE(at + 72) + Number(bytes.readBigUInt64LE(at + (isOpen(bytes, at) ? 88 : 96)));
  if (codec === 0) {
    return bytes.subarray(start, start + size);
  }
  if (codec !== 1 && codec !== 2) {
    throw new Error('stored in a way that this reader does not know');
  }
  const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 80));
  const plain = codec === 1 ? Buffer.from(decompress(packed)) : joinColumns(packed);
  if (plain.length !== size) {
    throw new Error('the chunk holds another number of bytes');
  }
  return plain;
}

function logChunk(bytes: Buffer, at: number): Chunk {
  const u64 = (offset: number): number => Number(bytes.readBigUInt64LE(at + offset));
  const plain = recordsOf(bytes, at);
  const tableSize = bytes.readUInt32LE(at + 72);
  return {
    position: u64(16),
    firstStep: u64(24),
    stepCount: isOpen(bytes, at) ? undefined : u64(112),
    table: new Cursor(plain, 0, tableSize),
    records: new Cursor(plain, tableSize, plain.length),
    filter: isOpen(bytes, at) ? NOTHING : filterOf(bytes, at + HEADER + u64(120)),
    lastObject: u64(32),
    lastFrame: u64(40),
  };
}

/** Where the gap of a growing recording begins, and where it ends. */
function gapOf(bytes: Buffer): readonly [number, number] {
  const isThere = bytes.readUInt32LE(8) >= GAPS_SINCE && bytes.readBigUInt64LE(GAP_OFFSET) !== 0n;
  const at = (offset: number): number => Number(bytes.readBigUInt64LE(GAP_OFFSET + offset));
  return isThere ? [at(0), at(8)] : [-1, -1];
}

/** Where the log chunks of a file are, found by looking from one to the next. */
function placesOf(bytes: Buffer): number[] {
  const places: number[] = [];
  const first = Number(bytes.readBigUInt64LE(BASE_OFFSET)) || PAGE;
  const [gap, behindGap] = gapOf(bytes);
  for (let at = first; ;) {
    at = at === gap ? behindGap : at;
    if (bytes.toString('latin1', at, at + 4) !== 'XCHK') {
      return places;
    }
    if (bytes[at + 4] === 1) {
      places.push(at);
    }
    if (isOpen(bytes, at)) {
      return places;
    }
    at = Math.ceil((at + HEADER + Number(bytes.readBigUInt64LE(at + 120))) / 8) * 8;
  }
}

/** How each log chunk is stored. */
export function codecsOf(bytes: Buffer): number[] {
  return placesOf(bytes).map((at) => bytes[at + 5]!);
}

/** The log chunks of a file, in order. */
export function chunksOf(bytes: Buffer): Chunk[] {
  if (bytes.toString('latin1', 0, 8) !== 'XREC\r\n\x1a\n') {
    throw new Error('not a recording');
  }
  return placesOf(bytes).map((at) => logChunk(bytes, at));
}
