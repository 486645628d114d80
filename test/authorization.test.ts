import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CsmsEvent } from '../src/csms/events.ts'
import { type Csms, startCsms } from '../src/csms/start-csms.ts'
import { type ConnectedStation, connectStation } from '../src/harness/connect-station.ts'
import { Cancel } from '../src/shared/cancel.ts'
import { root } from './helpers/cli.ts'
import { simulate } from './helpers/simulate.ts'

/* A real station and a real management system on a WebSocket, and what both remember afterwards. */

const plug = { evse: 1, connector: 1 } as const
const ev = { batteryWh: 60_000, soc: 0.2, maxPowerW: 11_000, phases: 3, taperFrom: 0.8 } as const
const token = (idToken: string) => ({ idToken, type: 'Central' })
const cancel = new Cancel()

const events: CsmsEvent[] = []
const hear = new Set<(event: CsmsEvent) => void>()
let csms: Csms
beforeAll(async () => {
  csms = await startCsms({
    port: 0,
    frames: true,
    observer(event) {
      events.push(event)
      for (const listener of hear) listener(event)
    },
    tokens: [
      { idToken: 'MUM', status: 'Accepted', groupId: 'FAMILY' },
      { idToken: 'DAD', status: 'Accepted', groupId: 'FAMILY' },
      { idToken: 'STRANGER', status: 'Accepted' },
      { idToken: 'SINGLE', status: 'Accepted', concurrent: false },
    ],
  })
})
afterAll(() => csms.close())

const connect = (id: string, configuration: object = {}): Promise<ConnectedStation> =>
  connectStation(csms.url, { id, token: 'MUM', station: { connectors: 2, configuration } })

