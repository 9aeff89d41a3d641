/** The exception at the cursor: its class, its text, the traceback as recorded, and those that it came from. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { UserError } from '../errors';
import type { Step, Trace, Value } from '../trace/trace';
import { handledAt } from '../travel/handling';
import { originOf, raisedAt } from '../travel/raises';
import { Answer } from './connection';
import { exceptionText } from './exception-texts';
import { look } from './preview';
import type { Moment } from './preview';
import type { Report } from './report';
import type { Session } from './session';

interface Raised {
  readonly type: string;
  readonly message: string;
  /** Whether nobody catches it. */
  readonly isUncaught: boolean;
}

/** The exception at the cursor: as the program told it, else as it was recorded. */
export function exceptionAt(session: Session, report: Report | undefined): Raised | undefined {
  const { trace, step, at } = session.timeline.moment;
  const isUncaught = at.kind === 'exception' && session.exceptions.isUncaught(trace, at);
  // Only the living program can ask an exception for its text, which its class may make up in any way.
  const { description = '', text } = report ?? {};
  if (report?.reason === 'exception' && description !== '' && text !== undefined) {
    session.toldExceptions.set(step, { type: text, message: description });
  }
  const told = at.kind === 'exception' ? session.toldExceptions.get(step) : undefined;
  if (told !== undefined) {
    return { ...told, isUncaught };
  }
  const raised = at.kind === 'exception' ? raisedAt(trace, at) : undefined;
  if (raised?.kind !== 'object') {
    return undefined;
  }
  const moment = { trace, step };
  return { type: shownTypeName(moment, raised), message: exceptionText(moment, raised), isUncaught };
}

export function exceptionInfo(session: Session): Answer<DebugProtocol.ExceptionInfoResponse['body']> {
  const { trace, step, at } = session.timeline.moment;
  const raised = exceptionAt(session, session.timeline.cursor.report);
  if (raised === undefined) {
    throw new UserError('There is no exception at this step.');
  }
  const object = at.kind === 'exception' ? raisedAt(trace, at) : undefined;
  const inner = at.kind === 'exception' ? innerOf(trace, originOf(trace, at)) : [];
  return new Answer({
    exceptionId: raised.type,
    description: raised.message,
    breakMode: breakMode(session, at, raised),
    details: {
      typeName: raised.type,
      fullTypeName: object === undefined ? raised.type : fullTypeName({ trace, step }, object),
      message: raised.message,
      stackTrace: stackText(trace, at),
      ...(inner.length === 0 ? {} : { innerException: inner }),
    },
  });
}

function breakMode(session: Session, at: Step, { isUncaught }: Raised): DebugProtocol.ExceptionBreakMode {
  const { trace } = session.timeline.moment;
  if (isUncaught) {
    return 'unhandled';
  }
  const isLate = at.kind === 'exception' && session.exceptions.fateAt(trace, at) === 'userUnhandled';
  return isLate ? 'userUnhandled' : 'always';
}

/** A chain of exceptions is followed no further than this. */
const LONGEST_CHAIN = 100;

/** The exception that was being handled when this one was raised; with that one's own inside. */
function innerOf(trace: Trace, raise: Step, depth = 0): DebugProtocol.ExceptionDetails[] {
  const passed = depth > LONGEST_CHAIN ? undefined : handledAt(trace, raise);
  const inner = passed === undefined ? undefined : originOf(trace, passed);
  const value = inner === undefined ? undefined : raisedAt(trace, inner);
  if (inner === undefined || value?.kind !== 'object' || inner.step >= raise.step) {
    return [];
  }
  const moment = { trace, step: inner.step };
  const further = innerOf(trace, inner, depth + 1);
  return [
    {
      typeName: shownTypeName(moment, value),
      fullTypeName: fullTypeName(moment, value),
      message: exceptionText(moment, value),
      stackTrace: stackText(trace, inner),
      ...(further.length === 0 ? {} : { innerException: further }),
    },
  ];
}

function fullTypeName(moment: Moment, value: Value): string {
  const contents = value.kind === 'object' ? look(moment, value.object, 0, 0) : undefined;
  const module = contents?.typeModule;
  const name = contents?.typeName ?? 'object';
  return module === undefined || module === 'builtins' ? name : `${module}.${name}`;
}

/** As the living program says it: without the main module's name. */
function shownTypeName(moment: Moment, value: Value): string {
  return fullTypeName(moment, value).replace(/^__main__\./, '');
}

/** As a traceback lists them: outermost first, each with its line of code. */
function stackText(trace: Trace, { step, thread }: Step): string {
  const frames = [...trace.stack(step, thread)].reverse();
  return frames
    .map(({ file, line, function: name }) => {
      const code = trace.source(file)?.split('\n')[line - 1]?.trim() ?? '';
      return `  File "${file}", line ${line}, in ${name}\n${code === '' ? '' : `    ${code}\n`}`;
    })
    .join('');
}
