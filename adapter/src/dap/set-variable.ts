/** Values set by hand: only the living program can be changed, where it stands now. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import type { Debuggee } from '../debuggee/debuggee';
import type { EvaluatedText } from '../debuggee/messages';
import { UserError } from '../errors';
import { optionalNumber, requireNumber, requireText } from './arguments';
import type { Loose } from './arguments';
import { Answer } from './connection';
import { frameOf } from './frames';
import type { Session } from './session';
import { entryNamed } from './variables';

export async function setVariable(
  session: Session,
  args: Loose<DebugProtocol.SetVariableArguments>,
): Promise<Answer<DebugProtocol.SetVariableResponse['body']>> {
  const { trace, step } = session.timeline.moment;
  const container = session.containers.get(requireNumber(args.variablesReference, 'variablesReference'));
  const name = requireText(args.name, 'name');
  const expression = requireText(args.value, 'value');
  const program = changeable(session);
  if (container.kind === 'locals' || container.kind === 'free' || container.kind === 'names') {
    const set = await program.setVariable(session.timeline.livingFrame(container.frame), name, expression);
    session.isTouched = !session.timeline.cursor.catchUp();
    return changed(session, set);
  }
  const entry = entryNamed(session, Number(args.variablesReference), name);
  if (entry.path === undefined || entry.isComputed === true) {
    throw new UserError(`'${name}' can't be set.`);
  }
  const set = await assign(session, program, entry.path, expression, trace.stack(step)[0]?.frame ?? 0);
  return changed(session, set);
}

export async function setExpression(
  session: Session,
  args: Loose<DebugProtocol.SetExpressionArguments>,
): Promise<Answer<DebugProtocol.SetExpressionResponse['body']>> {
  const target = requireText(args.expression, 'expression').trim();
  const expression = requireText(args.value, 'value');
  const { frame } = frameOf(session, optionalNumber(args.frameId));
  const set = await assign(session, changeable(session), target, expression, frame);
  return changed(session, set);
}

function changed(
  session: Session,
  { value, type }: EvaluatedText,
): Answer<DebugProtocol.SetVariableResponse['body']> {
  return new Answer({ value, type, variablesReference: 0 }, () => session.outdated());
}

function changeable({ timeline }: Session): Debuggee {
  const program = timeline.programAtHead;
  if (program === undefined) {
    throw new UserError("The past can't be changed: only the newest step of a living program can.");
  }
  return program;
}

async function assign(
  session: Session,
  program: Debuggee,
  target: string,
  expression: string,
  recordedFrame: number,
): Promise<EvaluatedText> {
  const frame = session.timeline.livingFrame(recordedFrame);
  await program.evaluate(`${target} = (${expression})`, frame, 'repl');
  session.isTouched = !session.timeline.cursor.catchUp();
  return program.evaluate(target, frame, 'watch');
}
