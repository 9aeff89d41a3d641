/** Recordings that only a later version can read. */

/** The same file, as a version would write it that this one can't read: recorder-c/FORMAT.md, header page. */
export function withNewerFormat(content: Buffer): Uint8Array {
  const changed = Buffer.from(content);
  changed.writeUInt32LE(999, 8);
  changed.writeUInt32LE(999, 12);
  changed.writeUInt32LE(crc32c(changed.subarray(0, 60)), 60);
  return changed;
}

function crc32c(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of bytes) {
    remainder ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      remainder = remainder & 1 ? (remainder >>> 1) ^ 0x82f63b78 : remainder >>> 1;
    }
  }
  return (remainder ^ 0xffffffff) >>> 0;
}
