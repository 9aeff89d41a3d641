/** Expressions: from the recording where it can tell, else by the living program at the head. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { messageOf, RefusedError, UserError } from '../errors';
import type { Value } from '../trace/trace';
import { evaluate as evaluateRecorded } from '../travel/expression/evaluate';
import { NotInThePast, PythonError } from '../travel/expression/problems';
import { cannotFork, evaluateRecorded as evaluateOnCopies } from '../debuggee/past';
import type { Debuggee } from '../debuggee/debuggee';
import type { EvaluatedText } from '../debuggee/messages';
import { optionalNumber, requireText } from './arguments';
import type { Loose } from './arguments';
import { BUILTINS } from './builtins';
import { Answer, QuietError } from './connection';
import { frameOf } from './frames';
import { valueLocation } from './locations';
import { memoryReferenceOf } from './memory';
import { fullText, preview, typeName } from './preview';
import type { FrameReference, Session } from './session';
import { isWord, runWord } from './words';
import { isHexWanted, openingOf } from './openings';
import { unlessAborted } from './unless-aborted';

type Body = DebugProtocol.EvaluateResponse['body'];

/** Contexts in which a failure shows in place. */
const QUIET: ReadonlySet<string> = new Set(['watch', 'hover', 'variables', 'clipboard']);

export async function evaluate(
  session: Session,
  args: Loose<DebugProtocol.EvaluateArguments>,
  signal: AbortSignal,
): Promise<Answer<Body>> {
  const expression = trimmed(requireText(args.expression, 'expression'));
  const context = args.context ?? 'repl';
  if (isWord(expression) && context === 'repl') {
    return runWord(session, expression, optionalNumber(args.frameId));
  }
  try {
    const frame = frameOf(session, optionalNumber(args.frameId));
    const evaluated = evaluateIn(session, expression, frame, context, isHexWanted(args.format), signal);
    const body = await unlessAborted(evaluated, signal);
    return new Answer(body, () => afterwards(session, context));
  } catch (error) {
    throw QUIET.has(context) && error instanceof UserError ? new QuietError(error.message) : error;
  }
}

/** Several lines keep what they are indented by, which may be more than nothing where they were copied. */
function trimmed(text: string): string {
  const whole = text.trim();
  return whole.includes('\n') ? text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd() : whole;
}

/** A line of the console may have changed what other views show. */
function afterwards(session: Session, context: string): void {
  if (context === 'repl' && session.isTouched) {
    session.outdated();
  }
}

export async function evaluateIn(
  session: Session,
  expression: string,
  frame: FrameReference,
  context: string,
  isHex: boolean,
  signal?: AbortSignal,
): Promise<Body> {
  const program = session.timeline.programAtHead;
  // Once the program was changed by hand, it knows better than the recording until the next step.
  if (program === undefined || !session.isTouched) {
    const recorded = fromRecording(session, expression, frame);
    if ('value' in recorded) {
      return bodyOf(session, frame, expression, recorded.value, context, isHex);
    }
    if (program === undefined) {
      return inThePast(session, expression, frame, context, recorded.problem, signal);
    }
  }
  return inTheProgram(session, program, expression, frame, context, signal);
}

async function inTheProgram(
  session: Session,
  program: Debuggee,
  expression: string,
  frame: FrameReference,
  context: string,
  cancelled: AbortSignal | undefined,
): Promise<Body> {
  const living = session.timeline.livingFrame(frame.frame);
  const outcome = outcomeOf(session, program.evaluate(expression, living, context));
  const { value, type, hasChanged } = await interruptible(session, program, outcome, context, cancelled);
  if (context === 'repl') {
    session.timeline.cursor.catchUp();
  }
  session.isTouched ||= context === 'repl' || hasChanged;
  return { result: value, variablesReference: 0, ...(type === '' ? {} : { type }) };
}

/** So long the program may evaluate what a view shows; a line of the console takes what it takes, until it is cancelled. */
const PATIENCE_MS = 10_000;
const INTERRUPT_AGAIN_MS = 200;
/** What has not ended by then waits in a call that nothing interrupts. */
const BLOCKED_MS = 1000;
const BLOCKED =
  'The expression waits in a call that can not be interrupted, as in other threads than the main one: the program answers once that is over.';

