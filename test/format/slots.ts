/** Filters of slots, as FORMAT.md has them. */

const WORD = (1n << 64n) - 1n;

function mix(value: bigint): bigint {
  let x = value & WORD;
  for (let round = 0; round < 2; round++) {
    x ^= x >> 32n;
    x = (x * 0xd6e8feb86659fd93n) & WORD;
  }
  return x ^ (x >> 32n);
}

function three(first: bigint, second: bigint, third: bigint): bigint {
  return mix(mix(mix(first) + second) + third);
}

function fnv(bytes: Buffer): bigint {
  return bytes.reduce((hash, byte) => ((hash ^ BigInt(byte)) * 0x100000001b3n) & WORD, 0xcbf29ce484222325n);
}

export const indexPart = (index: bigint): bigint => three(2n, index & WORD, 0n);

/** Of an integer or a text, as PlainReader writes them; undefined for others. */
export function keyPart(key: string): bigint | undefined {
  if (key.startsWith('int ')) {
    return indexPart(BigInt(key.slice(4)));
  }
  const bytes = Buffer.from(key.slice(4), 'utf8');
  return key.startsWith('str ') ? three(6n, fnv(bytes), BigInt(bytes.length)) : undefined;
}

const SPACES = { local: 1n, all: 2n, item: 3n, attribute: 4n } as const;

export function slotHash(space: keyof typeof SPACES, number: number, part: bigint): bigint {
  return three(SPACES[space], BigInt(number), part);
}

/** Whether a filter may have a hash; one without bytes may have all. */
export function mayHave(filter: Buffer, hash: bigint): boolean {
  const low = hash & 0xffffffffn;
  const high = (hash >> 32n) | 1n;
  return (
    filter.length === 0 ||
    [0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n].every((probe) => {
      const bit = Number(((low + probe * high) & 0xffffffffn) % BigInt(filter.length * 8));
      return ((filter[bit >> 3]! >> (bit & 7)) & 1) === 1;
    })
  );
}
