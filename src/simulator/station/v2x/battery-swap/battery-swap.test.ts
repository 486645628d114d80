import { afterEach, describe, expect, test } from 'vitest'
import { StationPeer, validators } from '../../../../../test/helpers/station-peer.ts'
import type { EvPlan, EvsePlan, StationTemplate } from '../../../scenario/plan.ts'
import type { BatterySwap } from '../../../steps/acts.ts'
import { protocol2x } from '../protocol.ts'

const protocol = protocol2x('ocpp2.1', validators)
const slot: EvsePlan = { connectors: ['bBatterySlot'], maxPowerW: 1_000, phases: 1, current: 'DC' }
const battery: EvPlan = { batteryWh: 2_000, soc: 0.2, maxPowerW: 1_000, phases: 1, taperFrom: 1 }
const template: Partial<StationTemplate> = { evses: [slot, slot, slot, slot] }
const at = (evse: number) => ({ evse, connector: 1 })

let peer: StationPeer
afterEach(() => {
  peer.station.stop({ graceful: true })
  expect(peer.findings).toEqual([])
})

/** Charged batteries are in the slots 3 and 4. */
async function stocked(configuration: Readonly<Record<string, string>> = {}): Promise<void> {
  peer = new StationPeer(protocol, { ...template, configuration })
  peer.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Accepted' } }))
  await peer.booted()
  for (const [evse, soc] of [
    [3, 0.95],
    [4, 0.85],
  ] as const) {
    await peer.act(peer.actor.plugIn(at(evse), { ...battery, soc }))
    await peer.act(peer.actor.start(at(evse), peer.cancel))
  }
  peer.forget()
}
const swap = (some: Partial<BatterySwap> = {}, ms = 0) =>
  peer.act(
    peer.actor.act(at(1), {
      kind: 'batteriesSwapped',
      batteries: [{ evse: 1, soh: 0.9, ev: battery }],
      out: undefined,
      collect: true,
      token: undefined,
      ...some,
    }),
    ms,
  )
const request = (requestId = 77) =>
  peer.call('RequestBatterySwap', { requestId, idToken: { idToken: 'APP', type: 'Central' } })
const told = () =>
  peer
    .sent('BatterySwap')
    .map(({ eventType, requestId, idToken, batteryData }) => [
      eventType,
      requestId,
      (idToken as { readonly idToken: string }).idToken,
      (batteryData as readonly { readonly evseId: number; readonly soC: number }[]).map(
        ({ evseId, soC }) => [evseId, soC],
      ),
    ])

