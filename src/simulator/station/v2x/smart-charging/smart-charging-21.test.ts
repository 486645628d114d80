import { afterEach, describe, expect, test } from 'vitest'
import { ChargingBench, minute, one, told } from '../../../../../test/helpers/charging-bench.ts'

let bench: ChargingBench
afterEach(() => expect(bench.findings).toEqual([]))

async function booted(configuration: Record<string, string> = {}) {
  bench = new ChargingBench('ocpp2.1', configuration)
  return bench.booted()
}

describe('schedules in local time', () => {
  const offset = (attributeValue: string) =>
    bench.call('SetVariables', {
      setVariableData: [
        { attributeValue, component: { name: 'ClockCtrlr' }, variable: { name: 'TimeOffset' } },
      ],
    })
  const daily = told({
    chargingProfileKind: 'Recurring',
    recurrencyKind: 'Daily',
    schedule: {
      useLocalTime: true,
      startSchedule: '2025-12-01T02:00:00Z',
      chargingSchedulePeriod: [
        { startPeriod: 0, limit: 5000 },
        { startPeriod: 3600, limit: 9000 },
      ],
    },
  })
  const parts = async () => (await bench.composite(1, { duration: 7200 })).slice(0, 2)

  test('[2.1 K01.FR.90] begin by the local clock, also when summer begins', async () => {
    await booted({ 'ClockCtrlr.TimeOffset': '+01:30' })
    expect(await bench.set(1, daily)).toBe('Accepted')
    // It is 00:00 in UTC, and two o'clock there half an hour later.
    expect(await parts()).toEqual([
      [0, 9000],
      [1800, 5000],
    ])
    await offset('+02:30')
    expect(await parts()).toEqual([
      [0, 5000],
      [1800, 9000],
    ])
  })

  test('[2.1 K01.FR.90] those in UTC stay where they are', async () => {
    await booted()
    const [schedule] = daily['chargingSchedule'] as [object]
    await bench.set(1, { ...daily, chargingSchedule: [{ ...schedule, useLocalTime: false }] })
    const before = await parts()
    await offset('+02:30')
    expect(await parts()).toEqual(before)
  })
})

describe('Dynamic charging profiles', () => {
  const dynamic = (more: object = {}) =>
    told({ chargingProfileKind: 'Dynamic', limit: 5000, stackLevel: 1, id: 2, ...more })
  const update = (scheduleUpdate: object, chargingProfileId = 2) =>
    bench.call('UpdateDynamicSchedule', { chargingProfileId, scheduleUpdate })

  test('[2.1 K28.FR.06, FR.09] an update holds at once and is remembered with its time', async () => {
    await booted()
    expect(await bench.set(1, dynamic())).toBe('Accepted')
    await bench.charge()
    expect(bench.powerW()).toBe(5000)
    await bench.clock.run(10 * minute)
    expect(await update({ limit: 7000 })).toEqual({ status: 'Accepted' })
    expect(bench.powerW()).toBe(7000)
    await bench.call('GetChargingProfiles', { requestId: 1, chargingProfile: {} })
    await bench.clock.run(0)
    expect(bench.sent('ReportChargingProfiles')[0]?.['chargingProfile']).toMatchObject([
      {
        id: 2,
        dynUpdateTime: '2026-01-01T00:10:00.000Z',
        chargingSchedule: [{ chargingSchedulePeriod: [{ startPeriod: 0, limit: 7000 }] }],
      },
    ])
  })

  test('[2.1 K28.FR.11] what is not there, or not Dynamic, is not updated', async () => {
    await booted()
    await bench.set(1, told())
    for (const id of [1, 9]) {
      expect(await update({ limit: 1 }, id)).toMatchObject({
        status: 'Rejected',
        statusInfo: { reasonCode: 'InvalidProfile' },
      })
    }
  })

  test('[2.1 K28.FR.13, FR.14] without news for its duration it lapses, and news revive it', async () => {
    await booted()
    await bench.set(1, told({ limit: 4200 }))
    await bench.set(1, dynamic({ schedule: { duration: 300 } }))
    await bench.charge()
    await bench.clock.run(299_000)
    expect(bench.powerW()).toBe(5000)
    await bench.clock.run(2000)
    expect(bench.powerW()).toBe(4200)
    expect(await update({ limit: 6000 })).toEqual({ status: 'Accepted' })
    expect(bench.powerW()).toBe(6000)
  })

  test('[2.1 K28.FR.10] asks for updates as often as it was told', async () => {
    await booted()
    let limit = 5000
    bench.answers.set('PullDynamicScheduleUpdate', () => {
      limit += 1000
      return { status: 'Accepted', scheduleUpdate: { limit } }
    })
    await bench.set(1, dynamic({ dynUpdateInterval: 60 }))
    await bench.charge()
    await bench.clock.run(minute)
    expect(bench.sent('PullDynamicScheduleUpdate')).toEqual([{ chargingProfileId: 2 }])
    expect(bench.powerW()).toBe(6000)
    await bench.clock.run(minute)
    expect(bench.powerW()).toBe(7000)
    bench.answers.set('PullDynamicScheduleUpdate', () => ({ status: 'Rejected' }))
    await bench.clock.run(minute)
    expect(bench.powerW()).toBe(7000)
    await bench.call('ClearChargingProfile', { chargingProfileId: 2 })
    bench.forget()
    await bench.clock.run(10 * minute)
    expect(bench.sent('PullDynamicScheduleUpdate')).toEqual([])
  })
})

describe('priority charging', () => {
  const fast = { id: 5, chargingProfilePurpose: 'PriorityCharging', limit: 10_000 }
  const use = async (transactionId: string, activate = true) =>
    (await bench.call('UsePriorityCharging', { transactionId, activate }))['status']
  const ask = (on: boolean) => bench.act(bench.actor.act(one, { kind: 'priority', on }))

  test('[2.1 K21] the CSMS lets a transaction use the PriorityCharging profile, and takes it back', async () => {
    await booted()
    await bench.set(0, told({ limit: 4200 }))
    const transactionId = await bench.charge()
    expect(await use('none')).toBe('Rejected')
    expect(await use(transactionId)).toBe('NoProfile')
    expect(await bench.set(0, told(fast))).toBe('Accepted')
    expect(bench.powerW()).toBe(4200)
    expect(await use(transactionId)).toBe('Accepted')
    expect(bench.powerW()).toBe(10_000)
    expect(await use(transactionId, false)).toBe('Accepted')
    expect(bench.powerW()).toBe(4200)
    expect(bench.sent('NotifyPriorityCharging')).toEqual([])
  })

  test('[2.1 K22] a driver asks for it at the station, which tells the CSMS', async () => {
    await booted()
    await bench.set(0, told({ limit: 4200 }))
    const transactionId = await bench.charge()
    expect(await ask(true)).toMatchObject({ ok: false })
    await bench.set(0, told(fast))
    expect(await ask(true)).toMatchObject({ ok: true })
    expect(bench.powerW()).toBe(10_000)
    expect(await ask(false)).toMatchObject({ ok: true })
    expect(bench.sent('NotifyPriorityCharging')).toEqual([
      { transactionId, activated: true },
      { transactionId, activated: false },
    ])
  })

  test('[2.1 K21] it is over with the transaction', async () => {
    await booted()
    await bench.set(0, told({ limit: 4200 }))
    await bench.set(0, told(fast))
    await use(await bench.charge())
    await bench.act(bench.actor.stop(one, {}, bench.cancel))
    await bench.act(bench.actor.unplug(one, bench.cancel))
    await bench.charge()
    expect(bench.powerW()).toBe(4200)
  })
})