/** Interrupts the program, again and again until it answers, when nobody wants to wait any longer. */
async function interruptible(
  session: Session,
  program: Debuggee,
  outcome: Promise<EvaluatedText>,
  context: string,
  cancelled: AbortSignal | undefined,
): Promise<EvaluatedText> {
  let timer: NodeJS.Timeout | undefined;
  let blocked: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    timer ??= setInterval(() => program.interrupt(), INTERRUPT_AGAIN_MS);
    blocked ??= setTimeout(() => session.remark(BLOCKED), BLOCKED_MS);
    program.interrupt();
  };
  const late = QUIET.has(context) ? AbortSignal.timeout(PATIENCE_MS) : undefined;
  late?.addEventListener('abort', interrupt);
  cancelled?.addEventListener('abort', interrupt);
  const seconds = PATIENCE_MS / 1000;
  try {
    return await outcome;
  } catch (error) {
    throw late?.aborted === true
      ? new UserError(`TimeoutError: it took longer than ${seconds} seconds`)
      : error;
  } finally {
    clearInterval(timer);
    clearTimeout(blocked);
    late?.removeEventListener('abort', interrupt);
    cancelled?.removeEventListener('abort', interrupt);
  }
}

/** An expression that fails may have changed the program before. */
async function outcomeOf(session: Session, answer: Promise<EvaluatedText>): Promise<EvaluatedText> {
  try {
    return await answer;
  } catch (error) {
    session.isTouched ||= error instanceof RefusedError && error.hasChanged;
    throw error;
  }
}

/** What the recording alone can't tell: on copies, by the living program or by an interpreter of its kind. */
async function inThePast(
  session: Session,
  expression: string,
  frame: FrameReference,
  context: string,
  problem: UserError,
  signal: AbortSignal | undefined,
): Promise<Body> {
  const isUnknown =
    problem instanceof NotInThePast || (problem instanceof PythonError && usesBuiltin(expression));
  const { past, program } = session;
  const place = { expression, step: session.timeline.moment.step, ...frame, context };
  if (!isUnknown) {
    throw problem;
  }
  let evaluated: EvaluatedText;
  if (program !== undefined) {
    evaluated = await interruptible(session, program, program.evaluatePast(place), context, signal).catch(
      async (error: unknown) => {
        if (past === undefined || !cannotFork(error)) {
          throw error;
        }
        return evaluateOnCopies(await past.interpreter(), past.recording, place, signal);
      },
    );
  } else if (past !== undefined) {
    evaluated = await evaluateOnCopies(await past.interpreter(), past.recording, place, signal);
  } else {
    throw problem;
  }
  const { value, type } = evaluated;
  return { result: value, variablesReference: 0, ...(type === '' ? {} : { type }) };
}

function usesBuiltin(expression: string): boolean {
  const names: readonly string[] = expression.match(/[A-Za-z_]\w*/g) ?? [];
  return names.some((name) => BUILTINS.includes(name));
}

function fromRecording(
  session: Session,
  expression: string,
  frame: FrameReference,
): { readonly value: Value } | { readonly problem: UserError } {
  const { trace, step } = session.timeline.moment;
  try {
    return { value: evaluateRecorded(expression, { trace, step, ...frame }) };
  } catch (error) {
    if (error instanceof NotInThePast || error instanceof PythonError) {
      return { problem: error };
    }
    throw error instanceof UserError ? error : new UserError(messageOf(error));
  }
}

function bodyOf(
  session: Session,
  frame: FrameReference,
  expression: string,
  value: Value,
  context: string,
  isHex: boolean,
): Body {
  const { trace, step } = session.timeline.moment;
  const moment = { trace, step };
  const type = typeName(moment, value);
  const memoryReference = session.facts.showsMemory ? memoryReferenceOf(session, moment, value) : undefined;
  const valueLocationReference = valueLocation(session, moment, value);
  const isWhole = context === 'clipboard' || context === 'repl';
  return {
    result: isWhole ? fullText(moment, value, isHex) : preview(moment, value, isHex),
    ...(type === '' ? {} : { type }),
    ...openingOf(session, moment, value, expression, frame),
    ...(memoryReference === undefined ? {} : { memoryReference }),
    ...(valueLocationReference === undefined ? {} : { valueLocationReference }),
  };
}
