/** What `--log` and `logToFile` write: every message, and what the adapter decided, one line each, to be read by people. */

import { appendFileSync, openSync } from 'node:fs';

import { messageOf, UserError } from '../errors';

export type Sender = 'client' | 'adapter';

/** Longer bodies are cut, and the line says by how much. */
const LONGEST_BODY = 4000;
/** Only its owner may read it: the programs' data pass through it. */
const MODE = 0o600;

export class Journal {
  private readonly files = new Set<number>();

  /** What goes wrong is told here, too. */
  constructor(private readonly alarm: (text: string) => void) {}

  /** @throws UserError when the file can't be written */
  keepIn(file: string): void {
    try {
      this.files.add(openSync(file, 'a', MODE));
    } catch (error) {
      throw new UserError(`The log can't be written to ${file}: ${messageOf(error)}.`);
    }
  }

  /** A message of the protocol. */
  message(sender: Sender, message: unknown): void {
    if (this.files.size > 0) {
      this.write(`${sender === 'client' ? '-->' : '<--'} ${summary(message)}`);
    }
  }

  /** What was decided, and why. */
  note(text: string): void {
    this.write(`    ${text}`);
  }

  /** A mistake: of ours, or of a client that doesn't keep to the protocol. */
  failure(text: string): void {
    this.write(`!!! ${text}`);
    this.alarm(text);
  }

  private write(text: string): void {
    const line = `${new Date().toISOString().slice(11, 23)} ${text}\n`;
    for (const file of this.files) {
      try {
        appendFileSync(file, line);
      } catch {
        this.files.delete(file); // A full disk is no reason to stop debugging.
      }
    }
  }
}

function summary(message: unknown): string {
  const fields = typeof message === 'object' && message !== null ? (message as Record<string, unknown>) : {};
  const { type, command, event, seq, request_seq: answered, success, message: reason } = fields;
  const body = bodyText(fields['arguments'] ?? fields['body']);
  switch (type) {
    case 'request':
      return `${String(seq)} ${String(command)}${body}`;
    case 'response':
      return `(${String(answered)}) ${String(command)} ${success === true ? 'ok' : `failed: ${String(reason)}`}${body}`;
    case 'event':
      return `event ${String(event)}${body}`;
    default:
      return `no message of the protocol:${bodyText(message)}`;
  }
}

function bodyText(body: unknown): string {
  if (body === undefined) {
    return '';
  }
  const text = JSON.stringify(body).replace(/("EXECORDER_TOKEN":|"token":)"[^"]*"/g, '$1"…"');
  const more = text.length - LONGEST_BODY;
  return more > 0 ? ` ${text.slice(0, LONGEST_BODY)} … and ${more} characters more` : ` ${text}`;
}
