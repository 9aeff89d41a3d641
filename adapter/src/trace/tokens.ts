/** The words of one line of a transcript. */

const TOKEN = /'(?:[^'\\]|\\.)*'|#\d+|=>|[=(),:]|[^\s=(),:']+/g;

export class Tokens {
  private readonly words: readonly string[];
  private position = 0;

  constructor(private readonly line: string) {
    this.words = line.match(TOKEN) ?? [];
  }

  get atEnd(): boolean {
    return this.position === this.words.length;
  }

  next(): string {
    const word = this.words[this.position];
    if (word === undefined) {
      return this.fail('it ends too early');
    }
    this.position++;
    return word;
  }

  /** Moves past `word` when it comes next. */
  take(word: string): boolean {
    if (this.words[this.position] !== word) {
      return false;
    }
    this.position++;
    return true;
  }

  /** Moves past the next word when it matches; answers the pattern's first group. */
  takeMatch(pattern: RegExp): string | undefined {
    const match = pattern.exec(this.words[this.position] ?? '');
    if (match === null) {
      return undefined;
    }
    this.position++;
    return match[1];
  }

  expect(word: string): void {
    if (!this.take(word)) {
      this.fail(`'${word}' is missing`);
    }
  }

  fail(problem: string): never {
    throw new Error(`In the transcript's line '${this.line}': ${problem}`);
  }
}
