/** The configurations of docs/editors.md, as they stand there: what they ask to launch is launched, and both ways are open. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { connect } from './driver';
import type { Session } from './driver';

const PAGE = readFileSync(path.join(__dirname, '../../docs/editors.md'), 'utf8');
const PROGRAM = `
  total = 0
  for n in range(3):
      total += n      #@ here
`;

type Settings = Record<string, unknown>;

/** The first block of code below a heading. */
function block(heading: string): string {
  const section = PAGE.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const found = /```\w+\n([^]*?)```/.exec(section)?.[1];
  if (found === undefined) {
    throw new Error(`docs/editors.md has no code below '${heading}'.`);
  }
  return found;
}

/** What follows a word of the text and fits, as pairs of name and value. */
function pairs(text: string, from: string, pair: RegExp): Settings {
  const found = text.slice(text.indexOf(from)).split(/\n {2}\},/)[0] ?? '';
  return Object.fromEntries([...found.matchAll(pair)].map(([, name = '', value = '']) => [name, value]));
}

const LUA = /(\w+) = '([^']*)'/g;
const KEYWORDS = /:([a-z]\w*) "?([^\s")]+)/g;

/** What the editor sends as the arguments of `launch`, with its own words still in place of files and folders. */
const LAUNCHED: Record<string, (text: string) => unknown> = {
  'VS Code': (text) => (JSON.parse(text) as { configurations: unknown[] }).configurations[0],
  'Neovim: nvim-dap': (text) => pairs(text, 'configurations.python', LUA),
  'Emacs: dape': (text) => pairs(text, 'command-args', KEYWORDS),
  'Emacs: dap-mode': (text) => pairs(text, 'dap-register-debug-template', KEYWORDS),
  'Vim: Vimspector': (text) => {
    const { configurations } = JSON.parse(text) as {
      configurations: Record<string, { configuration: unknown }>;
    };
    return Object.values(configurations)[0]?.configuration;
  },
  Helix: (text) => pairs(text, 'args = {', /(\w+) = "([^"]*)"/g),
  Kate: (text) => {
    const { dap } = JSON.parse(text) as {
      dap: { python: { configurations: Record<string, { request: Settings }> } };
    };
    return Object.values(dap.python.configurations)[0]?.request;
  },
};

/** The words that an editor replaces. */
function filledIn(settings: unknown, { file }: Session): Settings {
  const folder = path.dirname(file);
  const words: Settings = {
    ...{ '${file}': file, 'dape-buffer-default': file, '{0}': file },
    ...{ '${workspaceRoot}': folder, '${workdir}': folder, 'dape-cwd': folder, '${args|list}': [] },
  };
  const entries = Object.entries(settings as Settings).map(([name, value]) => {
    const known = typeof value === 'string' && value in words ? words[value] : value;
    return [name, known === 'nil' ? (name === 'program' ? file : folder) : known];
  });
  return Object.fromEntries(entries) as Settings;
}

test.each(Object.keys(LAUNCHED))('%s: its configuration launches a program', async (heading) => {
  const text = block(heading);
  expect(text).toMatch(/["']execorder["']/);
  if (heading !== 'VS Code') {
    expect(text).toMatch(/["']dap["']/); // its extension knows how to start the adapter
  }
  const session = await connect(PROGRAM);
  const launch = filledIn(LAUNCHED[heading]?.(text), session);
  expect(launch['program']).toBe(session.file);

  await session.begin('launch', launch, { breakpoints: ['here'] });
  expect(await session.stopped()).toBe('breakpoint: here');
  expect(await session.go('next')).toBe('step: for n in range(3):');
  expect(await session.go('stepBack')).toBe('breakpoint: here');
  expect(session.editor.printedOn('console')).not.toMatch(/is no attribute/);
});
