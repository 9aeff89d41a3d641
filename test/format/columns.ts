import { decompress } from 'fzstd';
import { Cursor } from './cursor';

/** FORMAT.md, "Columns": what codec 2 stores, put together again. */

const COLUMNS = 20;
const OWN_FRAME = 512;
const RECENT = 16;
const MASK = (1n << 64n) - 1n;

/** Keys in the order of their use, each with the position of its last record. */
class Recents {
  private readonly items: { key: bigint; record: number | undefined }[] = [];

  /** The n-th becomes the first; for 0, what `miss` says. */
  use(n: number, miss: () => bigint): { key: bigint; record: number | undefined } {
    const item = n === 0 ? { key: miss(), record: undefined } : this.items.splice(n - 1, 1)[0];
    if (item === undefined) {
      throw new Error('nothing as recent as this');
    }
    this.items.unshift(item);
    this.items.length = Math.min(this.items.length, RECENT);
    return item;
  }
}

function unpackColumns(packed: Buffer): Cursor[] {
  const head = new Cursor(packed, 0, packed.length);
  const sizes = head.list(COLUMNS, () => head.number());
  const long = sizes.filter((size) => size >= OWN_FRAME);
  const rest = sizes.filter((size) => size < OWN_FRAME).reduce((sum, size) => sum + size, 0);
  const stored = head.list(long.length + 1, () => head.number());
  const parts = stored.map((size, i) => {
    const plain = long[i] ?? rest;
    const bytes = head.take(size);
    return size === plain ? bytes : Buffer.from(decompress(bytes));
  });
  const short = new Cursor(parts.at(-1)!, 0, rest);
  let next = 0;
  return sizes.map((size) => {
    const bytes = size >= OWN_FRAME ? parts[next++]! : short.take(size);
    return new Cursor(bytes, 0, bytes.length);
  });
}

class Joiner {
  private readonly out: number[] = [];
  private readonly objects = new Recents();
  private readonly floats = new Recents();
  private readonly texts = new Recents();
  private newestObject = 0n;
  private newestFrame = 0n;
  private readonly columns: Cursor[];

  constructor(packed: Buffer) {
    this.columns = unpackColumns(packed);
  }

  join(): Buffer {
    this.bytes(1, this.column(1).end);
    while (!this.column(2).done) {
      this.record();
    }
    if (this.columns.some((column) => !column.done)) {
      throw new Error('a column has more than its records');
    }
    return Buffer.from(this.out);
  }

  private column(number: number): Cursor {
    return this.columns[number - 1]!;
  }

  private bytes(column: number, size: number): Buffer {
    const bytes = this.column(column).take(size);
    this.out.push(...bytes);
    return bytes;
  }

  private put(value: bigint): void {
    for (; value >= 0x80n; value >>= 7n) {
      this.out.push(Number(value & 0x7fn) | 0x80);
    }
    this.out.push(Number(value));
  }

  private varint(column: number): bigint {
    const value = this.column(column).varint();
    this.put(value);
    return value;
  }

  private times(count: bigint, read: () => void): void {
    for (let i = 0n; i < count; i++) {
      read();
    }
  }

  private slice(column: number): void {
    this.bytes(column, Number(this.varint(column)));
  }

  private near(column: number, expected: bigint): bigint {
    return (expected + this.column(column).zigzag()) & MASK;
  }

  private record(): void {
    const op = this.bytes(2, 1)[0]!;
    if ((op >= 0x20 && op < 0x30) || op === 0x60) {
      this.change(op);
    } else if (op >= 0x40 && op < 0x60) {
      this.value();
    } else if (op >= 0x30 && op < 0x35) {
      this.varint(20);
      this.told(op);
    } else if (op < 0x80) {
      this.frameOrStep(op);
    }
  }

  private frameOrStep(op: number): void {
    switch (op) {
      case 0x01:
        this.varint(5);
        return;
      case 0x07:
        this.times(this.varint(5), () => {
          this.varint(5);
          this.times(this.varint(5), () => {
            this.varint(6);
            this.value();
          });
        });
        return;
      case 0x10:
        this.varint(20);
        return;
      case 0x11:
      case 0x12:
      case 0x13: {
        const frame = this.near(4, this.newestFrame + 1n);
        this.newestFrame = frame > this.newestFrame ? frame : this.newestFrame;
        this.put(frame);
        const fields = Array.from({ length: op === 0x13 ? 2 : 5 }, () => this.varint(3));
        this.times(fields[4] ?? 0n, () => this.value());
        return;
      }
      case 0x17:
        this.varint(6);
        this.value();
        return;
      case 0x15:
      case 0x16:
        this.value();
    }
  }

