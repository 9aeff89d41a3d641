import path from 'node:path';
import { probe } from '../../adapter/src/interpreter/probe';
import { newestPython } from '../support/pythons';
import { runSanitized, sanitize, sanitizerRuntime, type Sanitized } from './sanitized';
import { failuresOf } from './unit-tests';

/** A part of what `npm run test:memory` does on every interpreter: what touches memory in as many ways as possible. */
const ROOT = path.resolve(__dirname, '../..');
const PROGRAMS = [
  'address_reuse.py',
  'bytearray_views.py',
  'dicts_methods.py',
  'generators.py',
  'lists_from_c.py',
  'threads.py',
];
const UNIT_TESTS = 'test_several.py';

const runtime = sanitizerRuntime();

(runtime === undefined ? describe.skip : describe)(
  runtime === undefined
    ? 'the C compiler brings no AddressSanitizer, so memory is not watched'
    : 'AddressSanitizer and UndefinedBehaviorSanitizer',
  () => {
    let sanitized: Sanitized;

    beforeAll(async () => {
      sanitized = sanitize(ROOT, await probe(newestPython().command), runtime ?? '');
    });

    test('say nothing while programs are recorded and their states are read', () => {
      const programs = PROGRAMS.map((name) => path.join(ROOT, 'test/fidelity/corpus', name));
      const words = [path.join(ROOT, 'test/fidelity/compare.py'), '--sample', '5', ...programs];
      const { status, stdout, reports } = runSanitized(sanitized, words);
      expect({ status, reports, stdout }).toEqual({ status: 0, reports: [], stdout });
    });

    test(`say nothing while ${UNIT_TESTS} runs`, () => {
      expect(failuresOf(sanitized, path.join(ROOT, 'test/python', UNIT_TESTS))).toEqual([]);
    });
  },
);
