/** Waiting that can be given up. */

/** What the work gives; rejects with the signal's reason as soon as that is aborted, and the work is left alone. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let leave: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason as Error);
    signal.addEventListener('abort', leave);
  });
  if (signal.aborted) {
    leave();
  }
  return Promise.race([aborted, work]).finally(() => signal.removeEventListener('abort', leave));
}
