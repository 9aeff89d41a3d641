/** Every request that is understood, one line each. */

import { breakpointLocations, setBreakpoints, setExceptionBreakpoints } from './breakpoints';
import { dataBreakpointInfo, setDataBreakpoints } from './data-breakpoints';
import { evaluate } from './evaluate';
import { call, goToOutput, goToStep, iteration, jump } from './jumps';
import { cancel } from './cancel';
import { goToTime } from './clocks';
import type { Answer } from './connection';
import { configurationDone, initialize } from './initialize';
import { restart, startWith } from './launch';
import { disconnect, terminate } from './leave';
import { goTo, gotoTargets, move, pause, position } from './moves';
import type { Session } from './session';
import { locations } from './locations';
import { readMemory } from './memory';
import { loadedSources, source } from './source';
import { modules } from './modules';
import { scopes, stackTrace, threads } from './stack';
import { exceptionInfo } from './exception-info';
import { setFunctionBreakpoints } from './function-breakpoints';
import { completions } from './completions';
import { restartFrame, stepIn, stepInTargets } from './step-targets';
import { setExpression, setVariable } from './set-variable';
import { variables } from './variables';
import { historyRequest, lastWriteRequest } from './who';

/** Arguments arrive as `never` here: each handler reads its own defensively (arguments.ts). */
type Handler = (
  session: Session,
  args: never,
  signal: AbortSignal,
) => Answer<unknown> | Promise<Answer<unknown>>;

const requests = {
  initialize,
  launch: startWith('launch'),
  attach: startWith('attach'),
  configurationDone,
  restart,
  terminate,
  disconnect,

  setBreakpoints,
  setExceptionBreakpoints,
  setFunctionBreakpoints,
  dataBreakpointInfo,
  setDataBreakpoints,
  breakpointLocations,

  continue: move('continue'),
  next: move('next'),
  stepIn,
  stepInTargets,
  restartFrame,
  stepOut: move('stepOut'),
  stepBack: move('stepBack'),
  reverseContinue: move('reverseContinue'),
  'execorder/reverseStepIn': move('stepBackIn'),
  'execorder/reverseStepOut': move('stepBackOut'),
  pause,
  gotoTargets,
  goto: goTo,
  'execorder/previousIteration': jump(iteration('backward')),
  'execorder/nextIteration': jump(iteration('forward')),
  'execorder/previousCall': jump(call('backward')),
  'execorder/nextCall': jump(call('forward')),
  'execorder/goto': goToStep,
  'execorder/gotoOutput': goToOutput,
  'execorder/gotoTime': goToTime,
  'execorder/position': position,
  'execorder/lastWrite': lastWriteRequest,
  'execorder/history': historyRequest,

  threads,
  stackTrace,
  scopes,
  variables,
  setVariable,
  setExpression,
  evaluate,
  readMemory,
  locations,
  exceptionInfo,
  completions,

  source,
  loadedSources,
  modules,

  cancel,
} satisfies Record<string, Handler>;

/** How a command is answered, or undefined when nobody knows it. */
export function handlerOf(command: string): Handler | undefined {
  return Object.hasOwn(requests, command) ? requests[command as keyof typeof requests] : undefined;
}
