export interface SustainedFacts {
  readonly steadySeconds: number
  /** CALLs that fell due in steady. */
  readonly offered: number
  /** CALLRESULTs that came in steady. */
  readonly achieved: number
  /** Of those due in steady: ended in anything but a valid CALLRESULT. */
  readonly errors: number
  /** Due in steady and never sent. */
  readonly dropped: number
  /** CALLs due and not settled, at every point of steady. */
  readonly backlog: readonly number[]
}

/** A rate that was held for less is not known to be sustained. */
export const leastSustainedSeconds = 60
const leastAchieved = 0.99
const mostErrors = 0.001
/** A backlog that grew by less than this much of the offered traffic is flat. */
const flatSeconds = 0.1
const flatAtLeast = 10

/** What keeps the offered rate from counting as sustained, a sentence each; empty where nothing does. */
export function whyNotSustained(facts: SustainedFacts): string[] {
  const short = facts.steadySeconds < leastSustainedSeconds
  return [
    ...(short ? [`steady lasted less than ${leastSustainedSeconds} s`] : []),
    ...whyNotHeld(facts),
  ]
}

/** The same rules over any length of time. */
export function whyNotHeld(facts: SustainedFacts): string[] {
  const { steadySeconds, offered, achieved, errors, dropped, backlog } = facts
  const reasons: string[] = []
  if (offered === 0) return ['nothing was offered']
  if (achieved < leastAchieved * offered) {
    reasons.push(`${percent(achieved / offered)} of what was offered was achieved, not 99 %`)
  }
  if (dropped > 0)
    reasons.push(dropped === 1 ? '1 CALL was dropped' : `${dropped} CALLs were dropped`)
  if (errors >= mostErrors * offered) {
    reasons.push(`${percent(errors / offered)} ended in errors, not below 0.1 %`)
  }
  const growth = growthOf(backlog)
  const flat = Math.max(flatAtLeast, (offered / Math.max(1, steadySeconds)) * flatSeconds)
  if (growth > flat) reasons.push(`the backlog grew by ${Math.round(growth)} CALLs`)
  return reasons
}

/** CALLs per second by which the backlog grew; `backlog` has a value per second. */
export function backlogSlope(backlog: readonly number[]): number {
  const between = backlog.length - Math.floor(backlog.length / 4)
  return backlog.length < 4 ? 0 : growthOf(backlog) / between
}

/** Mean of the last quarter less mean of the first. */
function growthOf(backlog: readonly number[]): number {
  const quarter = Math.floor(backlog.length / 4)
  if (quarter === 0) return 0
  return mean(backlog.slice(-quarter)) - mean(backlog.slice(0, quarter))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.01 ? 3 : 1)} %`
}
