import { test } from 'vitest'
import type { Actions21 } from '../../../src/ocpp/v21/actions.ts'
import type { StationActor } from '../../../src/simulator/steps/actor.ts'
import { Evidence } from '../evidence.ts'
import { cancel, plug } from '../lab.ts'
import { type Lab21, startLab21 } from './lab2x.ts'

/* S. Batteries that are exchanged. */

const evidence = new Evidence<Actions21>('ocpp2.1', 'battery-swap')

const slot = { connectors: 'bBatterySlot', maxPower: '1kW', current: 'DC' }
const battery = { batteryWh: 2000, maxPowerW: 1000, phases: 3, taperFrom: 1 } as const

/** Slot 1 is empty, in slot 2 is a charged battery. */
async function stocked(lab: Lab21): Promise<StationActor> {
  const actor = await lab.connect({ station: { evses: [slot, slot] }, speed: 60 })
  const second = { evse: 2, connector: 1 }
  await actor.plugIn(second, { ...battery, soc: 0.95 })
  await actor.authorize(second, actor.ownToken, cancel)
  await actor.start(second, cancel)
  return actor
}

const swap = (actor: StationActor) =>
  actor.act(plug, {
    kind: 'batteriesSwapped',
    batteries: [{ evse: 1, ev: { ...battery, soc: 0.2 }, soh: 0.9 }],
    out: undefined,
    collect: true,
    token: undefined,
  })

interface SwapRow {
  readonly requestId: number
  readonly requestedAt?: string
  readonly batteriesIn?: readonly { readonly evseId: number }[]
}
const lastSwap = async (lab: Lab21) =>
  (await lab.known<readonly SwapRow[]>('battery-swaps'))?.at(-1)

test('[2.1 S02] RequestBatterySwap', async () => {
  await using lab = await startLab21()
  const actor = await stocked(lab)
  const request = { requestId: 42, idToken: { idToken: 'T1', type: 'Central' } }
  await evidence.shows(lab, 'RequestBatterySwap', {
    call: () => lab.command('RequestBatterySwap', request),
    station: {
      clause: '2.1 S02.FR.02',
      afterwards: () => swap(actor),
      effect(seen) {
        const events = seen.calls('BatterySwap').filter(({ requestId }) => requestId === 42)
        const asked = seen.calls('Authorize').some(({ idToken }) => idToken.idToken === 'T1')
        return events.length > 0 && !asked
          ? 'its driver swaps without being asked for: BatterySwap of request 42'
          : undefined
      },
    },
    csms: {
      clause: '2.1 S02',
      async effect() {
        const row = await lastSwap(lab)
        return row?.requestedAt && `swap ${row.requestId} is awaited`
      },
    },
  })
})

test('[2.1 S03] BatterySwap', async () => {
  await using lab = await startLab21()
  const actor = await stocked(lab)
  await evidence.shows(lab, 'BatterySwap', {
    call: () => swap(actor),
    station: {
      clause: '2.1 S03.FR.04',
      effect(seen) {
        const out = seen.calls('BatterySwap').find(({ eventType }) => eventType === 'BatteryOut')
        const [given] = out?.batteryData ?? []
        return given && `then it gives the battery of slot ${given.evseId}, the fuller one`
      },
    },
    csms: {
      clause: '2.1 S03',
      async effect() {
        const [arrived] = (await lastSwap(lab))?.batteriesIn ?? []
        return arrived && `a battery is known to have come into slot ${arrived.evseId}`
      },
    },
  })
})

test('what was seen is written down', () => evidence.isWrittenDown())
