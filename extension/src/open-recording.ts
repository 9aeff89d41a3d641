import path from 'node:path';
import { commands, debug, window, workspace, type Disposable, Uri } from 'vscode';
import { recordingConfiguration } from './configuration';

/** "Open Recording…": of a file in the explorer, or of one that is asked for. */
export function openRecording(): Disposable {
  return commands.registerCommand('execorder.openRecording', async (selected: unknown) => {
    const uri = selected instanceof Uri ? selected : await ask();
    if (uri === undefined) {
      return;
    }
    const folder = workspace.getWorkspaceFolder(uri);
    await debug.startDebugging(folder, recordingConfiguration(uri.fsPath, path.basename(uri.fsPath)));
  });
}

async function ask(): Promise<Uri | undefined> {
  const chosen = await window.showOpenDialog({
    openLabel: 'Open Recording',
    filters: { 'Execorder recordings': ['xrec'] },
  });
  return chosen?.[0];
}
