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
  pieces.push(printed(4, 'a'), printed(4, '\n'), printed(4, 'z'), printed(4, '\n'));
  expect(places.split(trace, 'stdout', 'a\nby C in the same line\nz\n')).toEqual([
    { text: 'a\n', step: 4 },
    { text: 'by C in the same line\n', step: undefined },
    { text: 'z\n', step: 4 },
  ]);
});

test('what was printed while the program caught its own output never arrives, and keeps nothing from its step', () => {
  const trace = recordingOf([
    printed(1, 'before\n'),
    ...[2, 3, 4].flatMap((step) => [printed(step, `caught ${step}`), printed(step, '\n')]),
    printed(7, 'shown'),
    printed(7, '\n'),
    printed(8, 'caught 4\n'),
  ]);
  const places = new OutputPlaces();

  expect(places.split(trace, 'stdout', 'before\nsho')).toEqual([
    { text: 'before\n', step: 1 },
    { text: 'sho', step: 7 },
  ]);
  expect(places.split(trace, 'stdout', 'wn\nby C\ncaught 4\n')).toEqual([
    { text: 'wn\n', step: 7 },
    { text: 'by C\n', step: undefined },
    { text: 'caught 4\n', step: 8 },
  ]);
});

test('of what never arrives, only as much is kept as may still be on its way', () => {
  const caught = Array.from({ length: 200_000 }, (_, step) => printed(step + 1, 'caught\n'));
  const places = new OutputPlaces();
  const trace = recordingOf([printed(0, 'old\n'), ...caught, printed(200_001, 'new\n')]);

  expect(places.split(trace, 'stdout', 'by C\n')).toEqual([{ text: 'by C\n', step: undefined }]);
  expect(places.split(trace, 'stdout', 'old\nnew\n')).toEqual([
    { text: 'old\n', step: undefined },
    { text: 'new\n', step: 200_001 },
  ]);
});
