import type { Incoming } from './probe.ts'
import type { Scene } from './scene.ts'
import { CaseError, CaseUnable } from './stage.ts'

/** What a hook is told. */
interface Ordering {
  readonly action: string
  readonly payload: object
  /** How long it may take until the CALL has come, milliseconds; default that of the run. */
  readonly withinMs?: number
}

/**
 * A hook makes the CSMS send a CALL: undefined where none came. The hook itself may go on until the
 * CALL is answered, so nobody waits for it. A CALL of the kind that came before was nobody's order,
 * and is answered as such. Throws `CaseError` where the hook failed, or where there is none.
 */
export async function ordered(
  { stage, values }: Scene,
  { action, payload, withinMs }: Ordering,
): Promise<Incoming | undefined> {
  const { hooks, version, probe, timeoutMs } = stage
  const hook = hooks.find((one) => one.can(version, action))
  if (!hook) throw new CaseError(`nothing makes the CSMS send ${action}`)
  const patienceMs = withinMs ?? hook.patienceMs?.(version, action) ?? timeoutMs
  probe.dismiss(action)
  const coming = probe.arrivals.next(action, patienceMs)
  const stationId = String(values.get('stationId'))
  return await new Promise((resolve, reject) => {
    void coming.then(resolve)
    void hook.order({ stationId, version, action, payload }).then((made) => {
      if (made.kind === 'failed') reject(new CaseError(`${hook.name}: ${made.reason}`))
      if (made.kind === 'unable') reject(new CaseUnable(made.reason))
    })
  })
}