  /** Output and definitions. */
  private told(op: number): void {
    switch (op) {
      case 0x30:
        this.bytes(20, 1);
        this.slice(20);
        return;
      case 0x31:
        this.varint(20);
        this.slice(20);
        this.varint(20);
        this.slice(20);
        return;
      case 0x32:
        this.times(2n, () => this.varint(20));
        this.times(2n, () => this.slice(20));
        this.times(4n, () => this.varint(20));
        this.times(this.varint(20), () => this.varint(20));
        this.times(this.varint(20), () => {
          this.slice(20);
          this.varint(20);
        });
        return;
      case 0x33:
        this.times(2n, () => this.varint(20));
        this.slice(20);
        return;
      default:
        this.slice(20);
        this.slice(20);
    }
  }

  private object(column: number): { key: bigint; record: number | undefined } {
    const item = this.objects.use(this.column(column).byte(), () => {
      const number = this.near(9, this.newestObject);
      this.newestObject = number > this.newestObject ? number : this.newestObject;
      return number;
    });
    this.put(item.key);
    return item;
  }

  private change(op: number): void {
    const here = this.out.length - 1;
    const item = this.object(7);
    this.put(this.near(10, item.record === undefined ? 0n : BigInt(here - item.record)));
    item.record = here;
    switch (op) {
      case 0x20:
        this.image();
        return;
      case 0x21:
        this.varint(12);
        this.value();
        return;
      case 0x23:
        this.times(2n, () => this.varint(12));
        this.times(this.varint(12), () => this.value());
        return;
      case 0x26:
      case 0x2a:
        this.value();
        this.value();
        return;
      case 0x2d:
      case 0x2e:
        this.varint(20);
        return;
      case 0x60:
        this.times(2n, () => this.varint(20));
        this.slice(20);
        return;
      case 0x24:
      case 0x25:
      case 0x2f:
        return;
      default:
        this.value();
    }
  }

  private image(): void {
    this.varint(11);
    const kind = this.bytes(11, 1)[0]! & 0x7f;
    switch (kind) {
      case 1:
      case 2:
      case 4:
      case 5:
        this.times(this.varint(11), () => this.value());
        break;
      case 3:
        this.times(2n * this.varint(11), () => this.value());
        break;
      case 8:
        this.value();
        break;
      case 6:
        break;
      default:
        this.rareContents(kind);
    }
    const form = this.bytes(11, 1)[0]!;
    this.times(form & 1 ? 2n * this.varint(11) : 0n, () => this.value());
    if (form & 2) {
      this.object(8);
    }
  }

  /** Of classes, opaque objects and buffers: all of it in column 20. */
  private rareContents(kind: number): void {
    if (kind === 10) {
      this.buffer();
      return;
    }
    this.wholeValue();
    this.wholeValue();
    this.times(kind === 7 ? this.varint(20) : 0n, () => this.varint(20));
    this.times(2n, () => this.varint(20));
  }

  private buffer(): void {
    const flags = this.varint(20);
    this.varint(20);
    this.slice(20);
    const dimensions = this.varint(20) - 1n;
    this.times(dimensions < 0n ? 0n : 2n * dimensions + 1n, () => this.varint(20));
    if (flags & 2n) {
      this.varint(20);
    } else if (flags & 4n) {
      this.times(this.varint(20), () => this.wholeValue());
    } else {
      this.slice(20);
    }
  }

  /** A value as it is in its record. */
  private wholeValue(): void {
    const tag = this.bytes(20, 1)[0]!;
    if (tag >= 0x20 && tag <= 0x3f) {
      this.bytes(20, tag - 0x20);
    } else if (tag === 0x08 || tag === 0x09) {
      this.bytes(20, tag === 0x08 ? 8 : 16);
    } else if ([0x07, 0x0a, 0x0c].includes(tag)) {
      this.slice(20);
    } else if (tag >= 0x06 && tag < 0x0f) {
      this.varint(20);
    } else if (tag === 0x0f) {
      this.varint(20);
      this.slice(20);
    }
  }

  private value(): void {
    const here = this.out.length;
    const tag = this.bytes(13, 1)[0]!;
    if (tag >= 0x20 && tag <= 0x3f) {
      this.bytes(17, tag - 0x20);
      return;
    }
    switch (tag) {
      case 0x06:
        this.varint(14);
        return;
      case 0x08: {
        const miss = (): bigint => this.column(16).take(8).readBigUInt64LE();
        const bits = Buffer.alloc(8);
        bits.writeBigUInt64LE(this.floats.use(this.column(15).byte(), miss).key);
        this.out.push(...bits);
        return;
      }
      case 0x09:
        this.bytes(16, 16);
        return;
      case 0x07:
      case 0x0a:
      case 0x0c:
        this.slice(17);
        return;
      case 0x0b:
      case 0x0d:
        this.textDistance(here);
        return;
      case 0x0f:
        this.textDistance(here);
        this.slice(17);
        return;
      case 0x0e:
        this.object(8);
    }
  }

  private textDistance(here: number): void {
    const miss = (): bigint => BigInt(here) - this.column(19).varint();
    this.put(BigInt(here) - this.texts.use(this.column(18).byte(), miss).key);
  }
}

/** The start table and the records. */
export function joinColumns(packed: Buffer): Buffer {
  return new Joiner(packed).join();
}
