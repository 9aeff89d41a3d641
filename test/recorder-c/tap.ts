/** What one test of a C program said: `ok 3 - a sentence`, with the `#` lines before it as its explanation. */
export interface TapOutcome {
  readonly name: string;
  readonly passed: boolean;
  readonly explanation: string;
}

/** Reads the output of a test program. */
export function parseTap(output: string): TapOutcome[] {
  const outcomes: TapOutcome[] = [];
  let explanation: string[] = [];
  for (const line of output.split('\n')) {
    const [, not, name] = /^(not )?ok \d+ - (.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      outcomes.push({ name, passed: not === undefined, explanation: explanation.join('\n') });
      explanation = [];
    } else {
      explanation.push(line);
    }
  }
  return outcomes;
}
