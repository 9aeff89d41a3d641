/** How messages stand in a stream: a header that tells the length, and JSON. */

const HEADER_END = '\r\n\r\n';
const LENGTH = /Content-Length:\s*(\d+)\s*$/im;
/** No client writes a header as long as this: what has grown so far is noise. */
const LONGEST_HEADER = 1 << 16;
/** Of that noise the end is kept: the next header may have begun. */
const LONGEST_BEGINNING = 1 << 10;
/** No client writes a message as long as this: who waited for it would never understand anything again. */
const LONGEST_MESSAGE = 1 << 28;

/** The bytes of one message. */
export function framed(message: unknown): string {
  const json = JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(json)}${HEADER_END}${json}`;
}

/**
 * Takes a stream apart, in pieces of any size. Noise between messages, and messages that are no JSON, are told and
 * passed over: what comes after them is understood again.
 */
export class MessageReader {
  private pieces: Buffer[] = [];
  private size = 0;
  /** Bytes of the message whose header was read. */
  private awaited: number | undefined;

  constructor(
    private readonly take: (message: unknown) => void,
    private readonly complain: (problem: string) => void,
  ) {}

  read(piece: Buffer): void {
    this.pieces.push(piece);
    this.size += piece.length;
    // A huge message comes in thousands of pieces: they are put together once.
    while (this.awaited === undefined ? this.readHeader() : this.readBody(this.awaited)) {
      // There may be more.
    }
  }

  private readHeader(): boolean {
    const data = this.joined();
    const end = data.indexOf(HEADER_END);
    if (end === -1) {
      if (data.length > LONGEST_HEADER) {
        this.complain(`${data.length} bytes without a header`);
        this.keep(data.subarray(data.length - LONGEST_BEGINNING));
      }
      return false;
    }
    const header = data.toString('latin1', 0, end);
    this.keep(data.subarray(end + HEADER_END.length));
    const length = LENGTH.exec(header)?.[1];
    if (length === undefined) {
      this.complain(`a header without a length: ${header.slice(0, 200)}`);
      return true;
    }
    if (Number(length) > LONGEST_MESSAGE) {
      this.complain(`a header for a message of ${length} bytes`);
      return true;
    }
    this.awaited = Number(length);
    return true;
  }

  private readBody(length: number): boolean {
    if (this.size < length) {
      return false;
    }
    const data = this.joined();
    this.awaited = undefined;
    this.keep(data.subarray(length));
    const text = data.toString('utf8', 0, length);
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      this.complain(`a message that is no JSON: ${text.slice(0, 200)}`);
      return true;
    }
    this.take(message);
    return true;
  }

  private joined(): Buffer {
    const [first = Buffer.alloc(0)] = this.pieces;
    const data = this.pieces.length > 1 ? Buffer.concat(this.pieces) : first;
    this.pieces = [data];
    return data;
  }

  private keep(rest: Buffer): void {
    this.pieces = rest.length === 0 ? [] : [rest];
    this.size = rest.length;
  }
}
