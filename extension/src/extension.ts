import type { ExtensionContext } from 'vscode';
import { debugAdapter } from './debug-adapter';
import { launchDefaults } from './launch-defaults';
import { lineUp } from './line-up';
import { openLink } from './open-link';
import { openRecording } from './open-recording';
import { reverseCommands } from './reverse-commands';

export function activate(context: ExtensionContext): void {
  context.subscriptions.push(
    debugAdapter(context.extensionPath),
    launchDefaults(),
    lineUp(),
    openLink(),
    openRecording(),
    reverseCommands(),
  );
}
