import { OutputPlaces } from '../../../adapter/src/dap/output-places';
import type { Output, Trace } from '../../../adapter/src/trace/trace';

/** A recording of which only the output matters; what is pushed later was recorded later. */
function recordingOf(pieces: readonly Output[]): Trace {
  return {
    refresh: () => true,
    output: (from: number, count: number) => pieces.slice(from, from + count),
  } as unknown as Trace;
}

function printed(step: number, text: string): Output {
  return { index: 0, step, stream: 'stdout', text };
}

test('what arrives is told apart by the steps that printed it, however it was cut', () => {
  const trace = recordingOf([printed(1, 'one'), printed(1, '\n'), printed(5, 'two\n')]);
  const places = new OutputPlaces();

  expect(places.split(trace, 'stdout', 'on')).toEqual([{ text: 'on', step: 1 }]);
  expect(places.split(trace, 'stdout', 'e')).toEqual([{ text: 'e', step: 1 }]);
  expect(places.split(trace, 'stdout', '\ntwo\n')).toEqual([
    { text: '\n', step: 1 },
    { text: 'two\n', step: 5 },
  ]);
});

test('what arrives before the recording holds it does not move the places of what comes later', () => {
  const pieces: Output[] = [];
  const trace = recordingOf(pieces);
  const places = new OutputPlaces();

  expect(places.split(trace, 'stdout', 'early')).toEqual([{ text: 'early', step: undefined }]);
  pieces.push(printed(1, 'early'), printed(2, 'in time'));
  expect(places.split(trace, 'stdout', 'in time')).toEqual([{ text: 'in time', step: 2 }]);
});

test("what is printed past Python's own streams has no step, and leaves the others theirs", () => {
  const pieces: Output[] = [];
  const trace = recordingOf(pieces);
  const places = new OutputPlaces();

  expect(places.split(trace, 'stdout', 'by C\n')).toEqual([{ text: 'by C\n', step: undefined }]);
  pieces.push(printed(3, 'by Python\n'));
  expect(places.split(trace, 'stdout', 'again by C\nby Python\n')).toEqual([
    { text: 'again by C\n', step: undefined },
    { text: 'by Python\n', step: 3 },
  ]);
});
