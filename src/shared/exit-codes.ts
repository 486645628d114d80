/** What a script reads from `$?`. k6's numbers where the meaning is the same. */
export const exitCodes = {
  passed: 0,
  internalFault: 1,
  usage: 2,
  conformance: 3,
  targetUnreachable: 4,
  generatorLimited: 5,
  thresholdFailed: 99,
  invalidConfiguration: 104,
  interrupted: 105,
  aborted: 108,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** When several apply, the first of these is the process's; the report lists all. */
export const exitCodePrecedence: readonly ExitCode[] = [
  exitCodes.internalFault,
  exitCodes.interrupted,
  exitCodes.aborted,
  exitCodes.targetUnreachable,
  exitCodes.generatorLimited,
  exitCodes.conformance,
  exitCodes.thresholdFailed,
]

/** The one code a run with these findings ends with. */
export function foremostExitCode(codes: Iterable<ExitCode>): ExitCode {
  const present = new Set(codes)
  return exitCodePrecedence.find((code) => present.has(code)) ?? exitCodes.passed
}
