/** The bytes of bytes, bytearrays, arrays and other buffers, for clients with a view of memory. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { UserError } from '../errors';
import { hasMemory, memoryOf } from '../text/memory';
import type { Value } from '../trace/trace';
import { optionalNumber, requireNumber, requireText } from './arguments';
import type { Loose } from './arguments';
import { Answer } from './connection';
import { look } from './preview';
import type { Moment } from './preview';
import type { Session } from './session';

/** What a client asks for the bytes of a value with; undefined when it has none that could be shown. */
export function memoryReferenceOf(session: Session, moment: Moment, value: Value): string | undefined {
  if (value.kind === 'bytes') {
    return String(session.memories.of(`bytes:${Buffer.from(value.value).toString('latin1')}`, value));
  }
  const contents = value.kind === 'object' ? look(moment, value.object, 0, 0) : undefined;
  return contents !== undefined && !contents.unknown && hasMemory(contents)
    ? String(session.memories.of(`object:${contents.object}`, value))
    : undefined;
}

export function readMemory(
  session: Session,
  args: Loose<DebugProtocol.ReadMemoryArguments>,
): Answer<DebugProtocol.ReadMemoryResponse['body']> {
  const value = session.memories.get(Number(requireText(args.memoryReference, 'memoryReference')));
  const all = bytesOf(session, value);
  const offset = optionalNumber(args.offset) ?? 0;
  const count = requireNumber(args.count, 'count');
  const from = Math.min(Math.max(offset, 0), all.length);
  const data = all.subarray(from, Math.max(from, offset + count));
  const unreadableBytes = Math.max(count - data.length, 0);
  return new Answer({
    // Addresses of the program mean nothing in the past: bytes count from the value's first.
    address: `0x${Math.max(offset, 0).toString(16)}`,
    ...(unreadableBytes === 0 ? {} : { unreadableBytes }),
    data: Buffer.from(data).toString('base64'),
  });
}

function bytesOf({ timeline }: Session, value: Value): Uint8Array {
  if (value.kind === 'bytes') {
    return value.value;
  }
  const contents = value.kind === 'object' ? look(timeline.moment, value.object) : undefined;
  const bytes = contents === undefined ? undefined : memoryOf(contents);
  if (bytes === undefined) {
    throw new UserError('The recording does not hold these bytes.');
  }
  return bytes;
}
