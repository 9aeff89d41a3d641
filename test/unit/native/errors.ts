/** What was thrown, by tests of the addon. */

export function caught(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** The addon's errors belong to another realm than the tests, so their classes can't be compared. */
export function nameOf(work: () => unknown): unknown {
  const error = caught(work);
  return typeof error === 'object' && error !== null && 'name' in error ? error.name : error;
}
