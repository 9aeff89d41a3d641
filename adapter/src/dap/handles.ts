/** Numbers that a client gets for things of one stop. They are never reused, so a stale one is recognised. */

import { UserError } from '../errors';

const FIRST = 1000;

export class Handles<T> {
  private last = FIRST - 1;
  private readonly things = new Map<number, T>();
  private readonly numbers = new Map<string, number>();

  /** The number of a thing; the same `key` gets the same number until the next stop. The newest thing counts. */
  of(key: string, thing: T): number {
    const handle = this.numbers.get(key) ?? ++this.last;
    this.numbers.set(key, handle);
    this.things.set(handle, thing);
    return handle;
  }

  /** The thing behind a number; a UserError when it belongs to another moment. */
  get(handle: number): T {
    const thing = this.things.get(handle);
    if (thing === undefined) {
      throw new UserError(
        handle >= FIRST && handle <= this.last
          ? 'This belongs to a moment that was left: ask again for the stack.'
          : `There is nothing with the number ${handle}.`,
      );
    }
    return thing;
  }

  /** Everything handed out so far is over. */
  clear(): void {
    this.things.clear();
    this.numbers.clear();
  }
}
