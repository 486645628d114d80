import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import {
  ac22,
  ChargingBench,
  minute,
  one,
  told,
} from '../../../../../test/helpers/charging-bench.ts'
import { evSchedule } from './ev-schedule.ts'

let bench: ChargingBench | undefined
afterEach(() => expect(bench?.findings ?? []).toEqual([]))

const needs = { energyWh: 20_000, departureMs: 4 * 60 * minute, maxScheduleTuples: 8 }
const schedules = (of: ChargingBench) =>
  of.sent('NotifyEVChargingSchedule').map(({ chargingSchedule }) => {
    const { chargingSchedulePeriod } = chargingSchedule as { chargingSchedulePeriod: unknown }
    return chargingSchedulePeriod
  })

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)(
  'an EV with ISO 15118 at a %s station',
  (version) => {
    const booted = async (configuration: Record<string, string> = {}) => {
      bench = new ChargingBench(version, configuration)
      return bench.booted()
    }

    test('[2.0.1 K15.FR.01] tells what it needs once its transaction is known', async () => {
      const it = await booted()
      await it.act(it.actor.plugIn(one, { ...ev, needs }))
      expect(it.sent('NotifyEVChargingNeeds')).toEqual([])
      await it.act(it.actor.start(one, it.cancel))
      expect(it.actions().indexOf('NotifyEVChargingNeeds')).toBeGreaterThan(
        it.actions().indexOf('TransactionEvent'),
      )
      expect(it.sent('NotifyEVChargingNeeds')).toEqual([
        {
          evseId: 1,
          maxScheduleTuples: 8,
          chargingNeeds: {
            requestedEnergyTransfer: 'AC_three_phase',
            departureTime: '2026-01-01T04:00:00.000Z',
            acChargingParameters: {
              energyAmount: 20_000,
              evMinCurrent: 6,
              evMaxCurrent: 16,
              evMaxVoltage: 398,
            },
          },
        },
      ])
    })

    test('[2.0.1 K15.FR.10] plans with the profile it gets, and tells the plan', async () => {
      const it = await booted()
      const transactionId = await it.charge(one, { needs })
      expect(it.sent('NotifyEVChargingSchedule')).toEqual([])
      const tx = { id: 9, chargingProfilePurpose: 'TxProfile', transactionId, limit: 5000 }
      expect(await it.set(1, told(tx))).toBe('Accepted')
      await it.clock.run(0)
      // 20 kWh at 5 kW take the four hours that it stays.
      expect(it.sent('NotifyEVChargingSchedule')).toMatchObject([
        {
          evseId: 1,
          timeBase: '2026-01-01T00:00:00.000Z',
          chargingSchedule: {
            chargingRateUnit: 'W',
            duration: 14_400,
            chargingSchedulePeriod: [{ startPeriod: 0, limit: 5000 }],
          },
          ...(version === 'ocpp2.1' && { selectedChargingScheduleId: 1 }),
        },
      ])
      it.forget()
      // [2.0.1 K16.FR.02] The CSMS changes its mind: 11 kW, then it has enough.
      await it.set(1, told({ ...tx, limit: 20_000 }))
      await it.clock.run(0)
      expect(schedules(it)).toEqual([
        [
          { startPeriod: 0, limit: 11_000 },
          { startPeriod: 6546, limit: 0 },
        ],
      ])
    })

    test('[2.0.1 K15] follows the first of several schedules that brings what it wants', async () => {
      const it = await booted()
      const transactionId = await it.charge(one, { needs })
      const schedule = (id: number, limit: number) => ({
        id,
        chargingRateUnit: 'W',
        chargingSchedulePeriod: [{ startPeriod: 0, limit }],
      })
      await it.set(1, {
        ...told({ id: 9, chargingProfilePurpose: 'TxProfile', transactionId }),
        chargingSchedule: [schedule(11, 2000), schedule(12, 6000), schedule(13, 11_000)],
      })
      await it.clock.run(0)
      expect(it.sent('NotifyEVChargingSchedule')[0]?.['chargingSchedule']).toMatchObject({ id: 12 })
      expect(it.powerW()).toBe(6000)
    })

    test('[2.0.1 K15.FR.04] without a profile of its own it plans with what holds', async () => {
      const it = await booted()
      await it.set(0, told({ limit: 4000 }))
      it.answers.set('NotifyEVChargingNeeds', () => ({ status: 'Rejected' }))
      await it.act(it.actor.plugIn(one, { ...ev, needs }))
      await it.act(it.actor.start(one, it.cancel))
      expect(schedules(it)).toEqual([[{ startPeriod: 0, limit: 4000 }]])
    })

    test('[2.0.1 K17] tells new needs in the middle of its transaction', async () => {
      const it = await booted()
      await it.charge(one, { needs })
      const hurried = { energyWh: 10_000, departureMs: 30 * minute }
      expect(await it.act(it.actor.act(one, { kind: 'needs', needs: hurried }))).toMatchObject({
        ok: true,
        answer: { status: 'Accepted' },
      })
      expect(it.sent('NotifyEVChargingNeeds')).toMatchObject([
        { chargingNeeds: { departureTime: '2026-01-01T00:30:00.000Z' } },
      ])
    })

    test('[2.0.1 K15] offline it waits until the CSMS knows the transaction', async () => {
      const it = await booted()
      it.actor.disconnect({})
      await it.charge(one, { needs })
      expect(it.sent('NotifyEVChargingNeeds')).toEqual([])
      await it.act(it.actor.reconnect(it.cancel), 1000)
      expect(it.sent('NotifyEVChargingNeeds')).toHaveLength(1)
    })
  },
)

