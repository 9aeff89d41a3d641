import path from 'node:path';
import { debug, window, workspace, type Disposable, Uri } from 'vscode';
import { parseLink, recordingConfiguration } from './configuration';

/** Links to a recording, such as test runs print: `vscode://execorder.execorder-vscode/open?recording=…&step=…`. */
export function openLink(): Disposable {
  return window.registerUriHandler({
    async handleUri(uri) {
      const link = parseLink(uri.path, uri.query);
      if (link === undefined) {
        void window.showErrorMessage('Execorder: this link names no recording (.xrec) to open.');
        return;
      }
      const folder = workspace.getWorkspaceFolder(Uri.file(link.recording));
      const name = path.basename(link.recording);
      await debug.startDebugging(folder, recordingConfiguration(link.recording, name, link.step));
    },
  });
}
