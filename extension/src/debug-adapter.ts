import { debug, DebugAdapterExecutable, type Disposable } from 'vscode';
import { adapterProgram } from './adapter-program';
import { DEBUG_TYPE } from './configuration';

/** Starts one adapter for each debug session; they talk over standard input and output. */
export function debugAdapter(extensionPath: string): Disposable {
  return debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, {
    // VS Code runs `node` by itself: nobody has to install it.
    createDebugAdapterDescriptor: () =>
      new DebugAdapterExecutable('node', [adapterProgram(extensionPath), 'dap']),
  });
}
