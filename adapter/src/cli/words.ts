import { parseArgs, type ParseArgsConfig } from 'node:util';
import { codeOf, messageOf, UserError } from '../errors';

/** A command line that can't be understood. */
export class UsageError extends UserError {}

type Parsed<T extends ParseArgsConfig> = ReturnType<typeof parseArgs<T>>;

/** `parseArgs` of Node, with its complaints as UsageErrors. */
export function parseWords<T extends ParseArgsConfig>(config: T): Parsed<T> {
  try {
    return parseArgs(config);
  } catch (error) {
    if (codeOf(error)?.startsWith('ERR_PARSE_ARGS_') === true) {
      throw new UsageError(`${firstSentence(messageOf(error))}.`);
    }
    throw error;
  }
}

function firstSentence(text: string): string {
  return text.split(/\.\s|\n/)[0]?.replace(/\.$/, '') ?? text;
}

/** A whole number not below 0. */
export function parseWhole(text: string, what: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number)) {
    throw new UsageError(`${what} must be a whole number, not '${text}'.`);
  }
  return number;
}

/** A number with an optional fraction, not below 0. */
export function parseNumber(text: string, what: string): number {
  if (!/^(\d+\.?\d*|\.\d+)$/.test(text)) {
    throw new UsageError(`${what} must be a number, not '${text}'.`);
  }
  return Number(text);
}
