/** Bundles the extension's own code into dist/extension.js, for a checkout that is opened in VS Code. */

import { bundleExtension } from './bundles.mjs';
import { extensionFolder } from './places.mjs';

await bundleExtension(extensionFolder);