/** What the management system knows of a station, as its operator reads it. */
async function known(id: string, part: string): Promise<unknown> {
  const { port } = csms
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/stations/${id}/${part}`)
  return answer.json()
}

const answer = async (id: string, action: string, payload: object) => {
  const outcome = await csms.sendCommand(id, action, payload)
  return outcome.status === 'answered' ? outcome.payload : outcome
}

/** Resolves with the StatusNotification that says so. */
function told(id: string, connectorId: number, status: string): Promise<void> {
  return new Promise((resolve) => {
    hear.add(function listener(event) {
      if (event.type !== 'status' || event.stationId !== id) return
      if (event.connectorId !== connectorId || event.status !== status) return
      hear.delete(listener)
      resolve()
    })
  })
}

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()

describe('1.6 reservations on a socket', () => {
  test('[1.6 5.13] reserved for the family: a stranger is turned away, the group charges', async () => {
    await using station = await connect('RES-1')
    const { actor } = station
    const reservation = {
      connectorId: 1,
      idTag: 'MUM',
      parentIdTag: 'FAMILY',
      reservationId: 7,
      expiryDate: inSeconds(600),
    }
    const reserved = told('RES-1', 1, 'Reserved')
    expect(await answer('RES-1', 'ReserveNow', reservation)).toEqual({ status: 'Accepted' })
    await reserved
    expect(await actor.authorize(plug, token('STRANGER'), cancel)).toMatchObject({ ok: false })
    expect(await actor.authorize(plug, token('DAD'), cancel)).toMatchObject({ ok: true })
    await actor.plugIn(plug, ev)
    expect(await actor.start(plug, cancel)).toMatchObject({ ok: true })
    expect(await known('RES-1', 'reservations')).toMatchObject([
      { reservationId: 7, state: 'Used' },
    ])
    expect(await actor.stop(plug, { token: token('STRANGER') }, cancel)).toMatchObject({
      ok: false,
    })
    expect(await actor.stop(plug, { token: token('MUM') }, cancel)).toMatchObject({ ok: true })
    expect([...csms.transactions()].filter(({ stationId }) => stationId === 'RES-1')).toMatchObject(
      [{ idToken: 'DAD', stopIdToken: 'MUM', reservationId: 7, stopReason: 'Local' }],
    )
    expect(station.violations()).toEqual({})
  })

  test('[1.6 5.1, 5.13] a cancelled and an expired one free the connector', async () => {
    await using _station = await connect('RES-2')
    const reservation = {
      connectorId: 1,
      idTag: 'MUM',
      reservationId: 1,
      expiryDate: inSeconds(600),
    }
    const reserved = told('RES-2', 1, 'Reserved')
    await answer('RES-2', 'ReserveNow', reservation)
    await reserved
    const free = told('RES-2', 1, 'Available')
    const cancelled = await answer('RES-2', 'CancelReservation', { reservationId: 1 })
    expect(cancelled).toEqual({ status: 'Accepted' })
    await free
    const freeToo = told('RES-2', 2, 'Available')
    await answer('RES-2', 'ReserveNow', {
      ...reservation,
      connectorId: 2,
      reservationId: 2,
      expiryDate: inSeconds(0.2),
    })
    await freeToo
    expect(await known('RES-2', 'reservations')).toMatchObject([
      { reservationId: 1, state: 'Cancelled' },
      { reservationId: 2, state: 'Expired' },
    ])
  })
})

describe('1.6 local lists on a socket', () => {
  test('[1.6 5.15] a listed idTag charges without Authorize; the CSMS knows what is on the list', async () => {
    await using station = await connect('LIST-1', { LocalPreAuthorize: true })
    const list = {
      listVersion: 3,
      updateType: 'Full',
      localAuthorizationList: [
        { idTag: 'DAD', idTagInfo: { status: 'Accepted', parentIdTag: 'FAMILY' } },
      ],
    }
    expect(await answer('LIST-1', 'SendLocalList', list)).toEqual({ status: 'Accepted' })
    expect(await answer('LIST-1', 'GetLocalListVersion', {})).toEqual({ listVersion: 3 })
    expect(await known('LIST-1', 'local-list')).toMatchObject({
      version: 3,
      entries: [{ idToken: 'DAD', status: 'Accepted', groupId: 'FAMILY' }],
    })
    const before = events.length
    expect(await station.actor.authorize(plug, token('DAD'), cancel)).toMatchObject({ ok: true })
    const frames = events
      .slice(before)
      .filter((event) => event.type === 'frame' && event.stationId === 'LIST-1')
    expect(JSON.stringify(frames)).not.toContain('"Authorize')
    const again = await answer('LIST-1', 'SendLocalList', { ...list, updateType: 'Differential' })
    expect(again).toEqual({ status: 'VersionMismatch' })
  })
})

describe('the shipped scenario', () => {
  test('reservation-and-local-list passes', async () => {
    const file = join(root, 'scenarios/reservation-and-local-list.yaml')
    const report = await simulate(file)
    expect(report).toMatchObject({ exitCode: 0, transactions: { started: 8, stopped: 8 } })
  })
})

describe('1.6 ConcurrentTx on a socket', () => {
  test('[1.6 7.2] the second transaction of an idTag that may be in one only is refused', async () => {
    await using one = await connect('CTX-1')
    await using two = await connect('CTX-2')
    for (const { actor } of [one, two]) {
      await actor.plugIn(plug, ev)
      await actor.authorize(plug, token('SINGLE'), cancel)
    }
    expect(await one.actor.start(plug, cancel)).toMatchObject({ ok: true })
    const stopped = told('CTX-2', 1, 'Finishing')
    expect(await two.actor.start(plug, cancel)).toMatchObject({
      ok: false,
      answer: { idTagInfo: { status: 'ConcurrentTx' } },
    })
    await stopped
    expect([...csms.transactions()].filter(({ stationId }) => stationId === 'CTX-2')).toMatchObject(
      [{ authorization: 'ConcurrentTx', stopReason: 'DeAuthorized' }],
    )
  })
})
