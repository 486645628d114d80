import { describe, expect, test } from 'vitest'
import { memoryCsms } from '../../../test/helpers/memory-csms.ts'
import type { ChargingProfileRecord } from '../domain/charging-profiles.ts'
import { type CompositeQuestion, compositeView } from '../domain/composite-view.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()

const profile = (more: object = {}, periods: object[] = [{ startPeriod: 0, limit: 16 }]) => ({
  chargingProfileId: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: periods },
  ...more,
})

const idOf = ({ profile: known }: ChargingProfileRecord) =>
  'id' in known ? known.id : known.chargingProfileId

async function booted() {
  const csms = memoryCsms({ tokens: [{ idToken: 'T1', status: 'Accepted' }] })
  const station = await csms.boot('CP1')
  const answers: Record<string, object> = {}
  station.serve = (action) => answers[action] ?? { status: 'Accepted' }
  return {
    csms,
    station,
    answers,
    send: (action: string, payload: object) => csms.commander.send('CP1', action, payload),
    set(connectorId: number, csChargingProfiles: object) {
      return this.send('SetChargingProfile', { connectorId, csChargingProfiles })
    },
    start: (more: object = {}) =>
      station.ask('StartTransaction', {
        connectorId: 1,
        idTag: 'T1',
        meterStart: 0,
        timestamp: at(0),
        ...more,
      }),
    stop: (transactionId: number) =>
      station.ask('StopTransaction', { transactionId, meterStop: 0, timestamp: at(30) }),
    get known() {
      return csms.store.stations.get('CP1')?.chargingProfiles ?? []
    },
    view(question: Partial<CompositeQuestion> = {}) {
      const found = csms.gateway.station('CP1')
      if (!found) throw new Error('CP1 is not known')
      const asked = {
        place: 1,
        duration: 3600,
        unit: 'A',
        voltage: 230,
        ...question,
      } as const
      return compositeView(csms.domain, found, asked)
    },
  }
}

describe('what is known of the charging profiles of a station', () => {
  test('[1.6 5.16] a profile that it accepted is kept, one that it rejected is not', async () => {
    const bench = await booted()
    await bench.set(0, profile())
    bench.answers['SetChargingProfile'] = { status: 'Rejected' }
    await bench.set(1, profile({ chargingProfileId: 2, stackLevel: 1 }))
    expect(bench.known).toEqual([
      {
        connectorId: 0,
        profile: profile(),
        transactionId: undefined,
        idToken: undefined,
        since: at(0),
      },
    ])
  })

  test('[1.6 5.16.4] the same id, or the same purpose and stackLevel at a connector, replaces', async () => {
    const bench = await booted()
    await bench.set(0, profile())
    await bench.set(1, profile({ chargingProfileId: 2 }))
    await bench.set(1, profile({ chargingProfileId: 3 }))
    await bench.set(2, profile({ chargingProfileId: 1, stackLevel: 5 }))
    const places = bench.known.map((one) => [one.connectorId, idOf(one)])
    expect(places).toEqual([
      [1, 3],
      [2, 1],
    ])
  })

  test('[1.6 5.5] cleared ones are forgotten, also where the station says that it has none', async () => {
    const bench = await booted()
    for (const stackLevel of [0, 1, 2]) {
      await bench.set(0, profile({ chargingProfileId: stackLevel, stackLevel }))
    }
    await bench.send('ClearChargingProfile', { id: 1 })
    bench.answers['ClearChargingProfile'] = { status: 'Unknown' }
    await bench.send('ClearChargingProfile', { stackLevel: 2 })
    expect(bench.known.map(idOf)).toEqual([0])
    await bench.send('ClearChargingProfile', {})
    expect(bench.known).toEqual([])
  })

  test('[1.6 3.13.1] a TxProfile belongs to the open transaction and dies with it', async () => {
    const bench = await booted()
    await bench.set(0, profile())
    await bench.start({ connectorId: 2 })
    const { transactionId } = await bench.start()
    await bench.set(1, profile({ chargingProfileId: 2, chargingProfilePurpose: 'TxProfile' }))
    expect(bench.known[1]).toMatchObject({ connectorId: 1, transactionId })
    await bench.stop(1)
    expect(bench.known).toHaveLength(2)
    await bench.stop(Number(transactionId))
    expect(bench.known.map(idOf)).toEqual([1])
  })

  test('[1.6 5.16.2] one that came with a remote start waits for its transaction', async () => {
    const bench = await booted()
    const chargingProfile = profile({ chargingProfilePurpose: 'TxProfile' })
    await bench.send('RemoteStartTransaction', { idTag: 'T1', chargingProfile })
    expect(bench.known).toMatchObject([{ idToken: 'T1', transactionId: undefined }])
    expect(bench.view().chargingSchedulePeriod).toEqual([{ startPeriod: 0, numberPhases: 3 }])
    await bench.start({ connectorId: 2, idTag: 't1' })
    expect(bench.known).toMatchObject([{ connectorId: 2, transactionId: 1, idToken: undefined }])
    await bench.stop(1)
    expect(bench.known).toEqual([])
  })

  test('one whose remote start led to nothing is not given to somebody else', async () => {
    const bench = await booted()
    const chargingProfile = profile({ chargingProfilePurpose: 'TxProfile' })
    const start = { idTag: 'T1', connectorId: 1 }
    await bench.send('RemoteStartTransaction', { ...start, chargingProfile })
    await bench.start({ idTag: 'OTHER' })
    expect(bench.known).toEqual([])
    await bench.send('RemoteStartTransaction', { ...start, chargingProfile })
    await bench.send('RemoteStartTransaction', start)
    expect(bench.known).toEqual([])
  })
})