const ev = { batteryWh: 60_000, soc: 0.2, maxPowerW: 11_000, phases: 3, taperFrom: 0.8 } as const

describe('an EV on DC', () => {
  test('[2.0.1 K15] tells its battery, too', async () => {
    const dc = { ...ac22, connectors: ['cCCS2'], current: 'DC', maxPowerW: 150_000 } as const
    bench = new ChargingBench('ocpp2.0.1', {}, { evses: [dc] })
    await bench.booted()
    await bench.act(bench.actor.plugIn(one, { ...ev, maxPowerW: 92_000, needs: {} }))
    await bench.act(bench.actor.start(one, bench.cancel))
    expect(bench.sent('NotifyEVChargingNeeds')[0]?.['chargingNeeds']).toEqual({
      requestedEnergyTransfer: 'DC',
      dcChargingParameters: {
        evMaxCurrent: 200,
        evMaxVoltage: 920,
        energyAmount: 48_000,
        evMaxPower: 92_000,
        stateOfCharge: 20,
        evEnergyCapacity: 60_000,
        fullSoC: 100,
        bulkSoC: 80,
      },
    })
  })
})

describe('an EV with ISO 15118-20', () => {
  test('[2.1 K18.FR.23, K19.FR.16] that may not have what it asks for ends its transaction', async () => {
    bench = new ChargingBench('ocpp2.1')
    await bench.booted()
    bench.answers.set('NotifyEVChargingNeeds', () => ({ status: 'Rejected' }))
    const dynamic = { ...needs, control: 'dynamic' } as const
    await bench.act(bench.actor.plugIn(one, { ...ev, needs: dynamic }))
    await bench.act(bench.actor.start(one, bench.cancel))
    await bench.clock.run(0)
    expect(bench.sent('NotifyEVChargingNeeds')[0]?.['chargingNeeds']).toMatchObject({
      controlMode: 'DynamicControl',
      mobilityNeedsMode: 'EVCC',
    })
    expect(bench.sent('TransactionEvent').at(-1)).toMatchObject({
      eventType: 'Ended',
      transactionInfo: { stoppedReason: 'ReqEnergyTransferRejected' },
    })
  })
})

