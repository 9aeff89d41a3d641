import { existsSync } from 'node:fs';
import path from 'node:path';

/** The `execorder` command, as the packaged extension holds it and as a checkout does. */
const PLACES = ['adapter/dist/cli/main.js', '../adapter/dist/cli/main.js'];

/** Where the adapter's program is for an extension in this folder. */
export function adapterProgram(extensionPath: string): string {
  const found = PLACES.map((place) => path.join(extensionPath, place)).find((place) => existsSync(place));
  if (found === undefined) {
    throw new Error(
      "Execorder's debug adapter is missing: install the extension again (in a checkout: run `npm run setup`).",
    );
  }
  return found;
}
