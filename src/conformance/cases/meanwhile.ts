import type { Scene } from '../play/scene.ts'
import type { Move } from './case.ts'
import { does } from './moves.ts'

/** From here on the station answers this, should the CSMS want it: it need not. */
export function answersIf(action: string, payload: object): Move {
  return does(`the CSMS may send ${action}`, (scene) => {
    void keepAnswering(scene, action, scene.values.payload(payload))
  })
}

/** Until none comes for as long as the CSMS has for anything else. */
async function keepAnswering(
  { probe, stage }: Scene,
  action: string,
  payload: object,
): Promise<void> {
  for (;;) {
    const incoming = await probe.arrivals.next(action, stage.timeoutMs)
    if (!incoming) return
    probe.result(incoming, payload)
  }
}
