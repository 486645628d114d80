import { afterEach, describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, validators } from '../../../../../test/helpers/station-peer.ts'
import type { Tariff } from '../../../../ocpp/tariff/tariff.ts'
import type { StationTemplate } from '../../../scenario/plan.ts'
import { protocol2x } from '../protocol.ts'

const protocol = protocol2x('ocpp2.1', validators)
const hour = 3_600_000
const tariff = (tariffId: string, priceKwh = 0.5, more: Partial<Tariff> = {}): Tariff => ({
  tariffId,
  currency: 'EUR',
  energy: { prices: [{ priceKwh }], taxRates: [{ type: 'vat', tax: 20 }] },
  ...more,
})
const ac = { connectors: ['cType2'], maxPowerW: 22_000, phases: 3, current: 'AC' } as const
const twoEvses = { evses: [ac, ac] }

let peer: StationPeer
afterEach(() => expect(peer.findings).toEqual([]))

const accepted = { idTokenInfo: { status: 'Accepted' } }

function open(
  configuration: Readonly<Record<string, string>> = {},
  template: Partial<StationTemplate> = {},
  version = protocol,
): Promise<StationPeer> {
  peer = new StationPeer(version, { ...template, configuration })
  peer.answers.set('Authorize', () => accepted)
  return peer.booted()
}

const setDefault = (some: Tariff, evseId = 0) =>
  peer.call('SetDefaultTariff', { evseId, tariff: some })
const plugIn = () => peer.act(peer.actor.plugIn(plug, ev))
const authorize = () => peer.act(peer.actor.authorize(plug, peer.actor.ownToken, peer.cancel))
const start = () => peer.act(peer.actor.start(plug, peer.cancel))
const charge = (forMs: number) => peer.act(peer.actor.charge(plug, { forMs }, peer.cancel), forMs)
const stop = () => peer.act(peer.actor.stop(plug, {}, peer.cancel))
const transactionId = () => String(peer.actor.variable('transactionId', plug))
const shown = (name: string) => peer.actor.variable(name, plug)

interface Told {
  readonly eventType: string
  readonly triggerReason: string
  readonly transactionInfo: { readonly tariffId?: string; readonly chargingState?: string }
  readonly costDetails?: {
    readonly chargingPeriods?: readonly object[]
    readonly totalCost: { readonly total: object; readonly typeOfCost: string }
    readonly totalUsage: { readonly energy: number }
  }
}
const events = () => peer.sent<Told>('TransactionEvent')

async function session(forMs = hour): Promise<void> {
  await plugIn()
  await authorize()
  await start()
  await charge(forMs)
}

