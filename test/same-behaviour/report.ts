/** The page that tells how CPython's own tests came out. */

/** What same.py leaves of one interpreter. */
export interface Results {
  readonly python: string;
  readonly modules: readonly Module[];
}

export interface Module {
  readonly module: string;
  readonly status: 'same' | 'different' | 'skipped';
  readonly tests?: number;
  readonly differences?: readonly Difference[];
  readonly known?: readonly (Difference & { readonly reason: string })[];
}

interface Difference {
  readonly test: string;
}

type Version = string;

export function page(results: readonly Results[]): string {
  return [
    "# CPython's own tests, with and without the recorder",
    '',
    "Written by `npm run test:cpython -- --write`. Each module of CPython's tests runs twice, plainly and recorded step by step",
    'with all library code, and the outcome of every test method is compared. *Known* differences are those that',
    'test/same-behaviour/known.py explains.',
    '',
    '| Python | modules compared | tests compared | known differences | other differences |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...results.map(row),
    '',
    ...knownSection(results),
    ...otherSection(results),
    '## The modules',
    '',
    ...moduleLines(results),
    '',
  ].join('\n');
}

function row({ python, modules }: Results): string {
  const count = (of: (module: Module) => number): string =>
    compared(modules)
      .map(of)
      .reduce((sum, each) => sum + each, 0)
      .toLocaleString('en');
  const cells = [
    python,
    count(() => 1),
    count(({ tests }) => tests ?? 0),
    count(({ known }) => known?.length ?? 0),
    count(({ differences }) => differences?.length ?? 0),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Those of all versions, then what each has besides. */
function moduleLines(results: readonly Results[]): string[] {
  const names = results.map(({ modules }) => compared(modules).map(({ module }) => module));
  const everywhere = (names[0] ?? []).filter((name) => names.every((others) => others.includes(name)));
  const besides = results.map(({ python }, index) => {
    const own = (names[index] ?? []).filter((name) => !everywhere.includes(name));
    return own.length === 0 ? [] : [`- ${python} besides: ${own.sort().join(', ')}`];
  });
  return [`- on all of them: ${everywhere.sort().join(', ')}`, ...besides.flat()];
}

/** What this version ships and could run plainly. */
function compared(modules: readonly Module[]): readonly Module[] {
  return modules.filter(({ status }) => status !== 'skipped');
}

function knownSection(results: readonly Results[]): string[] {
  const reasons = new Map<string, Map<string, Version[]>>();
  for (const { python, modules } of results) {
    for (const { test, reason } of modules.flatMap(({ known }) => known ?? [])) {
      const tests = reasons.get(reason) ?? new Map<string, Version[]>();
      reasons.set(reason, tests.set(test, [...(tests.get(test) ?? []), minor(python)]));
    }
  }
  const lines = [...reasons].flatMap(([reason, tests]) => [
    `- ${reason}:`,
    ...[...tests].map(([test, versions]) => `  - \`${test}\` (${versions.join(', ')})`),
  ]);
  return lines.length === 0 ? [] : ['## Known differences', '', ...lines, ''];
}

function otherSection(results: readonly Results[]): string[] {
  const lines = results.flatMap(({ python, modules }) =>
    modules
      .flatMap(({ differences }) => differences ?? [])
      .map(({ test }) => `- \`${test}\` (${minor(python)})`),
  );
  return lines.length === 0 ? [] : ['## Other differences', '', ...lines, ''];
}

function minor(python: string): Version {
  return python.split('.').slice(0, 2).join('.');
}
