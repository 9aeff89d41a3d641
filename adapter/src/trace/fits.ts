/** What a filter means, said once in TypeScript; the store's reader says the same in C over its indexes. */

import type { Filter, Step } from './trace';

export function fits(step: Step, filter: Filter): boolean {
  return (
    (filter.kinds === undefined || filter.kinds.includes(step.kind)) &&
    (filter.thread === undefined || filter.thread === step.thread) &&
    (filter.frame === undefined || filter.frame === step.frame) &&
    (filter.maxDepth === undefined || step.depth <= filter.maxDepth) &&
    (filter.visits === undefined || isVisit(step, filter.visits))
  );
}

function isVisit(step: Step, visits: NonNullable<Filter['visits']>): boolean {
  return step.kind === 'line' && visits.some((visit) => visit.line === step.line && visit.file === step.file);
}