describe('SetDefaultTariff', () => {
  test('[2.1 I07.FR.12, I09.FR.04] is installed at every EVSE, and listed', async () => {
    await open({}, twoEvses)
    expect(await peer.call('GetTariffs', { evseId: 0 })).toEqual({ status: 'NoTariff' })
    expect(await setDefault(tariff('T1'))).toEqual({ status: 'Accepted' })
    expect(await setDefault(tariff('T2'), 2)).toEqual({ status: 'Accepted' })
    expect(await peer.call('GetTariffs', { evseId: 0 })).toEqual({
      status: 'Accepted',
      tariffAssignments: [
        { tariffId: 'T1', tariffKind: 'DefaultTariff', evseIds: [1] },
        { tariffId: 'T2', tariffKind: 'DefaultTariff', evseIds: [2] },
      ],
    })
  })

  test('[2.1 I07.FR.19 to FR.21] one of a later date waits for it, and takes over', async () => {
    await open()
    await setDefault(tariff('now'))
    const validFrom = new Date(peer.clock.wallMs() + hour).toISOString()
    await setDefault(tariff('later', 1, { validFrom }))
    const ids = async () => {
      const { tariffAssignments } = await peer.call('GetTariffs', { evseId: 1 })
      return (tariffAssignments as { tariffId: string; validFrom?: string }[]).map(
        (some) => [some.tariffId, some.validFrom] as const,
      )
    }
    expect(await ids()).toEqual([
      ['now', undefined],
      ['later', validFrom],
    ])
    await peer.clock.run(hour)
    expect(await ids()).toEqual([['later', validFrom]])
  })

  test.each([
    ['I07.FR.04', tariff('T1'), 0, { status: 'DuplicateTariffId' }],
    [
      'I07.FR.06',
      tariff('T2'),
      9,
      { status: 'Rejected', statusInfo: { reasonCode: 'UnknownEvse' } },
    ],
    [
      'I07.FR.05',
      tariff('T2', 1, { currency: 'x' }),
      0,
      { status: 'Rejected', statusInfo: { reasonCode: 'InvalidValue' } },
    ],
    [
      'I07.FR.02',
      tariff('T2', 1, { energy: { prices: Array.from({ length: 17 }, () => ({ priceKwh: 1 })) } }),
      0,
      { status: 'TooManyElements' },
    ],
  ])('[2.1 %s] is refused', async (_clause, some, evseId, answer) => {
    await open()
    await setDefault(tariff('T1'))
    expect(await setDefault(some, evseId)).toMatchObject(answer)
  })

  test('[2.1 I07.FR.01] is not supported while tariffs are not enabled', async () => {
    await open({ 'TariffCostCtrlr.Enabled[Tariff]': 'false' })
    expect(
      await peer.outcome('SetDefaultTariff', { evseId: 0, tariff: tariff('T') }),
    ).toMatchObject({
      kind: 'error',
      wireCode: 'NotSupported',
    })
  })

  test('[2.1 I07.FR.13] survives a reboot', async () => {
    await open()
    await setDefault(tariff('T1'))
    peer.actor.powerLoss()
    await peer.act(peer.actor.powerUp(peer.cancel), 60_000)
    expect(await peer.call('GetTariffs', { evseId: 1 })).toMatchObject({ status: 'Accepted' })
  })
})

describe('ClearTariffs', () => {
  test('[2.1 I10.FR.02, FR.03, FR.05, FR.06] clears what matches id and place', async () => {
    await open({}, twoEvses)
    await setDefault(tariff('A'))
    await setDefault(tariff('B'), 2)
    const clear = (payload: object) => peer.call('ClearTariffs', payload)
    const none = { clearTariffsResult: [{ status: 'NoTariff' }] }
    expect(await clear({ tariffIds: ['A'], evseId: 2 })).toEqual(none)
    expect(await clear({ tariffIds: ['A', 'X'] })).toEqual({
      clearTariffsResult: [{ tariffId: 'A', status: 'Accepted' }],
    })
    expect(await clear({})).toEqual({
      clearTariffsResult: [{ tariffId: 'B', status: 'Accepted' }],
    })
    expect(await clear({})).toEqual(none)
  })

  test('[2.1 I10.FR.07] a transaction goes on with the tariff it has', async () => {
    await open()
    await setDefault(tariff('T1'))
    await session()
    await peer.call('ClearTariffs', {})
    await stop()
    expect(events().at(-1)?.costDetails?.totalCost.total).toEqual({ exclTax: 5.5, inclTax: 6.6 })
  })
})

