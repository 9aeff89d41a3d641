/** What a launch configuration says, and what it says when it leaves something out. */

import type { DebugConfiguration } from 'vscode';

export const DEBUG_TYPE = 'execorder';

/** Runs the file in the active editor. */
export const CURRENT_FILE = {
  name: 'Python (time-travel): current file',
  type: DEBUG_TYPE,
  request: 'launch',
  program: '${file}',
} satisfies DebugConfiguration;

/** What F5 starts without a launch.json: then VS Code passes a configuration without a type. */
export function isEmpty(config: Partial<DebugConfiguration>): boolean {
  return !config.type && !config.request && !config.name;
}

/** A launch that says neither what to run nor what to open runs the current file. */
export function withProgram(config: DebugConfiguration): DebugConfiguration {
  const saysWhat = ['program', 'module', 'code', 'recording'].some((name) => Boolean(config[name]));
  return config.request !== 'launch' || saysWhat ? config : { ...config, program: CURRENT_FILE.program };
}

/** Programs run in the folder that is open, as from its terminal; without one, where their file is. */
export function withFolder(config: DebugConfiguration, hasFolder: boolean): DebugConfiguration {
  if (config['cwd'] || !(hasFolder || config['program'] === CURRENT_FILE.program)) {
    return config;
  }
  return { ...config, cwd: hasFolder ? '${workspaceFolder}' : '${fileDirname}' };
}

/** Whether the configuration leaves the choice of the interpreter to others. */
export function needsInterpreter(config: DebugConfiguration): boolean {
  const runs = ['program', 'module', 'code'].some((name) => Boolean(config[name]));
  return config.request === 'launch' && runs && !config['python'] && !config['pythonPath'];
}

/** Opens an existing recording, at a step when one is named. */
export function recordingConfiguration(path: string, name: string, step?: number): DebugConfiguration {
  const start = step === undefined ? {} : { step };
  return { name, type: DEBUG_TYPE, request: 'attach', recording: path, ...start };
}

/** What a link asks for: `vscode://execorder.execorder-vscode/open?recording=…&step=…`. Undefined when it makes no sense. */
export function parseLink(path: string, query: string): { recording: string; step?: number } | undefined {
  const words = new URLSearchParams(query);
  const recording = words.get('recording') ?? '';
  const step = words.get('step');
  if (path !== '/open' || !recording.endsWith('.xrec') || (step !== null && !/^\d+$/.test(step))) {
    return undefined;
  }
  return step === null ? { recording } : { recording, step: Number(step) };
}
