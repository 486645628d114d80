import { expect } from 'vitest'
import type { Peer2x, TransactionEvent } from './peer-2x.ts'

/* What holds of a 2.x station whatever happened to it, seen from the CSMS. */

/** At any moment. */
export function expectEnergyInTransactions({ station }: Peer2x): void {
  for (const evse of station.evses) {
    if (evse.outlet.powerW !== 0) expect(station.behaviour.inTransaction(evse)).toBe(true)
  }
}

/** After everything was told. */
export function expectOrder(peer: Peer2x): void {
  expect(peer.findings).toEqual([])
  const events = distinct(peer.events)
  expectTransactions(peer, events)
  expectOnePerEvse(events)
  expectRegisters(peer, events)
}

/** What was told twice, over a lost socket, is the same. */
function distinct(events: readonly TransactionEvent[]): readonly TransactionEvent[] {
  const byKey = new Map<string, TransactionEvent>()
  for (const event of events) {
    const key = `${event.transactionInfo.transactionId} ${event.seqNo}`
    const known = byKey.get(key)
    if (known) expect(event).toEqual(known)
    else byKey.set(key, event)
  }
  return [...byKey.values()]
}

const states = ['Idle', 'EVConnected', 'Charging', 'SuspendedEV', 'SuspendedEVSE']

function expectTransactions({ station }: Peer2x, all: readonly TransactionEvent[]): void {
  const books = new Map(station.books().map((entry) => [entry.transactionId, entry]))
  const transactions = new Map<string, TransactionEvent[]>()
  for (const event of all) {
    const { transactionId } = event.transactionInfo
    transactions.set(transactionId, [...(transactions.get(transactionId) ?? []), event])
  }
  expect([...transactions.keys()].sort()).toEqual([...books.keys()].sort())
  for (const [id, events] of transactions) {
    const entry = books.get(id)
    expect(entry).toMatchObject({ startAcknowledged: true, stopAcknowledged: true })
    // A gap is where an intermediate event was dropped, and the books say so.
    const numbers = events.map(({ seqNo }) => seqNo)
    if (entry?.dropped) expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
    else expect(numbers).toEqual(numbers.map((_, i) => i))
    expect(events.map(({ eventType }) => eventType)).toEqual(
      events.map((_, i) => (i === 0 ? 'Started' : i === events.length - 1 ? 'Ended' : 'Updated')),
    )
    const stopped = events.filter(({ transactionInfo }) => transactionInfo.stoppedReason)
    expect(stopped).toEqual(events.slice(-1))
    expectStates(events)
    const times = events.map(({ timestamp }) => timestamp)
    expect(times).toEqual([...times].sort())
  }
}

/** Energy flows only for somebody, over a cable whose EVSE the CSMS knows. */
function expectStates(events: readonly TransactionEvent[]): void {
  expect(events[0]?.evse?.id).toBeDefined()
  let authorized = false
  const wrong = events.filter(({ idToken, transactionInfo: { chargingState } }) => {
    authorized ||= idToken !== undefined
    return !states.includes(chargingState) || (chargingState === 'Charging' && !authorized)
  })
  expect(wrong).toEqual([])
}

/** On an EVSE one follows the other. */
function expectOnePerEvse(events: readonly TransactionEvent[]): void {
  const open = new Map<number, string>()
  const evseOf = new Map<string, number>()
  const wrong = events.filter(({ eventType, evse, transactionInfo: { transactionId } }) => {
    if (eventType === 'Started' && evse) {
      evseOf.set(transactionId, evse.id)
      const busy = open.has(evse.id)
      open.set(evse.id, transactionId)
      return busy
    }
    const at = evseOf.get(transactionId) ?? 0
    const right = open.get(at) === transactionId
    if (eventType === 'Ended') open.delete(at)
    return !right
  })
  expect(wrong).toEqual([])
  expect(open.size).toBe(0)
}

interface Reading {
  readonly place: string
  readonly at: string
  readonly wh: number
}

/** No register of an EVSE, or of the main meter, ever falls, in the order of the time stamps. */
function expectRegisters(peer: Peer2x, events: readonly TransactionEvent[]): void {
  const readings = [...ofTransactions(events), ...ofMeterValues(peer)]
  for (const place of new Set(readings.map((reading) => reading.place))) {
    const registers = readings
      .filter((reading) => reading.place === place)
      .sort((one, other) => one.at.localeCompare(other.at) || one.wh - other.wh)
      .map(({ wh }) => wh)
    expect(registers, place).toEqual([...registers].sort((one, other) => one - other))
  }
}

function ofTransactions(events: readonly TransactionEvent[]): readonly Reading[] {
  const evseOf = new Map<string, number>()
  return events.flatMap(({ evse, transactionInfo, meterValue }) => {
    const { transactionId } = transactionInfo
    if (evse) evseOf.set(transactionId, evse.id)
    return readingsOf(evseOf.get(transactionId) ?? -1, meterValue)
  })
}

function ofMeterValues(peer: Peer2x): readonly Reading[] {
  return peer.sent('MeterValues').flatMap((payload) => {
    const { evseId, meterValue }: { evseId?: unknown; meterValue?: unknown } = payload
    return readingsOf(Number(evseId), meterValue as TransactionEvent['meterValue'])
  })
}

const isRegister = /^Energy\..*\.Register$/

function readingsOf(evse: number, meterValue: TransactionEvent['meterValue']): readonly Reading[] {
  return (meterValue ?? []).flatMap(({ timestamp: at, sampledValue }) =>
    sampledValue
      .filter(({ measurand }) => isRegister.test(measurand))
      .map(({ measurand, value: wh }) => ({ place: `EVSE ${evse} ${measurand}`, at, wh })),
  )
}
