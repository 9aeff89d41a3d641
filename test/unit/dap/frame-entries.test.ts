import { nameEntries } from '../../../adapter/src/dap/frame-entries';
import { preview } from '../../../adapter/src/dap/preview';
import { memoryTrace } from '../../../adapter/src/trace/memory-trace';
import type { Trace } from '../../../adapter/src/trace/trace';

const trace = memoryTrace(`
  call 1 <module>
  line 1 #1=dict('x': 5, 'y': True)
`);

/** The same, but that C code has changed all objects unheard. */
const outOfDate: Trace = Object.create(trace, {
  contents: {
    value: (step: number, object: number) => ({
      ...trace.contents(step, object),
      items: [],
      length: 0,
      unknown: true,
      unknownSince: 1,
    }),
  },
}) as Trace;

function shown(of: Trace): [string, string][] {
  const moment = { trace: of, step: 1 };
  return nameEntries(moment, 1).map(({ name, shows }) => [
    name,
    shows.kind === 'container' ? '…' : preview(moment, shows),
  ]);
}

test('names of a module are shown with their values', () => {
  expect(shown(trace)).toEqual([
    ['x', '5'],
    ['y', 'True'],
  ]);
});

test('names that are unknown are not shown as if there were none', () => {
  expect(shown(outOfDate)).toEqual([['names', '<dict: contents unknown since step 1>']]);
});
