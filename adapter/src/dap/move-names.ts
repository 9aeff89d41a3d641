/** The moves that a user can ask for. */

import * as moves from '../travel/moves';
import type { Move } from '../travel/moves';

export type MoveName =
  | 'continue'
  | 'next'
  | 'stepIn'
  | 'stepOut'
  | 'reverseContinue'
  | 'stepBack'
  | 'stepBackIn'
  | 'stepBackOut'
  | 'tick'
  | 'tickBack';

/** How each of them travels through a recording. */
export const MOVES: Readonly<Record<MoveName, Move>> = {
  continue: moves.run,
  next: moves.next,
  stepIn: moves.stepIn,
  stepOut: moves.stepOut,
  reverseContinue: moves.runBack,
  stepBack: moves.stepBack,
  stepBackIn: moves.stepBackIn,
  stepBackOut: moves.stepBackOut,
  tick: moves.tick,
  tickBack: moves.tickBack,
};

const FORWARD: ReadonlySet<MoveName> = new Set(['continue', 'next', 'stepIn', 'stepOut', 'tick']);

export function isForward(name: MoveName): boolean {
  return FORWARD.has(name);
}
