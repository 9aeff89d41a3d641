import type { Cursor } from './cursor';

/** A value as a plain text that tells all of it: `int 5`, `str abc`, `object 7`. */
export type Plain = string;

const ALONE = ['unbound', 'none', 'bool false', 'bool true', 'ellipsis', 'notImplemented'];

/** Texts by the position of their tag, for what refers to them. */
export class Values {
  private readonly texts = new Map<number, string>();

  /** Reads one value; `position` is that of its tag. */
  read(cursor: Cursor, position: number): Plain {
    const tag = cursor.byte();
    if (tag >= 0x80) {
      return `int ${tag - 0x90}`;
    }
    if (tag >= 0x20 && tag <= 0x3f) {
      return this.text(position, cursor.take(tag - 0x20).toString('utf8'));
    }
    return ALONE[tag] ?? this.readLong(tag, cursor, position);
  }

  private readLong(tag: number, cursor: Cursor, position: number): Plain {
    switch (tag) {
      case 0x06:
        return `int ${cursor.zigzag()}`;
      case 0x07:
        return `int ${bigFrom(cursor.take(cursor.number()))}`;
      case 0x08:
        return `float ${cursor.double()}`;
      case 0x09:
        return `complex ${cursor.double()} ${cursor.double()}`;
      case 0x0a:
        return this.text(position, cursor.text());
      case 0x0b:
        return `str ${this.at(position - cursor.number())}`;
      case 0x0c:
        return `bytes ${this.remember(position, cursor.take(cursor.number()).toString('hex'))}`;
      case 0x0d:
        return `bytes ${this.at(position - cursor.number())}`;
      case 0x0e:
        return `object ${cursor.number()}`;
      case 0x0f:
        return this.text(position, this.at(position - cursor.number()) + cursor.text());
      default:
        throw new Error(`tag ${tag} is reserved`);
    }
  }

  private text(position: number, text: string): Plain {
    return `str ${this.remember(position, text)}`;
  }

  private remember(position: number, text: string): string {
    this.texts.set(position, text);
    return text;
  }

  private at(position: number): string {
    const text = this.texts.get(position);
    if (text === undefined) {
      throw new Error(`no text stands at ${position}`);
    }
    return text;
  }
}

/** Two's complement, little endian. */
function bigFrom(bytes: Buffer): bigint {
  const value = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return BigInt.asIntN(bytes.length * 8, value);
}