describe('a battery swap', () => {
  test('[2.1 S01, S03] takes a used battery into a slot and gives the fullest away', async () => {
    await stocked()
    expect(await swap()).toMatchObject({ ok: true })
    expect(told()).toEqual([
      ['BatteryIn', 1, 'TAG-1', [[1, 20]]],
      ['BatteryOut', 1, 'TAG-1', [[3, 95]]],
    ])
    expect(peer.actions().filter((action) => action !== 'StatusNotification')).toEqual([
      'Authorize',
      'TransactionEvent',
      'TransactionEvent',
      'BatterySwap',
      'TransactionEvent',
      'BatterySwap',
    ])
    expect(peer.sent('StatusNotification')).toMatchObject([
      { evseId: 1, connectorStatus: 'Occupied' },
      { evseId: 3, connectorStatus: 'Available' },
    ])
  })

  test('[2.1 S02] that the CSMS requested needs no other authorization', async () => {
    await stocked()
    expect(await request()).toEqual({ status: 'Accepted' })
    await swap()
    expect(told().map(([event, id, token]) => [event, id, token])).toEqual([
      ['BatteryIn', 77, 'APP'],
      ['BatteryOut', 77, 'APP'],
    ])
    expect(peer.sent('Authorize')).toEqual([])
  })

  test('[2.1 S02.FR.04] is Rejected where no battery is charged, or somebody is expected', async () => {
    await stocked({ 'BatterySwapCtrlr.TargetSoC': '99' })
    expect(await request()).toMatchObject({ statusInfo: { reasonCode: 'NoBatteryAvailable' } })
    peer.station.stop({ graceful: true })
    await stocked()
    await request()
    expect(await request(78)).toMatchObject({ statusInfo: { reasonCode: 'Busy' } })
    await peer.clock.run(120_000)
    expect(await request(79)).toEqual({ status: 'Accepted' })
  })

  test('[2.1 S03.FR.06] whose battery nobody takes says so, and keeps it', async () => {
    await stocked({ 'BatterySwapCtrlr.Timeout[Out]': '60' })
    const swapping = swap({ collect: false }, 59_000)
    await peer.clock.run(0)
    expect(told().map(([event]) => event)).toEqual(['BatteryIn'])
    await peer.clock.run(61_000)
    await swapping
    expect(told().map(([event]) => event)).toEqual(['BatteryIn', 'BatteryOutTimeout'])
    expect(peer.station.evse(3)?.outlet.pluggedIn).toBe(true)
  })

  test('[2.1 S03] may go the other way round, through the same slot', async () => {
    await stocked({ 'BatterySwapCtrlr.SwapOrder': 'Out-In' })
    await swap({ batteries: [{ evse: 3, soh: 1, ev: battery }], out: [3] })
    expect(told().map(([event]) => event)).toEqual(['BatteryOut', 'BatteryIn'])
  })

  test('does not happen with a full slot, an empty one, or a token that is refused', async () => {
    await stocked()
    expect(await swap({ batteries: [{ evse: 3, soh: 1, ev: battery }] })).toMatchObject({
      reason: 'there is a battery in slot 3',
    })
    expect(await swap({ out: [2] })).toMatchObject({ reason: 'there is no battery in slot 2' })
    peer.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Blocked' } }))
    expect(await swap({ token: { idToken: 'BAD', type: 'Central' } })).toMatchObject({ ok: false })
    expect(told()).toEqual([])
  })

  test('[2.1 S04.FR.06] leaves a battery that charges up to MaxSoc and no further', async () => {
    await stocked({ 'BatterySwapCtrlr.MaxSoc': '90' })
    await swap()
    await peer.clock.run(2 * 3_600_000)
    const [first] = peer.station.evses
    first?.advance()
    expect(first?.outlet.soc).toBeCloseTo(0.9)
    expect(peer.sent('TransactionEvent').at(-1)).toMatchObject({
      transactionInfo: { chargingState: 'SuspendedEVSE' },
    })
  })

  test('[2.1 S04.FR.10] shows its cartridges, and keeps MaxSoc above TargetSoC', async () => {
    await stocked()
    const read = (name: string, variable: string, evse: number) =>
      peer.call('GetVariables', {
        getVariableData: [
          { component: { name, evse: { id: evse } }, variable: { name: variable } },
        ],
      })
    expect(await read('BatteryCartridge', 'SoC', 3)).toMatchObject({
      getVariableResult: [{ attributeStatus: 'Accepted', attributeValue: '95' }],
    })
    expect(await read('BatteryCartridge', 'SoC', 1)).toMatchObject({
      getVariableResult: [{ attributeStatus: 'UnknownComponent' }],
    })
    const answer = await peer.call('SetVariables', {
      setVariableData: [
        {
          component: { name: 'BatterySwapCtrlr' },
          variable: { name: 'MaxSoc' },
          attributeValue: '70',
        },
      ],
    })
    expect(answer).toMatchObject({ setVariableResult: [{ attributeStatus: 'Rejected' }] })
  })
})

test('a station without slots knows nothing of it', async () => {
  peer = new StationPeer(protocol)
  await peer.booted()
  expect(await request()).toMatchObject({ statusInfo: { reasonCode: 'UnsupportedRequest' } })
  expect(await swap()).toMatchObject({ reason: 'the station has no slots for batteries' })
})
