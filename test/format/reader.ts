/**
 * A second reader of recordings, written from FORMAT.md alone and sharing nothing with the product's: it goes through
 * all records in order and keeps what it learns. Only tests use it.
 */

import { chunksOf, type Chunk } from './chunks';
import type { Cursor } from './cursor';
import { indexPart, keyPart, mayHave, slotHash } from './slots';
import { Values, type Plain } from './values';

interface Frame {
  readonly number: number;
  readonly code: number;
  line: number;
  slots: Plain[];
}

export interface PlainStep {
  readonly kind: string;
  readonly thread: number;
  readonly line: number;
  /** Innermost first. */
  readonly stack: readonly { readonly frame: number; readonly line: number }[];
  /** By slot; those after the last bound one may be missing. */
  readonly slots: readonly Plain[];
}

const STEP_KINDS = ['', '', 'call', 'return', 'yield', 'resume', 'exception'];

interface Write {
  readonly chunk: Chunk;
  readonly what: string;
  readonly hashes: readonly bigint[];
}

export class PlainReader {
  /** Number of the first of `steps`: those before it may have been given up. */
  readonly firstStep: number;
  readonly steps: PlainStep[] = [];
  /** What lists and tuples hold at the end. */
  readonly sequences = new Map<number, Plain[]>();
  /** Slots that filters were asked for, and those that a filter wrongly denies. */
  readonly slots = { asked: 0, denied: [] as string[] };
  private readonly writes = new Map<number, Write[]>();
  private readonly values = new Values();
  private readonly threads = new Map<number, Frame[]>();
  private readonly suspended = new Map<number, Frame>();
  private thread = 0;
  private readonly chunk!: Chunk;

  constructor(bytes: Buffer) {
    const chunks = chunksOf(bytes);
    this.firstStep = chunks[0]?.firstStep ?? 0;
    for (const chunk of chunks) {
      this.chunk = chunk;
      this.startTable(chunk.table);
      while (!chunk.records.done) {
        this.record(chunk.records);
      }
      if (
        chunk.stepCount !== undefined &&
        this.firstStep + this.steps.length !== chunk.firstStep + chunk.stepCount
      ) {
        throw new Error('the chunk has another number of steps');
      }
    }
  }

  private get stack(): Frame[] {
    return this.threads.get(this.thread) ?? [];
  }

  private get top(): Frame {
    return this.stack.at(-1)!;
  }

  /** The start table says what is known already, but where chunks before it are gone. */
  private startTable(table: Cursor): void {
    const current = table.number();
    const told = table.list(table.number(), () => {
      const thread = table.number();
      let number = 0;
      const frames = table.list(table.number(), () => {
        number += Number(table.zigzag());
        const frame = { number, code: table.number(), line: Number(table.zigzag()) };
        table.number();
        return frame;
      });
      return [thread, frames] as const;
    });
    if (this.steps.length === 0 && this.firstStep > 0) {
      this.thread = current;
      told.forEach(([thread, frames]) =>
        this.threads.set(
          thread,
          frames.map((frame) => ({ ...frame, slots: [] })),
        ),
      );
      return;
    }
    const known = [...this.threads].filter(([, frames]) => frames.length > 0);
    const plain = known.map(([thread, frames]) => [
      thread,
      frames.map(({ number, code, line }) => ({ number, code, line })),
    ]);
    const ordered = plain.sort(([a], [b]) => Number(a) - Number(b));
    if (current !== this.thread || JSON.stringify(told) !== JSON.stringify(ordered)) {
      throw new Error('the start table tells of other stacks');
    }
  }

  private value(cursor: Cursor): Plain {
    const position = this.chunk.position + (cursor.at - this.recordsStart);
    return this.values.read(cursor, position);
  }

  private get recordsStart(): number {
    return this.chunk.table.end;
  }

  private list(cursor: Cursor): Plain[] {
    return cursor.list(cursor.number(), () => this.value(cursor));
  }

  private record(cursor: Cursor): void {
    const op = cursor.byte();
    if (op >= 0x80) {
      this.lineStep(op - 0xa0);
    } else if (op >= 0x40 && op < 0x60) {
      this.bind(op - 0x40, cursor);
    } else if (op >= 0x30 && op < 0x35) {
      this.told(op, cursor);
    } else if ((op >= 0x20 && op < 0x30) || op === 0x60) {
      this.object(op, cursor);
    } else {
      this.frameOrStep(op, cursor);
    }
  }

  private frameOrStep(op: number, cursor: Cursor): void {
    switch (op) {
      case 0x01:
        this.lineStep(Number(cursor.zigzag()));
        return;
      case 0x10:
        this.thread = cursor.number();
        this.threads.set(this.thread, this.stack);
        return;
      case 0x11:
      case 0x12:
        this.enter(op, cursor);
        return;
      case 0x13: {
        const frame = this.suspended.get(cursor.number())!;
        cursor.number();
        frame.line = Number(cursor.zigzag());
        this.stack.push(frame);
        return;
      }
      case 0x14:
        this.suspended.set(this.top.number, this.top);
        this.stack.pop();
        return;
      case 0x15:
      case 0x16:
        this.value(cursor);
        return;
      case 0x17:
        this.bind(cursor.number(), cursor);
        return;
      default:
        this.step(STEP_KINDS[op] ?? `operation ${op}`);
    }
  }

  private enter(op: number, cursor: Cursor): void {
    const frame = { number: cursor.number(), code: cursor.number(), line: Number(cursor.zigzag()) };
    cursor.varint();
    cursor.varint();
    const slots = this.list(cursor);
    if (op === 0x11) {
      this.stack.push({ ...frame, slots });
    } else {
      this.top.slots = slots;
    }
  }

