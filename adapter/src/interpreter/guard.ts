/** Whatever way this process ends, what it started ends with it, the newest first. Answers how to stop that. */
export function guard(end: () => void): () => void {
  process.prependOnceListener('exit', end);
  return () => process.off('exit', end);
}