describe('an EV of ISO 15118-20 that tells its phases apart', () => {
  const apart = { control: 'dynamic', byPhase: true } as const
  const profile = (periodOf: object, more: object = {}) =>
    told({
      id: 7,
      chargingProfilePurpose: 'TxProfile',
      transactionId: bench?.transactionId(),
      ...more,
      schedule: {
        chargingRateUnit: 'A',
        chargingSchedulePeriod: [{ startPeriod: 0, ...periodOf }],
      },
    })
  const currents = () => {
    bench?.powerW()
    const { outlet } = bench?.station.evses[0] ?? {}
    return ([1, 2, 3] as const).map((phase) => Math.round((outlet?.currentA(phase) ?? 0) * 10) / 10)
  }

  test('[2.1 K01.FR.142] says so, and charges each phase with its own limit', async () => {
    bench = new ChargingBench('ocpp2.1')
    await bench.booted()
    await bench.act(bench.actor.plugIn(one, { ...ev, needs: apart }))
    await bench.act(bench.actor.start(one, bench.cancel))
    await bench.clock.run(0)
    expect(bench.sent('NotifyEVChargingNeeds')[0]?.['chargingNeeds']).toMatchObject({
      v2xChargingParameters: {
        maxChargePower: 3667,
        maxChargePower_L2: 3667,
        maxChargePower_L3: 3667,
      },
    })
    expect(await bench.set(1, profile({ limit: 10, limit_L2: 4, limit_L3: 30 }))).toBe('Accepted')
    expect(currents()).toEqual([10, 4, 15.9])
    expect(bench.powerW()).toBe(Math.round(230 * 14 + 11_000 / 3))
    // [2.1 K08.FR.09]
    const question = { evseId: 1, duration: 60, chargingRateUnit: 'A' }
    expect(await bench.call('GetCompositeSchedule', question)).toMatchObject({
      schedule: { chargingSchedulePeriod: [{ limit: 10, limit_L2: 4, limit_L3: 30 }] },
    })
    // The limit of the station is one for all phases.
    await bench.set(
      0,
      told({
        chargingProfilePurpose: 'ChargingStationMaxProfile',
        limit: 4_140,
        chargingProfileKind: 'Absolute',
      }),
    )
    expect(currents()).toEqual([6, 4, 6])
  })

  test('[2.1 K01.FR.144-146] no other one gets such limits, and no other profile has them', async () => {
    bench = new ChargingBench('ocpp2.1')
    await bench.booted()
    await bench.charge(one, { needs: { control: 'dynamic' } })
    await bench.clock.run(0)
    expect(await bench.set(1, profile({ limit: 10, limit_L2: 4 }))).toBe('PhaseConflict')
    await bench.act(bench.actor.act(one, { kind: 'needs', needs: apart }))
    expect(await bench.set(1, profile({ limit: 10, limit_L2: 4 }))).toBe('Accepted')
    const { transactionId: _none, ...general } = profile({ limit: 10, limit_L2: 4 }, { id: 8 })
    expect(await bench.set(1, { ...general, chargingProfilePurpose: 'TxDefaultProfile' })).toBe(
      'PhaseConflict',
    )
  })

  test('[2.1 K21] plans anew when it gets priority, unless its control is dynamic', async () => {
    bench = new ChargingBench('ocpp2.1')
    await bench.booted()
    const priority = { id: 3, chargingProfilePurpose: 'PriorityCharging' }
    await bench.set(0, told({ ...priority, limit: 9000 }))
    await bench.set(0, told({ limit: 5000 }))
    for (const control of ['scheduled', 'dynamic'] as const) {
      const transactionId = await bench.charge(one, { needs: { control } })
      await bench.clock.run(0)
      bench.forget()
      await bench.call('UsePriorityCharging', { transactionId, activate: true })
      await bench.clock.run(0)
      expect(bench.sent('NotifyEVChargingSchedule')).toHaveLength(control === 'scheduled' ? 1 : 0)
      await bench.act(bench.actor.unplug(one, bench.cancel))
    }
  })
})

describe('the plan of an EV', () => {
  const offers = fc
    .uniqueArray(fc.integer({ min: 1, max: 5000 }), { maxLength: 5 })
    .chain((later) => {
      const starts = [0, ...later.sort((one_, other) => one_ - other)]
      return fc.tuple(
        ...starts.map((startPeriod) =>
          fc.record({ startPeriod: fc.constant(startPeriod), limit: fc.nat(22_000) }),
        ),
      )
    })

  test('is within every offer, ends with what it wants, and adds up', () => {
    const most = fc.record({ watts: fc.integer({ min: 1, max: 11_000 }), energyWh: fc.nat(20_000) })
    fc.assert(
      fc.property(offers, fc.integer({ min: 1, max: 8000 }), most, (offer, seconds, wanted) => {
        const plan = evSchedule(offer, seconds, wanted)
        let wh = 0
        for (const [at, { startPeriod, limit }] of plan.periods.entries()) {
          const end = plan.periods[at + 1]?.startPeriod ?? seconds
          expect(end).toBeGreaterThan(startPeriod)
          expect(limit).toBeLessThanOrEqual(wanted.watts)
          for (let s = startPeriod; s < end; s += 1) {
            const told_ = offer.filter((one_) => one_.startPeriod <= s).pop()
            if (limit > (told_?.limit ?? 0)) expect.fail(`more than offered at ${s}`)
          }
          wh += (limit * (end - startPeriod)) / 3600
        }
        expect(plan.energyWh).toBeLessThanOrEqual(wanted.energyWh + 1e-6)
        // The last second of charging may bring a little more.
        expect(wh).toBeGreaterThanOrEqual(plan.energyWh - 1e-6)
        expect(wh).toBeLessThanOrEqual(plan.energyWh + wanted.watts / 3600 + 1e-6)
      }),
      { numRuns: 60 },
    )
  })
})
