/** `node tee.js FILE COMMAND …` runs the adapter, and keeps all that it sends in a file. */

import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

const [file = '', command = '', ...args] = process.argv.slice(2);
const adapter = spawn(command, args, { stdio: ['inherit', 'pipe', 'inherit'] });
adapter.stdout.pipe(process.stdout);
adapter.stdout.pipe(createWriteStream(file));
adapter.on('close', (code) => {
  process.exitCode = code ?? 1;
});