describe('local cost', () => {
  test('[2.1 I12.FR.01, I07.FR.32] the tariff is told once, the cost at the end', async () => {
    await open()
    await setDefault(tariff('T1'))
    await session()
    await stop()
    const all = events()
    expect(all.flatMap(({ transactionInfo: { tariffId } }) => tariffId ?? [])).toEqual(['T1'])
    expect(all.filter(({ costDetails }) => costDetails)).toHaveLength(1)
    expect(all.at(-1)).toMatchObject({
      eventType: 'Ended',
      costDetails: {
        chargingPeriods: [{ tariffId: 'T1', dimensions: [{ type: 'Energy', volume: 11_000 }, {}] }],
        totalCost: { currency: 'EUR', total: { exclTax: 5.5, inclTax: 6.6 } },
        totalUsage: { energy: 11_000, chargingTime: 3600, idleTime: 0 },
      },
    })
    expect([shown('totalCost'), shown('currency'), shown('tariffId')]).toEqual([6.6, 'EUR', 'T1'])
  })

  test('[2.1 I12.FR.02, FR.03] running cost is told at its interval, without periods', async () => {
    await open({
      'TariffCostCtrlr.Enabled[RunningCost]': 'true',
      'TariffCostCtrlr.Interval[Cost]': '600',
      'SampledDataCtrlr.TxUpdatedInterval': '0',
    })
    await setDefault(tariff('T1'))
    await session()
    const told = events().filter(({ costDetails }) => costDetails)
    expect(told.map(({ triggerReason }) => triggerReason).slice(1)).toEqual(
      Array.from({ length: 6 }, () => 'RunningCost'),
    )
    expect(told[0]?.eventType).toBe('Started')
    expect(told.every(({ costDetails }) => costDetails?.chargingPeriods === undefined)).toBe(true)
    expect(told.map(({ costDetails }) => costDetails?.totalUsage.energy)).toEqual([
      0, 1833, 3667, 5500, 7333, 9167, 11_000,
    ])
  })

  test('[2.1 I08.FR.04, FR.06] a driver pays by his own tariff, which is forgotten afterwards', async () => {
    await open()
    await setDefault(tariff('T1'))
    peer.answers.set('Authorize', () => ({ ...accepted, tariff: tariff('mine', 0.1) }))
    await session()
    expect(await peer.call('GetTariffs', { evseId: 1 })).toMatchObject({
      tariffAssignments: [
        { tariffId: 'T1' },
        { tariffId: 'mine', tariffKind: 'DriverTariff', evseIds: [1], idTokens: ['TAG-1'] },
      ],
    })
    await stop()
    expect(events().at(-1)?.costDetails?.totalCost.total).toEqual({ exclTax: 1.1, inclTax: 1.32 })
    const { tariffAssignments } = await peer.call('GetTariffs', { evseId: 0 })
    expect(tariffAssignments).toHaveLength(1)
  })

  test.each([
    ['UseDefaultTariff', true, 'T1'],
    ['CentralCost', true, undefined],
    ['Deauthorize', false, undefined],
  ])('[2.1 I08.FR.30 to FR.36] a tariff that is none: %s', async (policy, charges, used) => {
    await open({ 'TariffCostCtrlr.HandleFailedTariff[Tariff]': policy })
    await setDefault(tariff('T1'))
    peer.answers.set('Authorize', () => ({
      ...accepted,
      tariff: tariff('bad', 1, { currency: '?' }),
    }))
    await plugIn()
    const result = await authorize()
    expect(result.ok).toBe(charges)
    expect(peer.sent('NotifyEvent')).toMatchObject([
      {
        eventData: [
          {
            trigger: 'Alerting',
            actualValue: 'true',
            techCode: 'InvalidValue',
            component: { name: 'TariffCostCtrlr' },
            variable: { name: 'Problem' },
          },
        ],
      },
    ])
    if (charges) await start()
    expect(events().flatMap(({ transactionInfo }) => transactionInfo.tariffId ?? [])).toEqual(
      used === undefined ? [] : [used],
    )
    peer.answers.set('Authorize', () => ({ ...accepted, tariff: tariff('good') }))
    if (charges) await stop()
    await authorize()
    expect(peer.sent('NotifyEvent').at(-1)).toMatchObject({
      eventData: [{ actualValue: 'false', cleared: true }],
    })
  })

  test('[2.1 I11.FR.07, FR.08] the CSMS changes the tariff of a transaction', async () => {
    await open()
    await setDefault(tariff('T1', 0.5))
    await session()
    const change = (some: Tariff, id = transactionId()) =>
      peer.call('ChangeTransactionTariff', { transactionId: id, tariff: some })
    expect(await change(tariff('T2', 1), 'no-such')).toEqual({ status: 'TxNotFound' })
    expect(await change(tariff('T2', 1, { currency: 'USD' }))).toEqual({
      status: 'NoCurrencyChange',
    })
    expect(await change(tariff('T2', 1))).toEqual({ status: 'Accepted' })
    expect(events().at(-1)).toMatchObject({
      triggerReason: 'TariffChanged',
      transactionInfo: { tariffId: 'T2' },
    })
    await charge(hour)
    await stop()
    expect(events().at(-1)?.costDetails).toMatchObject({
      chargingPeriods: [{ tariffId: 'T1' }, { tariffId: 'T2' }],
      totalCost: { total: { exclTax: 5.5 + 11 } },
    })
  })

  const refuse = () => peer.act(peer.actor.act(plug, { kind: 'tariffRefused' }))

  test('[2.1 I08.FR.20] a driver who does not accept the tariff charges no more', async () => {
    await open()
    peer.answers.set('Authorize', () => ({ ...accepted, tariff: tariff('mine') }))
    await session()
    expect(await refuse()).toMatchObject({ ok: true })
    expect(events().at(-1)).toMatchObject({
      eventType: 'Ended',
      triggerReason: 'TariffNotAccepted',
      transactionInfo: { stoppedReason: 'DeAuthorized' },
    })
    expect(await peer.call('GetTariffs', { evseId: 0 })).toEqual({ status: 'NoTariff' })
    expect(await refuse()).toMatchObject({ ok: false })
  })

  test('[2.1 I08.FR.20] nor where the transaction stays, until somebody else comes', async () => {
    await open({}, { txStartPoint: ['EVConnected'], txStopPoint: ['EVConnected'] })
    await setDefault(tariff('T1'))
    await session()
    await refuse()
    expect(events().at(-1)).toMatchObject({
      eventType: 'Updated',
      triggerReason: 'TariffNotAccepted',
      transactionInfo: { chargingState: 'EVConnected' },
    })
    await authorize()
    await start()
    expect(events().at(-1)?.transactionInfo.chargingState).toBe('Charging')
  })

  test('[2.1 I08.FR.20] before a transaction his token is accepted no more', async () => {
    await open({}, { txStartPoint: ['EnergyTransfer'] })
    peer.answers.set('Authorize', () => ({ ...accepted, tariff: tariff('mine') }))
    await plugIn()
    await authorize()
    expect(await refuse()).toMatchObject({ ok: true })
    expect(events()).toEqual([])
    expect(await peer.call('GetTariffs', { evseId: 0 })).toEqual({ status: 'NoTariff' })
  })

  test('[2.1 I12.FR.14, FR.18, FR.43] without its meter the station calculates nothing', async () => {
    await open()
    await setDefault(tariff('T1'))
    peer.answers.set('TransactionEvent', ({ eventType }) =>
      eventType === 'Ended' ? { totalCost: 7.25 } : accepted,
    )
    await session()
    await peer.act(peer.actor.fault(plug, { code: 'PowerMeterFailure' }))
    expect(events().at(-1)).toMatchObject({
      eventType: 'Ended',
      costDetails: {
        failureToCalculate: true,
        failureReason: 'the meter failed: PowerMeterFailure',
        totalCost: { total: { exclTax: 0, inclTax: 0 } },
      },
    })
    const problem = () =>
      peer
        .sent('NotifyEvent')
        .flatMap(({ eventData }) => eventData as { component: { name: string } }[])
        .findLast(({ component }) => component.name === 'TariffCostCtrlr')
    expect(problem()).toMatchObject({ actualValue: 'true', techCode: 'CostCalculationFailed' })
    // What the CSMS calculated instead.
    expect(shown('totalCost')).toBe(7.25)
    await peer.act(peer.actor.clearFault(plug))
    await peer.act(peer.actor.unplug(plug, peer.cancel))
    await session()
    await stop()
    expect(problem()).toMatchObject({ actualValue: 'false', cleared: true })
  })

  test('[2.1 E16.FR.05, FR.16] energy ends when the cost gets to its limit, to the second', async () => {
    await open({ 'SampledDataCtrlr.TxUpdatedInterval': '0' })
    await setDefault(tariff('T1'))
    peer.answers.set('TransactionEvent', ({ eventType }) =>
      eventType === 'Started' ? { ...accepted, transactionLimit: { maxCost: 3.3 } } : {},
    )
    await plugIn()
    await authorize()
    await start()
    await peer.clock.run(hour)
    expect(
      events()
        .map(({ triggerReason, transactionInfo: { chargingState } }) => [
          triggerReason,
          chargingState,
        ])
        .at(-1),
    ).toEqual(['CostLimitReached', 'SuspendedEVSE'])
    expect(shown('totalCost')).toBe(3.3)
    await stop()
    expect(events().at(-1)?.costDetails?.totalUsage.energy).toBe(5500)
  })

  test('[2.1 TxStartPoint EVConnected] what went on before the driver came counts, too', async () => {
    await open({}, { txStartPoint: ['EVConnected'] })
    await setDefault(tariff('T1', 0, { idleTime: { prices: [{ priceMinute: 0.1 }] } }))
    await plugIn()
    await peer.clock.run(600_000)
    await authorize()
    await start()
    await charge(hour)
    await stop()
    expect(events()[0]?.transactionInfo.tariffId).toBeUndefined()
    expect(events().at(-1)?.costDetails).toMatchObject({
      totalCost: { idleTime: { exclTax: 1 } },
      totalUsage: { idleTime: 600, chargingTime: 3600 },
    })
  })
})

