import type { PlayedCase } from '../../src/conformance/run/conformance-run.ts'

/** `K_01` of `TC_K_01_CSMS`. */
export const shortId = (id: string): string => id.slice(3, -5)

const redOf = (results: readonly PlayedCase[]) =>
  results.filter(({ verdict }) => verdict !== 'pass')

/** The cases that did not pass, each with its verdict where that is another than `fail`. */
export function redCases(results: readonly PlayedCase[]): string {
  return redOf(results)
    .map(({ id, verdict }) => (verdict === 'fail' ? shortId(id) : `${shortId(id)} ${verdict}`))
    .join(', ')
}

/** The cases that did not pass, and why: the verdict, the checks that failed, the reason if one was given. */
export function whyRed(
  results: readonly PlayedCase[],
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    redOf(results).map(({ id, verdict, checks, reason }) => {
      const failed = checks.filter(({ passed }) => !passed).map(({ name }) => name)
      return [shortId(id), [verdict, ...failed, ...(reason === undefined ? [] : [reason])]]
    }),
  )
}
