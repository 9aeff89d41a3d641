/** Random executions for property tests: calls, recursion, generators, exceptions and a second thread. */

/** A generator of numbers that gives the same ones for the same seed (mulberry32). */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** A transcript (adapter/src/trace/transcript.ts) of some program that nobody wrote. */
export function randomTranscript(seed: number): string {
  return new Writer(randomNumbers(seed)).write();
}

/** The generators that a frame has made and may resume. */
type Suspended = string[];

class Writer {
  private readonly lines: string[] = [];
  private names = 0;

  constructor(private readonly random: (below: number) => number) {}

  write(): string {
    this.add(0, 'call 1 <module>');
    this.body(0, 1);
    this.add(0, 'return 9 => None');
    return this.lines.join('\n');
  }

  private body(depth: number, firstLine: number): void {
    const count = 1 + this.random(5);
    const suspended: Suspended = [];
    for (let index = 0; index < count && this.lines.length < 120; index++) {
      this.add(depth, `line ${firstLine + this.random(4)}`);
      this.callsOfALine(depth, suspended);
    }
  }

  /** A line may call several functions, as `f() + g()` does. */
  private callsOfALine(depth: number, suspended: Suspended): void {
    for (let calls = this.random(3); calls > 0 && depth < 6; calls--) {
      switch (this.random(5)) {
        case 0:
          this.otherThread();
          break;
        case 1:
          this.startGenerator(depth + 1, suspended);
          break;
        case 2:
          this.resumeGenerator(depth + 1, suspended);
          break;
        default:
          this.function(depth + 1);
      }
    }
  }

  private function(depth: number): void {
    const firstLine = 10 * (1 + this.random(3));
    this.add(depth, `call ${firstLine} f${firstLine}`);
    this.body(depth, firstLine + 1);
    if (this.random(6) === 0) {
      this.add(depth, `exception ${firstLine + 4}`);
    }
    this.add(depth, `return ${firstLine + 5} => None`);
  }

  private startGenerator(depth: number, suspended: Suspended): void {
    const name = `g${++this.names}`;
    this.add(depth, `call 50 ${name}`);
    this.runGenerator(depth, name, suspended);
  }

  private resumeGenerator(depth: number, suspended: Suspended): void {
    const name = suspended.pop();
    if (name !== undefined) {
      this.add(depth, `resume 55 ${name}`);
      this.runGenerator(depth, name, suspended);
    }
  }

  private runGenerator(depth: number, name: string, suspended: Suspended): void {
    this.body(depth, 51);
    if (this.random(3) === 0) {
      this.add(depth, 'return 59 => None');
    } else {
      this.add(depth, 'yield 55 => 1');
      suspended.push(name);
    }
  }

  private otherThread(): void {
    if (this.names % 2 === 0) {
      this.names++;
      this.lines.push('T2 call 70 worker', 'T2 line 71', 'T2 line 72', 'T2 return 73 => None');
    }
  }

  private add(depth: number, text: string): void {
    this.lines.push('  '.repeat(depth) + text);
  }
}
