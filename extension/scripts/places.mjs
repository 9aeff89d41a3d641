/** The folders that packaging reads and writes. */

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const extensionFolder = dirname(dirname(fileURLToPath(import.meta.url)));
export const root = dirname(extensionFolder);

/** What the .vsix is made of; laid out like the checkout, so that every part finds the others as it does there. */
export const stageFolder = join(extensionFolder, 'build/stage');
