/** Bytes as FORMAT.md's "Notation" has them; positions count from the start of the file. */
export class Cursor {
  constructor(
    readonly bytes: Buffer,
    public at: number,
    readonly end: number,
  ) {}

  get done(): boolean {
    return this.at >= this.end;
  }

  byte(): number {
    if (this.done) {
      throw new Error('the bytes end too early');
    }
    return this.bytes[this.at++]!;
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = BigInt(this.byte());
      value |= (byte & 0x7fn) << shift;
      if (byte < 0x80n) {
        return value;
      }
    }
  }

  number(): number {
    return Number(this.varint());
  }

  zigzag(): bigint {
    const raw = this.varint();
    return (raw >> 1n) ^ -(raw & 1n);
  }

  take(size: number): Buffer {
    this.at += size;
    if (this.at > this.end) {
      throw new Error('the bytes end too early');
    }
    return this.bytes.subarray(this.at - size, this.at);
  }

  text(): string {
    return this.take(this.number()).toString('utf8');
  }

  double(): number {
    return this.take(8).readDoubleLE();
  }

  list<T>(count: number, read: () => T): T[] {
    return Array.from({ length: count }, read);
  }
}