  private bind(slot: number, cursor: Cursor): void {
    const { number } = this.top;
    this.top.slots[slot] = this.value(cursor);
    if (number <= this.chunk.lastFrame) {
      const hash = slotHash('local', number, BigInt(Math.min(slot, 63)));
      this.expectInFilter(this.chunk, `variable ${slot} of frame ${number}`, [hash]);
    }
  }

  private write(space: 'item' | 'attribute', object: number, part: bigint | undefined): void {
    if (object <= this.chunk.lastObject && part !== undefined) {
      const hashes = [slotHash(space, object, part), slotHash('all', object, 0n)];
      const writes = this.writes.get(object) ?? [];
      writes.push({ chunk: this.chunk, what: `${space} of object ${object}`, hashes });
      this.writes.set(object, writes);
    }
  }

  /** An object with a record in this chunk was alive at the end of those before: their filters know of its slots. */
  private expectOlderWrites(object: number): void {
    const writes = this.writes.get(object) ?? [];
    const isOlder = ({ chunk }: Write): boolean => chunk !== this.chunk;
    for (const { chunk, what, hashes } of writes.filter(isOlder)) {
      this.expectInFilter(chunk, what, hashes);
    }
    this.writes.set(
      object,
      writes.filter((write) => !isOlder(write)),
    );
  }

  private expectInFilter(chunk: Chunk, what: string, hashes: readonly bigint[]): void {
    this.slots.asked += chunk.filter.length > 0 ? 1 : 0;
    if (!hashes.some((hash) => mayHave(chunk.filter, hash))) {
      this.slots.denied.push(`${what}, in the chunk at ${chunk.position}`);
    }
  }

  private lineStep(difference: number): void {
    this.top.line += difference;
    this.step('line');
  }

  private step(kind: string): void {
    const stack = this.stack.map(({ number, line }) => ({ frame: number, line })).reverse();
    this.steps.push({ kind, thread: this.thread, line: this.top.line, stack, slots: [...this.top.slots] });
  }

  /** Output and definitions, passed over. */
  private told(op: number, cursor: Cursor): void {
    cursor.varint();
    if (op === 0x30) {
      cursor.byte();
      cursor.text();
    } else if (op === 0x34) {
      cursor.text();
      cursor.text();
    } else if (op === 0x31) {
      cursor.varint();
      cursor.text();
      cursor.varint();
      cursor.text();
    } else if (op === 0x33) {
      cursor.varint();
      cursor.varint();
      cursor.text();
    } else {
      this.code(cursor);
    }
  }

  private code(cursor: Cursor): void {
    cursor.list(2, () => cursor.varint());
    cursor.list(2, () => cursor.text());
    cursor.list(4, () => cursor.varint());
    cursor.list(cursor.number(), () => cursor.varint());
    cursor.list(cursor.number(), () => [cursor.text(), cursor.varint()]);
  }

  private object(op: number, cursor: Cursor): void {
    const number = cursor.number();
    cursor.varint();
    this.expectOlderWrites(number);
    if (op === 0x20) {
      this.image(number, cursor);
      return;
    }
    const items = this.sequences.get(number) ?? [];
    switch (op) {
      case 0x21: {
        const index = cursor.number();
        items[index] = this.value(cursor);
        this.write('item', number, indexPart(BigInt(index)));
        return;
      }
      case 0x22:
        items.push(this.value(cursor));
        return;
      case 0x23:
        items.splice(cursor.number(), cursor.number(), ...this.list(cursor));
        return;
      case 0x24:
        items.reverse();
        return;
      case 0x25:
        items.length = 0;
        return;
      case 0x2f:
        this.sequences.delete(number);
        return;
      case 0x26:
      case 0x2a:
        this.write(op === 0x26 ? 'item' : 'attribute', number, keyPart(this.value(cursor)));
        this.value(cursor);
        return;
      case 0x2d:
      case 0x2e:
        cursor.varint();
        return;
      case 0x60:
        cursor.list(2, () => cursor.varint());
        cursor.text();
        return;
      default:
        this.value(cursor);
    }
  }

  private image(number: number, cursor: Cursor): void {
    cursor.varint();
    const kind = cursor.byte() & 0x7f;
    this.sequences.delete(number);
    if (kind === 1 || kind === 2) {
      this.sequences.set(number, this.list(cursor));
    } else {
      this.otherContents(kind, cursor);
    }
    const form = cursor.byte();
    if (form & 1) {
      cursor.list(cursor.number(), () => [this.value(cursor), this.value(cursor)]);
    }
    if (form & 2) {
      cursor.varint();
    }
  }

  private otherContents(kind: number, cursor: Cursor): void {
    if (kind === 3) {
      cursor.list(cursor.number(), () => [this.value(cursor), this.value(cursor)]);
    } else if (kind === 4 || kind === 5) {
      this.list(cursor);
    } else if (kind === 8) {
      this.value(cursor);
    } else if (kind === 7 || kind === 9) {
      cursor.list(2, () => this.value(cursor));
      cursor.list(kind === 7 ? cursor.number() : 0, () => cursor.varint());
      cursor.list(2, () => cursor.varint());
    } else if (kind === 10) {
      this.plainMemory(cursor);
    } else if (kind !== 6) {
      throw new Error(`kind ${kind} is not one of the basics`);
    }
  }

  /** A buffer of one dimension with bytes of its own. */
  private plainMemory(cursor: Cursor): void {
    const flags = cursor.number();
    cursor.number();
    cursor.text();
    if (flags > 1 || cursor.number() !== 0) {
      throw new Error('a buffer like this is not one of the basics');
    }
    cursor.text();
  }
}
