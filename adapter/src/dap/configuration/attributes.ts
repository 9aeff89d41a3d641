/** The attributes of launch and attach configurations: their names, and what each may hold. */

/** What an attribute may hold. */
export type Kind =
  | 'text'
  | 'flag'
  | 'path'
  | 'words'
  | 'texts'
  | 'environment'
  | 'objects'
  | 'object'
  | 'size'
  | 'number'
  | 'codes';

export type Request = 'launch' | 'attach';

const BOTH: Readonly<Record<string, readonly Kind[]>> = {
  cwd: ['path'],
  recording: ['path'],
  stopOnEntry: ['flag'],
  stopAtEnd: ['flag'],
  redirectOutput: ['flag'],
  showReturnValue: ['flag'],
  subProcess: ['flag'],
  breakOnSystemExit: ['flag', 'codes'],
  pathMappings: ['objects'],
  variablePresentation: ['object'],
  logToFile: ['flag', 'path'],
};

const LAUNCH: Readonly<Record<string, readonly Kind[]>> = {
  program: ['path'],
  module: ['text'],
  code: ['text', 'texts'],
  args: ['words', 'text'],
  env: ['environment'],
  envFile: ['path'],
  python: ['path', 'texts'],
  pythonPath: ['path', 'texts'],
  pythonArgs: ['words', 'text'],
  console: ['text'],
  justMyCode: ['flag'],
  include: ['texts', 'text'],
  exclude: ['texts', 'text'],
  rules: ['objects'],
  maxRecordingSize: ['size'],
  preserveRecording: ['flag'],
};

const ATTACH: Readonly<Record<string, readonly Kind[]>> = {
  connect: ['object'],
  processId: ['number'],
  step: ['number'],
};

/** Everything that Execorder reads, by request. */
export const ATTRIBUTES: Readonly<Record<Request, Readonly<Record<string, readonly Kind[]>>>> = {
  launch: { ...BOTH, ...LAUNCH },
  attach: { ...BOTH, ...ATTACH },
};

/** Editors and other Python debuggers have these; they mean nothing here, and nobody is to be bothered with that. */
const FOREIGN: ReadonlySet<string> = new Set([
  ...['name', 'type', 'request', 'noDebug', 'presentation', 'preLaunchTask', 'postDebugTask', 'debugServer'],
  ...['internalConsoleOptions', 'serverReadyAction', 'suppressMultipleSessionWarning', 'debugOptions'],
  ...['windows', 'linux', 'osx', 'inherits', 'debugViewLocation', 'openDebug', 'host', 'port', 'hostName'],
  ...['django', 'jinja', 'flask', 'pyramid', 'gevent', 'sudo', 'autoReload', 'guiEventLoop', 'clientOS'],
  ...['debugAdapterPath', 'debugAdapterPython', 'debugLauncherPython', 'debugLauncherPath', 'purpose'],
  ...[
    'workspaceFolder',
    'consoleName',
    'consoleTitle',
    'argsExpansion',
    'steppingResumesAllThreads',
    'timeout',
  ],
  ...['breakOnSystemExitZero', 'debugPort', 'cleanup', 'restart', 'trace', 'processName', 'modes', 'command'],
]);

/** Whether an unknown attribute is somebody else's: a known one, or one whose form no attribute of ours has. */
export function isForeign(name: string): boolean {
  return FOREIGN.has(name) || !/^[a-zA-Z]+$/.test(name);
}
