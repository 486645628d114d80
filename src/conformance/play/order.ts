import type { Incoming } from './probe.ts'
import { CaseError, type Stage } from './stage.ts'

/** A hook makes the CSMS send a CALL. Throws `CaseError` where none can, or where it failed. */
export async function order(
  { hooks, version, fixtures }: Pick<Stage, 'hooks' | 'version' | 'fixtures'>,
  action: string,
  payload: object,
  stationId = String(fixtures['stationId']),
): Promise<void> {
  const hook = hooks.find((one) => one.can(version, action))
  if (!hook) throw new CaseError(`nothing makes the CSMS send ${action}`)
  const made = await hook.order({ stationId, version, action, payload })
  if (made.kind === 'failed') throw new CaseError(`${hook.name}: ${made.reason}`)
}

/** Orders a CALL and waits until it has come; undefined where it did not. */
export async function ordered(
  stage: Pick<Stage, 'hooks' | 'version' | 'fixtures' | 'probe' | 'timeoutMs'>,
  action: string,
  payload: object,
): Promise<Incoming | undefined> {
  const coming = stage.probe.arrivals.next(action, stage.timeoutMs)
  await order(stage, action, payload)
  return await coming
}
