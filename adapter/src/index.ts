/** Execorder for TypeScript: record a Python program, and look into any step of a recording. */

export { UserError } from './errors';
export { record, type RecordOptions } from './api/record';
export { Recording } from './api/recording';
export type { Binding, State } from './api/state';
export type {
  Change,
  Contents,
  Frame,
  Info,
  Output,
  Step,
  StepKind,
  Thread,
  Value,
  Variable,
} from './trace/trace';
