import { discoverInterpreters } from '../../adapter/src/interpreter/discover';
import { versionText, type Interpreter } from '../../adapter/src/interpreter/interpreter';
import { preparePythonPath } from '../../adapter/src/interpreter/python-path';
import { missingVersions } from '../../adapter/src/interpreter/support';
import { messageOf } from '../../adapter/src/errors';
import { PREPARED, type TestPython } from './pythons';

/** Once per jest run: finds the interpreters and builds the recorder for each, so that tests need not wait or race. */
export default async function prepare(): Promise<void> {
  const found: TestPython[] = [];
  const interpreters = await discoverInterpreters();
  const missing = missingVersions(interpreters);
  if (missing.length > 0) {
    process.stderr.write(`Not on this machine, so not tested: Python ${missing.join(', ')}\n`);
  }
  for (const interpreter of interpreters.filter(isAskedFor)) {
    found.push(await prepareOne(interpreter));
  }
  process.env[PREPARED] = JSON.stringify(found);
}

/** While one works on a part: EXECORDER_TEST_VERSIONS=3.9,3.13 leaves the other interpreters out. */
function isAskedFor({ version }: Interpreter): boolean {
  const asked = process.env['EXECORDER_TEST_VERSIONS'] ?? '';
  return asked === '' || asked.split(',').includes(`${version[0]}.${version[1]}`);
}

/** What can't be built fails the tests that need it, not all the others. */
async function prepareOne(interpreter: Interpreter): Promise<TestPython> {
  const about = { version: versionText(interpreter), command: interpreter.command };
  const onProgress = (text: string): unknown => process.stderr.write(`${text}\n`);
  try {
    return { ...about, pythonPath: await preparePythonPath(interpreter, { onProgress }) };
  } catch (error) {
    return { ...about, problem: messageOf(error) };
  }
}
