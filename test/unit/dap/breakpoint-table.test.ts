import { Conditions, type OnCopies } from '../../../adapter/src/dap/conditions';
import { BreakpointTable, type Wanted } from '../../../adapter/src/dap/breakpoint-table';
import { memoryTrace } from '../../../adapter/src/trace/memory-trace';
import type { Trace } from '../../../adapter/src/trace/trace';

const FILE = 'main.py';
const LOOP = memoryTrace(`
  call 1 <module>
  line 1
  line 2 i=0
  line 2 i=1
  line 2 i=2
  line 2 i=3
  return 2 => None
`);

/** The values of `i` at the visits of line 2 that stop. */
async function stops(
  trace: Trace,
  wanted: Omit<Wanted, 'line'>,
  warnings: string[] = [],
  onCopies: OnCopies = () => undefined,
): Promise<number[]> {
  const conditions = new Conditions(onCopies);
  const table = new BreakpointTable((text) => warnings.push(text), conditions);
  table.set(FILE, [{ line: 2, ...wanted }], []);
  const found: number[] = [];
  for (const step of [2, 3, 4, 5]) {
    const hits = await conditions.decided(trace, () => table.hitsAt(trace, trace.step(step)));
    found.push(...hits.map(() => step - 2));
  }
  return found;
}

test.each([
  [{}, [0, 1, 2, 3]],
  [{ condition: 'i > 1' }, [2, 3]],
  [{ condition: 'nothing > 1' }, []],
  [{ hitCondition: '2' }, [1]],
  [{ hitCondition: '>= 3' }, [2, 3]],
  [{ hitCondition: '% 2' }, [1, 3]],
  [{ condition: 'i > 0', hitCondition: '2' }, [2]],
  [{ logMessage: 'i is {i}' }, []],
])('%j stops at these visits: %j', async (wanted, expected) => {
  expect(await stops(LOOP, wanted)).toEqual(expected);
});

test('a condition that needs copies is evaluated on more and more of them at once', async () => {
  const asked: number[][] = [];
  const onCopies: OnCopies = ({ places }) => {
    asked.push(places.map(([step]) => step));
    return Promise.resolve(places.map(([step]) => ({ value: '', isTrue: step % 2 === 0 })));
  };

  expect(await stops(LOOP, { condition: 'f(i)', hitCondition: '2' }, [], onCopies)).toEqual([2]);
  expect(asked).toEqual([[2], [3, 4, 5]]);
});

test('a condition that the past has no answer for is reported once and does not stop', async () => {
  const warnings: string[] = [];

  expect(await stops(LOOP, { condition: 'f(i)' }, warnings)).toEqual([]);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain("because of its condition 'f(i)'");
});

test('a name that is not there yet is no mistake', async () => {
  const warnings: string[] = [];

  await stops(LOOP, { condition: 'nothing' }, warnings);
  expect(warnings).toEqual([]);
});

test('a breakpoint moves to the next line that holds code', () => {
  const table = new BreakpointTable(() => undefined, new Conditions(() => undefined));

  expect(table.set(FILE, [{ line: 3 }, { line: 1 }], [1, 5])).toMatchObject([
    { line: 5, isVerified: true },
    { line: 1, isVerified: true },
  ]);
});

test('a breakpoint below all code, or with a bad hit condition, says why it will not be hit', () => {
  const table = new BreakpointTable(() => undefined, new Conditions(() => undefined));

  const [below, bad] = table.set(FILE, [{ line: 9 }, { line: 1, hitCondition: 'often' }], [1, 5]);
  expect(below).toMatchObject({ isVerified: false, problem: expect.stringContaining('no code') as string });
  expect(bad).toMatchObject({ isVerified: false, problem: expect.stringContaining("'often'") as string });
  expect(table.forProgram(FILE)).toEqual([]);
});

test('setting the breakpoints of a file replaces those it had', () => {
  const table = new BreakpointTable(() => undefined, new Conditions(() => undefined));
  table.set(FILE, [{ line: 1 }, { line: 2 }], []);
  table.set(FILE, [{ line: 2 }], []);

  expect(table.forProgram(FILE)).toEqual([{ id: 3, line: 2 }]);
});
