import {
  debug,
  DebugConfigurationProviderTriggerKind,
  Disposable,
  window,
  type DebugConfiguration,
  type WorkspaceFolder,
} from 'vscode';
import { activeInterpreter } from './active-interpreter';
import {
  CURRENT_FILE,
  DEBUG_TYPE,
  isEmpty,
  needsInterpreter,
  withFolder,
  withProgram,
} from './configuration';

/** Fills in what a configuration leaves out, and makes F5 work without a launch.json. */
export function launchDefaults(): Disposable {
  return Disposable.from(
    debug.registerDebugConfigurationProvider(DEBUG_TYPE, {
      resolveDebugConfiguration: resolve,
      resolveDebugConfigurationWithSubstitutedVariables: addInterpreter,
    }),
    debug.registerDebugConfigurationProvider(
      DEBUG_TYPE,
      { provideDebugConfigurations: () => [CURRENT_FILE] },
      DebugConfigurationProviderTriggerKind.Dynamic,
    ),
  );
}

function resolve(
  folder: WorkspaceFolder | undefined,
  config: DebugConfiguration,
): DebugConfiguration | undefined {
  if (!isEmpty(config)) {
    return withFolder(withProgram(config), folder !== undefined);
  }
  if (window.activeTextEditor?.document.languageId === 'python') {
    return withFolder(CURRENT_FILE, folder !== undefined);
  }
  void window.showInformationMessage('Open the Python file that you want to debug, then start again.');
  return undefined;
}

async function addInterpreter(
  folder: WorkspaceFolder | undefined,
  config: DebugConfiguration,
): Promise<DebugConfiguration> {
  const python = needsInterpreter(config) ? await activeInterpreter(folder?.uri) : undefined;
  return python === undefined ? config : { ...config, python };
}
