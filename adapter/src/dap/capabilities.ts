/** What this adapter can do: only what is true is announced. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { EXCEPTION_FILTERS } from './exception-rules';

export const CAPABILITIES: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  // One flag for stepBack and for reverseContinue.
  supportsStepBack: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsDataBreakpoints: true,
  supportsFunctionBreakpoints: true,
  supportsRestartFrame: true,
  supportsStepInTargetsRequest: true,
  supportsCompletionsRequest: true,
  completionTriggerCharacters: ['.', '['],
  supportsEvaluateForHovers: true,
  exceptionBreakpointFilters: [...EXCEPTION_FILTERS],
  supportsExceptionFilterOptions: true,
  supportsExceptionInfoRequest: true,
  supportsDelayedStackTraceLoading: true,
  supportsLoadedSourcesRequest: true,
  supportsModulesRequest: true,
  supportTerminateDebuggee: true,
  supportsBreakpointLocationsRequest: true,
  supportsGotoTargetsRequest: true,
  supportsClipboardContext: true,
  supportsRestartRequest: true,
  supportsTerminateRequest: true,
  supportsSetVariable: true,
  supportsSetExpression: true,
  supportsValueFormattingOptions: true,
  supportsReadMemoryRequest: true,
  supportsSteppingGranularity: true,
  supportsCancelRequest: true,
};
