import { redact, type RedactReport } from '../trace/tools';
import type { Command } from './command';
import { copying, requireOutput } from './copying';
import { print } from './progress';
import { oneFile } from './recording-file';
import { parseWords, UsageError } from './words';

export const redactCommand: Command = {
  usage: "redact FILE --names 'password|token' -o OUT",
  summary: 'a copy without what is bound to some names',
  details: `The values of variables, dict keys and attributes whose name matches are gone from OUT:
  - each such value is replaced by the text <redacted>, whatever it was
  - the same text (or bytes) is replaced wherever else it stands: under other names, inside of longer texts, in sources,
    in what was printed, in notes such as the program's arguments. Texts shorter than 4 bytes only where they stand alone
  - an object among the values loses its contents, and so does every object that it holds
  - in sources, literals beside such a name are replaced as well, also where the line never ran
What was computed from a value (a hash of it, a number) and other spellings (base64, escapes) stay: name those, too.

Options:
  --names EXPRESSION   an extended regular expression (as for grep -E), found anywhere in the name, in any case
  -o, --output OUT     the file to write; it may be FILE itself`,
  run: runRedact,
};

function runRedact(words: readonly string[]): number {
  const { values, positionals } = parseWords({
    args: [...words],
    options: { names: { type: 'string' }, output: { type: 'string', short: 'o' } },
    allowPositionals: true,
  });
  const file = oneFile(positionals);
  if (values.names === undefined || values.names === '') {
    throw new UsageError("Say what to redact with --names 'password|token'.");
  }
  const report = redactFile(file, requireOutput(values.output), values.names);
  print(`redacted ${report.values} values, ${report.texts} texts and ${report.objects} objects`);
  return 0;
}

/** Writes `output` without what is bound to the names. */
export function redactFile(file: string, output: string, names: string): RedactReport {
  return copying(file, output, (unfinished) => {
    try {
      return redact(file, unfinished, names);
    } catch (error) {
      throw error instanceof RangeError ? new UsageError(`With --names, ${error.message}.`) : error;
    }
  });
}
