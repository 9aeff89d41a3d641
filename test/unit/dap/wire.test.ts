import { framed, MessageReader } from '../../../adapter/src/dap/wire';

/** What is understood of a stream that arrives in these pieces. */
function read(...pieces: readonly (string | Buffer)[]): { messages: unknown[]; problems: string[] } {
  const messages: unknown[] = [];
  const problems: string[] = [];
  const reader = new MessageReader(
    (message) => messages.push(message),
    (problem) => problems.push(problem),
  );
  pieces.forEach((piece) => reader.read(Buffer.from(piece as string)));
  return { messages, problems };
}

const ONE = { seq: 1, text: 'żółw 🐢' };
const TWO = { seq: 2 };

test('messages are understood however they are cut', () => {
  const whole = Buffer.from(framed(ONE) + framed(TWO));

  for (let cut = 0; cut <= whole.length; cut++) {
    expect(read(whole.subarray(0, cut), whole.subarray(cut)).messages).toEqual([ONE, TWO]);
  }
  expect(read(...[...whole].map((byte) => Buffer.from([byte]))).messages).toEqual([ONE, TWO]);
});

test.each([
  ['noise before a header', `noise ${framed(ONE)}`, [ONE]],
  ['a header of its own', `Hello: world\r\n\r\n${framed(ONE)}`, [ONE]],
  ['another header first', `Content-Type: x\r\n${framed(ONE)}`, [ONE]],
  ['a header in small letters', framed(ONE).replace('Content-Length', 'content-length'), [ONE]],
  ['no space in the header', framed(ONE).replace(': ', ':'), [ONE]],
  ['no JSON', `Content-Length: 3\r\n\r\n{"a${framed(ONE)}`, [ONE]],
  ['an empty message', `Content-Length: 0\r\n\r\n${framed(ONE)}`, [ONE]],
  ['a negative length', `Content-Length: -5\r\n\r\n${framed(ONE)}`, [ONE]],
  ['a length that nobody can send', `Content-Length: 99999999999999999999\r\n\r\n${framed(ONE)}`, [ONE]],
  ['a length of a thousand gigabytes', `Content-Length: 1000000000000\r\n\r\n${framed(ONE)}`, [ONE]],
  ['a fraction', `Content-Length: 3.5\r\n\r\n${framed(ONE)}`, [ONE]],
  ['a header without a body, and what it swallowed', `Content-Length: 5\r\n\r\n${framed(ONE)}`, []],
  ['a length that is none', `Content-Length: many\r\n\r\n${framed(ONE)}`, [ONE]],
])('after %s the next message is understood', (_, text, messages) => {
  expect(read(text, framed(TWO)).messages).toEqual([...messages, TWO]);
});

test('bytes that are no UTF-8 are shown as such, or are no JSON', () => {
  const header = (length: number): string => `Content-Length: ${length}\r\n\r\n`;
  const inText = Buffer.concat([Buffer.from(`${header(9)}{"a":"`), Buffer.from([0xff]), Buffer.from('"}')]);
  const outside = Buffer.concat([Buffer.from(header(3)), Buffer.from([0xc3, 0x28, 0xff])]);

  expect(read(inText, outside, framed(ONE)).messages).toEqual([{ a: '\ufffd' }, ONE]);
});

test('a header that begins where noise is dropped is understood', () => {
  const whole = framed(ONE);

  expect(read(`${'x'.repeat(70_000)}${whole.slice(0, 10)}`, whole.slice(10)).messages).toEqual([ONE]);
});

test('noise without end does not fill the memory, and what comes after it is understood', () => {
  const noise = 'x'.repeat(100_000);
  const { messages, problems } = read(...Array.from({ length: 50 }, () => noise), `\r\n\r\n${framed(ONE)}`);

  expect(messages).toEqual([ONE]);
  expect(problems[0]).toContain('bytes without a header');
});

test('a huge message that comes in small pieces is read in time', () => {
  const huge = { seq: 1, text: 'y'.repeat(30_000_000) };
  const bytes = Buffer.from(framed(huge));
  const pieces = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, index) =>
    bytes.subarray(index * 65_536, (index + 1) * 65_536),
  );

  expect(read(...pieces).messages).toEqual([huge]);
});
