/** Checks messages of the adapter against the protocol's own schema; where that is not at hand, against its types. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';

import type { Message } from '../../examples/editor';
import { definitionsFromTypes } from './schema-from-types';

const SCHEMA =
  process.env['EXECORDER_DAP_SCHEMA'] ??
  join(__dirname, '../../../shared/dap/debugAdapterProtocol-1.71.json');

interface Schema {
  readonly definitions: Readonly<Record<string, unknown>>;
  $schema?: string;
}

/** What is wrong with the messages, in words; nothing for a faultless conversation. */
export function faultsOf(messages: readonly Message[]): string[] {
  return [...envelopeFaults(messages), ...messages.flatMap(schemaFaults)];
}

function envelopeFaults(messages: readonly Message[]): string[] {
  const faults: string[] = [];
  const answered = new Set<unknown>();
  messages.forEach((message, index) => {
    if (message.seq !== index + 1) {
      faults.push(`message ${index + 1} has the number ${message.seq}`);
    }
    if (message.type === 'response') {
      if (answered.has(message['request_seq'])) {
        faults.push(`request ${String(message['request_seq'])} is answered twice`);
      }
      answered.add(message['request_seq']);
      // Some clients count from 0.
      if (!Number.isInteger(message['request_seq']) || Number(message['request_seq']) < 0) {
        faults.push(`${String(message['command'])} answers a request without a number`);
      }
    }
  });
  if (messages[0] !== undefined && messages[0]['command'] !== 'initialize') {
    faults.push('something comes before the answer to initialize');
  }
  return faults;
}

const schema = existsSync(SCHEMA)
  ? (JSON.parse(readFileSync(SCHEMA, 'utf8')) as Schema)
  : { definitions: definitionsFromTypes() };
delete schema.$schema; // It names a draft that Ajv has no description of; what it uses of it is the same.
const ajv = new Ajv({ strict: false, validateSchema: false, allErrors: true, logger: false });
ajv.addSchema(schema, 'dap');
const validators = new Map<string, ValidateFunction>();

function schemaFaults(message: Message): string[] {
  const definition = definitionOf(message, schema);
  let validate = validators.get(definition);
  if (validate === undefined) {
    validate = ajv.compile({ $ref: `dap#/definitions/${definition}` });
    validators.set(definition, validate);
  }
  if (validate(message)) {
    return [];
  }
  return [`${definition}: ${ajv.errorsText(validate.errors)}: ${JSON.stringify(message)}`];
}

function definitionOf(message: Message, { definitions }: Schema): string {
  if (message.type === 'response' && message['success'] === false) {
    return 'ErrorResponse';
  }
  const kind = { request: 'Request', response: 'Response', event: 'Event' }[message.type];
  const text = String(message.type === 'event' ? message['event'] : message['command']);
  const definition = `${text.charAt(0).toUpperCase()}${text.slice(1)}${kind}`;
  return definition in definitions ? definition : kind;
}
