/** What somebody probably meant. */

/** The candidate that differs least from a misspelt name; undefined when none is near. */
export function closest(name: string, candidates: readonly string[]): string | undefined {
  const plain = name.toLowerCase();
  const rated = candidates.map((candidate) => ({
    candidate,
    away: distance(plain, candidate.toLowerCase()),
  }));
  const best = rated.sort((one, other) => one.away - other.away)[0];
  return best !== undefined && best.away <= Math.max(1, name.length / 3) ? best.candidate : undefined;
}

/** How many letters have to be added, taken away or changed. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(one).entries()) {
    const next = [i + 1];
    for (const [j, wanted] of Array.from(other).entries()) {
      const changed = (row[j] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
