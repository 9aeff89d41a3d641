/** The two programs of the .vsix, each bundled into one file, since it holds no node_modules. */

import { join } from 'node:path';
import { build } from 'esbuild';
import { extensionFolder, root } from './places.mjs';

const COMMON = { bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning' };

/** What VS Code loads. */
export async function bundleExtension(folder) {
  await build({
    ...COMMON,
    entryPoints: [join(extensionFolder, 'src/extension.ts')],
    outfile: join(folder, 'dist/extension.js'),
    external: ['vscode'],
  });
}

/** The `execorder` command with the adapter. It stays where it is in a checkout, since it looks for its neighbours. */
export async function bundleAdapter(folder) {
  await build({
    ...COMMON,
    entryPoints: [join(root, 'adapter/dist/cli/main.js')],
    outfile: join(folder, 'adapter/dist/cli/main.js'),
    plugins: [addonBeside],
  });
}

/** The addon finds its binary from where it lies, so it is not bundled but loaded from the folder beside adapter/. */
const addonBeside = {
  name: 'addon-beside',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^execorder-native$/ }, () => ({ path: '../../../native/index.js', external: true }));
  },
};
