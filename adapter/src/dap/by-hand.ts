/**
 * What was changed by hand: the recording shows it from the program's next step on. Until then the program is asked for
 * the values that its `repr` shows as the recording would.
 */

import type { DebugProtocol } from '@vscode/debugprotocol';

import type { Debuggee } from '../debuggee/debuggee';
import type { Entry } from './entries';
import { fullText, look, PREVIEW_LENGTH } from './preview';
import type { Moment } from './preview';
import type { FrameReference, Session } from './session';

/** So many variables are asked for at once. */
const MOST = 300;
/** Longer containers are shown as they were recorded. */
const LONGEST = 50;

const CONTAINERS: ReadonlySet<string> = new Set(['list', 'tuple', 'dict', 'set', 'frozenset']);

/** The variables of a page, of which these are the entries, with the values that they have now. */
export async function asTheyAreNow(
  session: Session,
  entries: readonly Entry[],
  shown: readonly DebugProtocol.Variable[],
  at: FrameReference | undefined,
): Promise<DebugProtocol.Variable[]> {
  const program = session.isTouched ? session.timeline.programAtHead : undefined;
  if (program === undefined || at === undefined || at.waitsSince !== undefined) {
    return [...shown];
  }
  const frame = session.timeline.livingFrame(at.frame);
  const { trace, step } = session.timeline.moment;
  const asked = shown.slice(0, MOST).map(async (variable, index) => {
    const recorded = recordedText({ trace, step }, entries[index]);
    return recorded === undefined ? variable : asItIsNow(program, frame, variable, recorded);
  });
  return [...(await Promise.all(asked)), ...shown.slice(MOST)];
}

/** The text of a value as `repr` gives it, too; undefined where that may look otherwise. */
function recordedText(moment: Moment, entry: Entry | undefined): string | undefined {
  if (entry?.path === undefined || entry.isComputed === true || entry.shows.kind === 'container') {
    return undefined;
  }
  const { shows } = entry;
  const contents = shows.kind === 'object' ? look(moment, shows.object, 0, 0) : undefined;
  const isPlain = shows.kind !== 'object' || (CONTAINERS.has(contents?.typeName ?? '') && !contents?.unknown);
  return isPlain && (contents?.length ?? 0) <= LONGEST ? fullText(moment, shows) : undefined;
}

async function asItIsNow(
  program: Debuggee,
  frame: number,
  variable: DebugProtocol.Variable,
  recorded: string,
): Promise<DebugProtocol.Variable> {
  try {
    const { value, type } = await program.evaluate(variable.evaluateName ?? '', frame, 'watch');
    if (value === recorded) {
      return variable;
    }
    const isSameType = type === variable.type;
    const text = value.length > PREVIEW_LENGTH ? `${value.slice(0, PREVIEW_LENGTH)}…` : value;
    return { ...variable, value: text, type, ...(isSameType ? {} : { variablesReference: 0 }) };
  } catch {
    return variable; // It is there no more; its next step tells.
  }
}
