import { Cursor } from './cursor';

/** A log chunk: its first position and step, its start table and its records. */
export interface Chunk {
  readonly position: number;
  readonly firstStep: number;
  readonly stepCount: number;
  readonly table: Cursor;
  readonly records: Cursor;
}

const PAGE = 4096;
const HEADER = 144;

/** The closed log chunks of a file, in order, found by looking from one to the next. */
export function chunksOf(bytes: Buffer): Chunk[] {
  if (bytes.toString('latin1', 0, 8) !== 'XREC\r\n\x1a\n') {
    throw new Error('not a recording');
  }
  const chunks: Chunk[] = [];
  for (let at = PAGE; bytes.toString('latin1', at, at + 4) === 'XCHK';) {
    const u64 = (offset: number): number => Number(bytes.readBigUInt64LE(at + offset));
    if (bytes[at + 5] !== 0) {
      throw new Error('stored in a way that this reader does not know');
    }
    if (bytes[at + 4] === 1) {
      const table = at + HEADER;
      const records = table + bytes.readUInt32LE(at + 72);
      chunks.push({
        position: u64(16),
        firstStep: u64(24),
        stepCount: u64(112),
        table: new Cursor(bytes, table, records),
        records: new Cursor(bytes, records, records + u64(96)),
      });
    }
    at = Math.ceil((at + HEADER + u64(120)) / 8) * 8;
  }
  return chunks;
}