describe('the composite view', () => {
  test('[1.6 3.13.3] merges what is known, the transaction at its own start', async () => {
    const bench = await booted()
    const watts = {
      chargingRateUnit: 'W',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 6900 }],
    }
    await bench.set(
      0,
      profile({
        chargingProfileId: 9,
        chargingProfilePurpose: 'ChargePointMaxProfile',
        validTo: at(40),
        chargingSchedule: watts,
      }),
    )
    await bench.set(
      0,
      profile({}, [
        { startPeriod: 0, limit: 6 },
        { startPeriod: 1800, limit: 32 },
      ]),
    )
    await bench.start()
    await bench.csms.clock.run(10 * 60_000)
    expect(bench.view()).toEqual({
      connectorId: 1,
      scheduleStart: at(10),
      duration: 3600,
      chargingRateUnit: 'A',
      chargingSchedulePeriod: [
        { startPeriod: 0, limit: 6, numberPhases: 3 },
        { startPeriod: 1200, limit: 10, numberPhases: 3 },
        { startPeriod: 1800, limit: 32, numberPhases: 3 },
      ],
    })
    expect(bench.view({ place: 0, unit: 'W' }).chargingSchedulePeriod).toEqual([
      { startPeriod: 0, limit: 6900, numberPhases: 3 },
      { startPeriod: 1800, numberPhases: 3 },
    ])
  })

  test('counts from now where the clock of a station is ahead', async () => {
    const bench = await booted()
    await bench.start({ timestamp: at(10) })
    await bench.set(1, profile())
    expect(bench.view().chargingSchedulePeriod).toEqual([
      { startPeriod: 0, limit: 16, numberPhases: 3 },
    ])
  })

  test('ignores a TxProfile of another transaction and a profile that makes no sense', async () => {
    const bench = await booted()
    const tx = profile({
      chargingProfileId: 2,
      chargingProfilePurpose: 'TxProfile',
      transactionId: 7,
    })
    await bench.set(1, tx)
    await bench.set(0, profile({}, []))
    await bench.start()
    expect(bench.view().chargingSchedulePeriod).toEqual([{ startPeriod: 0, numberPhases: 3 }])
  })
})