describe.each([protocol2x('ocpp2.0.1', validators), protocol])('$version', (version) => {
  test('[2.0.1 I02.FR.03, FR.04, I03.FR.03] the driver sees what the CSMS says', async () => {
    await open({ 'TariffCostCtrlr.Currency': 'SEK' }, {}, version)
    peer.answers.set('TransactionEvent', ({ eventType }) =>
      eventType === 'Ended'
        ? { totalCost: 7.25, updatedPersonalMessage: { format: 'ASCII', content: 'Thank you' } }
        : accepted,
    )
    await session()
    expect(
      await peer.call('CostUpdated', { transactionId: transactionId(), totalCost: 4 }),
    ).toEqual({})
    expect([shown('totalCost'), shown('currency')]).toEqual([4, 'SEK'])
    await stop()
    expect([shown('totalCost'), shown('priceMessage')]).toEqual([7.25, 'Thank you'])
    expect(await peer.call('CostUpdated', { transactionId: 'other', totalCost: 1 })).toEqual({})
    expect(shown('totalCost')).toBe(7.25)
  })

  test('[2.0.1 I01.FR.03, I04.FR.01, I05.FR.02] messages about prices', async () => {
    await open({ 'TariffCostCtrlr.TariffFallbackMessage': 'Ask' }, {}, version)
    expect(shown('priceMessage')).toBe('Ask')
    const personalMessage = { format: 'UTF8', content: '0.30 a kWh' }
    peer.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Accepted', personalMessage } }))
    await session()
    expect(shown('priceMessage')).toBe('0.30 a kWh')
    peer.cut()
    await peer.clock.run(0)
    await stop()
    expect(shown('priceMessage')).toBe('The bill tells the cost')
  })
})

test('[2.0.1] knows no tariffs', async () => {
  await open({}, {}, protocol2x('ocpp2.0.1', validators))
  await session()
  await stop()
  expect(events().every((event) => event.costDetails === undefined)).toBe(true)
})

test('[2.1 E16.FR.11, FR.15] central cost, too, ends energy at the limit', async () => {
  await open()
  peer.answers.set('TransactionEvent', ({ eventType }) =>
    eventType === 'Started' ? { ...accepted, transactionLimit: { maxCost: 5 } } : {},
  )
  await session()
  await peer.call('CostUpdated', { transactionId: transactionId(), totalCost: 4.9 })
  expect(events().at(-1)?.triggerReason).not.toBe('CostLimitReached')
  await peer.call('CostUpdated', { transactionId: transactionId(), totalCost: 5 })
  expect(events().at(-1)?.triggerReason).toBe('CostLimitReached')
})
