import { describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, validators } from '../../../../test/helpers/station-peer.ts'
import { type ConnectorStatus, transitions } from '../connector-machine.ts'
import { protocol16 } from './protocol16.ts'

const protocol = protocol16(validators)

async function booted() {
  const bench = new StationPeer(protocol, { configuration: { RetryBackOffRandomRange: '0' } })
  bench.answers.set('Authorize', () => ({ idTagInfo: { status: 'Accepted' } }))
  bench.answers.set('StartTransaction', () => ({
    transactionId: 1,
    idTagInfo: { status: 'Accepted' },
  }))
  return bench.booted()
}

type Act = (bench: StationPeer) => Promise<unknown>

const plugIn: Act = ({ actor }) => actor.plugIn(plug, ev)
const plugInFull: Act = ({ actor }) => actor.plugIn(plug, { ...ev, soc: 1 })
const authorize: Act = ({ actor, cancel }) =>
  actor.authorize(plug, { idToken: 'TAG-1', type: 'Central' }, cancel)
const start: Act = ({ actor, cancel }) => actor.start(plug, cancel)
const stop: Act = ({ actor, cancel }) => actor.stop(plug, {}, cancel)
const unplug: Act = ({ actor, cancel }) => actor.unplug(plug, cancel)
const fault: Act = ({ actor }) => actor.fault(plug, { code: 'GroundFailure' })
const repair: Act = ({ actor }) => actor.clearFault(plug)
const pause: Act = (bench) => bench.station.activity(evseOf(bench)).suspend('ev', true)
const goOn: Act = (bench) => bench.station.activity(evseOf(bench)).suspend('ev', false)
const order =
  (type: string): Act =>
  (bench) =>
    bench.call('ChangeAvailability', { connectorId: 1, type })
const off = order('Inoperative')
const on = order('Operative')
const reserve: Act = (bench) =>
  bench.call('ReserveNow', {
    connectorId: 1,
    idTag: 'TAG-1',
    reservationId: 7,
    expiryDate: '2027-01-01T00:00:00Z',
  })
const cancel: Act = (bench) => bench.call('CancelReservation', { reservationId: 7 })
const forbid: Act = (bench) =>
  bench.call('SetChargingProfile', {
    connectorId: 0,
    csChargingProfiles: {
      chargingProfileId: 1,
      stackLevel: 0,
      chargingProfilePurpose: 'TxDefaultProfile',
      chargingProfileKind: 'Relative',
      chargingSchedule: {
        chargingRateUnit: 'A',
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 0 }],
      },
    },
  })
const allow: Act = (bench) => bench.call('ClearChargingProfile', { id: 1 })

function evseOf(bench: StationPeer) {
  const [evse] = bench.station.evses
  if (!evse) throw new Error('a station without EVSE')
  return evse
}

const charging = [plugIn, start]

/** What leads from the one status to the other; the cable is fixed. */
const ways: Readonly<Record<string, readonly Act[]>> = {
  A2: [plugIn],
  A7: [reserve],
  A8: [off],
  A9: [fault],
  B1: [plugIn, unplug],
  B3: charging,
  B4: [plugInFull, start],
  B5: [forbid, ...charging],
  B9: [plugIn, fault],
  C1: [...charging, unplug],
  C4: [...charging, pause],
  C5: [...charging, forbid],
  C6: [...charging, stop],
  C8: [...charging, off, unplug],
  C9: [...charging, fault],
  D1: [...charging, pause, unplug],
  D3: [...charging, pause, goOn],
  D5: [...charging, pause, forbid],
  D6: [...charging, pause, stop],
  D8: [...charging, pause, off, unplug],
  D9: [...charging, pause, fault],
  E1: [...charging, forbid, unplug],
  E3: [...charging, forbid, allow],
  E4: [...charging, forbid, pause, allow],
  E6: [...charging, forbid, stop],
  E8: [...charging, forbid, off, unplug],
  E9: [...charging, forbid, fault],
  F1: [...charging, stop, unplug],
  F2: [...charging, stop, authorize],
  F8: [...charging, stop, off],
  F9: [...charging, stop, fault],
  G1: [reserve, cancel],
  G2: [reserve, authorize],
  G8: [reserve, off],
  G9: [reserve, fault],
  H1: [off, on],
  H2: [off, plugIn, on],
  H9: [off, fault],
  I1: [fault, repair],
  I2: [plugIn, fault, repair],
  I6: [...charging, fault, repair],
  I8: [off, fault, repair],
}

/** What 4.9 allows and our stations never do by themselves. */
const never: Readonly<Record<string, string>> = {
  A3: 'they ask for an authorization, which is Preparing',
  A4: 'they ask for an authorization, which is Preparing',
  A5: 'they ask for an authorization, which is Preparing',
  B6: 'each connector has a reader: nobody else can start with this cable [errata 3.20]',
  H3: 'no transaction runs where the connector is Unavailable',
  H4: 'no transaction runs where the connector is Unavailable',
  H5: 'no transaction runs where the connector is Unavailable',
  I3: 'a fault ends the transaction',
  I4: 'a fault ends the transaction',
  I5: 'a fault ends the transaction',
  I7: 'a fault ends the reservation [5.13]',
}

const columns = Object.keys(transitions) as ConnectorStatus[]
const order49: readonly ConnectorStatus[] = [
  'Available',
  'Preparing',
  'Charging',
  'SuspendedEV',
  'SuspendedEVSE',
  'Finishing',
  'Reserved',
  'Unavailable',
  'Faulted',
]

/** `C6`: from Charging to Finishing. */
function ends(letter: string): readonly [ConnectorStatus, ConnectorStatus] {
  const from = order49[letter.charCodeAt(0) - 'A'.charCodeAt(0)]
  const to = order49[Number(letter[1]) - 1]
  if (!from || !to) throw new Error(`${letter} is no transition`)
  return [from, to]
}

describe('the transitions of 4.9', () => {
  test.each(Object.entries(ways))('[1.6 4.9] %s', async (letter, acts) => {
    const bench = await booted()
    for (const act of acts) await bench.act(act(bench))
    await bench.clock.run(0)
    const told = bench
      .sent('StatusNotification')
      .filter(({ connectorId }) => connectorId === 1)
      .map(({ status }) => status)
    expect(['Available', ...told].slice(-2)).toEqual(ends(letter))
    expect(bench.findings).toEqual([])
  })

  test('[1.6 4.9] are all of the matrix, but for those that never happen here', () => {
    const known = [...Object.keys(ways), ...Object.keys(never)].map((letter) =>
      ends(letter).join(' -> '),
    )
    const matrix = columns.flatMap((from) => transitions[from].map((to) => `${from} -> ${to}`))
    expect(known.sort()).toEqual(matrix.sort())
  })
})
