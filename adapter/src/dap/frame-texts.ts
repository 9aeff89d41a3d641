/** How a frame is shown in the call stack: its name as the client wants it, and whether it is somebody else's code. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import type { Frame, Trace } from '../trace/trace';
import { attempt } from '../travel/slots';
import { preview, typeName } from './preview';

/** The name alone unless the client asks for more: `module.f(n: int = 2), line 12`. */
export function frameName(
  trace: Trace,
  step: number,
  thread: number,
  frame: Frame,
  format: DebugProtocol.StackFrameFormat,
): string {
  const module = format.module === true ? moduleName(trace, step, frame) : undefined;
  const named = module === undefined ? frame.function : `${module}.${frame.function}`;
  const called = wantsParameters(format)
    ? `${named}(${parameters(trace, step, thread, frame, format)})`
    : named;
  return format.line === true ? `${called}, line ${frame.line}` : called;
}

function wantsParameters(format: DebugProtocol.StackFrameFormat): boolean {
  const { parameters, parameterNames, parameterTypes, parameterValues } = format;
  return parameters ?? parameterNames ?? parameterTypes ?? parameterValues ?? false;
}

function parameters(
  trace: Trace,
  step: number,
  thread: number,
  { frame }: Frame,
  format: DebugProtocol.StackFrameFormat,
): string {
  const moment = { trace, step };
  const hasTypes = format.parameterTypes === true;
  const hasValues = format.parameterValues === true;
  const hasNames = format.parameterNames ?? !(hasTypes || hasValues);
  const { variables } = trace.variables(step, thread, frame);
  const shown = variables.filter(({ role, value }) => role === 'argument' && value.kind !== 'unbound');
  return shown
    .map(({ name, value }) => {
      const type = hasTypes ? [typeName(moment, value)] : [];
      const declared = [...(hasNames ? [name] : []), ...type].join(': ');
      const text = hasValues ? [preview(moment, value, format.hex === true)] : [];
      return [...(declared === '' ? [] : [declared]), ...text].join(hasTypes ? ' = ' : '=');
    })
    .join(', ');
}

/** The `__name__` of the frame's globals. */
function moduleName(trace: Trace, step: number, { globals }: Frame): string | undefined {
  const items = globals === undefined ? [] : (attempt(() => trace.contents(step, globals).items) ?? []);
  const found = items.find(({ key }) => key?.kind === 'str' && key.value === '__name__')?.value;
  return found?.kind === 'str' ? found.value : undefined;
}

const LIBRARY = [
  /[\\/](?:site|dist)-packages[\\/]/,
  /[\\/]lib[\\/]python\d+\.\d+[\\/]/i,
  /\\(?:Lib|python\d+\.zip)\\/, // So written by Windows' Pythons, whatever folder they are in.
  /^<frozen /,
];

/** Whether a file is of an installed package or of Python's own library. */
export function isLibrary(file: string): boolean {
  return LIBRARY.some((pattern) => pattern.test(file));
}
