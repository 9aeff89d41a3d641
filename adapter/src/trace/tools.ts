/** What can be done with a whole recording in its file. */

export { check, compact, redact, sizes, trim } from 'execorder-native';
export type { CheckReport, RedactReport, SizeKind } from 'execorder-native';
