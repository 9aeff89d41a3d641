/** Loops, as the text of a program shows them. */

const HEADER = /^\s*(?:async\s+)?(?:for|while)\b/;
const SKIPPED = /^\s*(?:#|$)/;

/** The line of the innermost `for` or `while` whose body, or whose head, holds this line. */
export function loopAround(source: string | undefined, line: number): number | undefined {
  const lines = source?.split('\n') ?? [];
  const own = lines[line - 1];
  if (own === undefined) {
    return undefined;
  }
  if (HEADER.test(own)) {
    return line;
  }
  let margin = indentation(own);
  for (let number = line - 1; number > 0 && margin > 0; number--) {
    const text = lines[number - 1] ?? '';
    if (SKIPPED.test(text) || indentation(text) >= margin) {
      continue;
    }
    margin = indentation(text);
    if (HEADER.test(text)) {
      return number;
    }
    if (/^\s*(?:async\s+)?def\b/.test(text)) {
      return undefined;
    }
  }
  return undefined;
}

/** Whether a line is in the body of the loop with this header, however deep. */
export function isInLoop(source: string | undefined, header: number, line: number): boolean {
  let around = line === header ? undefined : loopAround(source, line);
  while (around !== undefined && around > header) {
    around = loopOutside(source, around);
  }
  return around === header;
}

function loopOutside(source: string | undefined, header: number): number | undefined {
  const lines = source?.split('\n') ?? [];
  // As a line of its own kind would stand there: at the header's place, but no header.
  lines[header - 1] = (lines[header - 1] ?? '').replace(/\S.*/, 'pass');
  return loopAround(lines.join('\n'), header);
}

function indentation(text: string): number {
  return text.length - text.trimStart().length;
}
