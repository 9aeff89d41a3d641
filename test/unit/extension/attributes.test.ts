/** VS Code offers exactly what the adapter understands. */

import { readFileSync } from 'node:fs';
import path from 'node:path';

import { ATTRIBUTES } from '../../../adapter/src/dap/configuration/attributes';
import { parseConfiguration } from '../../../adapter/src/dap/configuration/configuration';
import { remarksOn } from '../../../adapter/src/dap/configuration/checks';

interface Manifest {
  readonly contributes: {
    readonly debuggers: readonly {
      readonly configurationAttributes: Readonly<
        Record<'launch' | 'attach', { properties: Readonly<Record<string, { default?: unknown }>> }>
      >;
      readonly initialConfigurations: readonly Readonly<Record<string, unknown>>[];
      readonly configurationSnippets: readonly { readonly body: Readonly<Record<string, unknown>> }[];
    }[];
  };
}

const ROOT = path.resolve(__dirname, '../../..');
const manifest = JSON.parse(readFileSync(path.join(ROOT, 'extension/package.json'), 'utf8')) as Manifest;
const [contributed] = manifest.contributes.debuggers;

describe.each(['launch', 'attach'] as const)('%s', (request) => {
  const { properties } = contributed!.configurationAttributes[request];

  test('has the same attributes in VS Code and in the adapter', () => {
    expect(Object.keys(properties).sort()).toEqual(Object.keys(ATTRIBUTES[request]).sort());
  });

  test('has defaults that the adapter accepts', () => {
    const defaults = Object.entries(properties).filter(([, { default: value }]) => value !== undefined);
    const given = Object.fromEntries(defaults.map(([name, property]) => [name, property.default]));
    const target = request === 'launch' ? { program: __filename } : { connect: { port: 1 } };

    expect(() => parseConfiguration(request, { ...given, ...target, cwd: ROOT })).not.toThrow();
  });
});

test('what VS Code writes into a new launch.json is understood', () => {
  const bodies = contributed!.configurationSnippets.map(({ body }) => body);
  for (const body of [...contributed!.initialConfigurations, ...bodies]) {
    expect(remarksOn(body['request'] as 'launch' | 'attach', body)).toEqual([]);
  }
});
