import { newSteps } from '../../../adapter/src/dap/growth';
import type { Trace } from '../../../adapter/src/trace/trace';

test('a search in a recording that always grows can be given up', async () => {
  const trace = { refresh: () => true } as Trace;
  const search = new AbortController();
  const follow = async (): Promise<never> => {
    for (;;) {
      await newSteps(trace, () => true, search.signal);
    }
  };
  setTimeout(() => search.abort(), 1);

  await expect(follow()).rejects.toMatchObject({ name: 'AbortError' });
});
