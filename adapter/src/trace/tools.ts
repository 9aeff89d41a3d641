/** What can be done with a whole recording in its file. */

export { check, compact, fidelity, redact, sizes, trim } from 'execorder-native';
export type { CheckReport, FidelityReport, RedactReport, SizeKind } from 'execorder-native';
