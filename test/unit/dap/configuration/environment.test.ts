import { closest } from '../../../../adapter/src/dap/configuration/closest';
import { remarksOn } from '../../../../adapter/src/dap/configuration/checks';
import { parseEnvFile } from '../../../../adapter/src/dap/configuration/environment';
import { preferencesOf } from '../../../../adapter/src/dap/configuration/preferences';

test.each([
  ['A=1', { A: '1' }],
  ['  export A = one two  # remark', { A: 'one two' }],
  ["A='$x ${B} # \\n'", { A: '$x ${B} # \\n' }],
  ['A="two\\nlines \\"quoted\\""', { A: 'two\nlines "quoted"' }],
  ['B=b\nA=${B}/${OUTER}/${NONE}', { B: 'b', A: 'b/outer/' }],
  ['# A=1\n\nnothing\nA=\r\nB=2\r\n', { A: '', B: '2' }],
])('the file %j', (text, variables) => {
  expect(parseEnvFile(text, { OUTER: 'outer' })).toEqual(variables);
});

test.each([
  ['stopOnEnty', 'stopOnEntry'],
  ['justmycode', 'justMyCode'],
  ['progam', 'program'],
  ['arg', 'args'],
  ['colour', undefined],
])('who writes %s means %s', (name, meant) => {
  expect(closest(name, ['stopOnEntry', 'justMyCode', 'program', 'args', 'cwd', 'env'])).toBe(meant);
});

test('an attribute of the other request is named as such', () => {
  expect(remarksOn('attach', { program: 'a.py' })).toEqual([
    `'program' means something to "request": "launch" only; it is ignored.`,
  ]);
});

test('variables are shown as asked, each kind or all', () => {
  expect(preferencesOf({ variablePresentation: { all: 'hide', class: 'inline' } })).toMatchObject({
    variablePresentation: { special: 'hide', function: 'hide', class: 'inline', protected: 'hide' },
  });
  expect(() => preferencesOf({ variablePresentation: { special: 'small' } })).toThrow('group, inline, hide');
});
