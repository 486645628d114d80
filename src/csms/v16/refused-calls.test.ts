import { beforeAll, describe, expect, test } from 'vitest'
import type { BareStation } from '../../../test/helpers/bare-station.ts'
import { csmsCalls16 } from '../../../test/helpers/csms-calls16.ts'
import { LabAuthority } from '../../../test/helpers/lab-certificates.ts'
import { memoryCsms } from '../../../test/helpers/memory-csms.ts'
import { messageOf } from '../../ocpp/schemas.ts'
import { officialSchemas } from '../../platform/official-schemas.ts'
import { commandEffects16 } from './command-effects.ts'

type Call = { readonly request: object; readonly accepted: object }
const calls: Readonly<Record<string, Call>> = { ...csmsCalls16 }
const actions = Object.keys(calls)

/** A certificate that can be read: what is installed is known by its hash. */
let pem = ''
beforeAll(async () => {
  pem = (await LabAuthority.make('manufacturer')).ca
})

function callOf(action: string): Call {
  const call = calls[action]
  if (!call) throw new Error(`no CALL of ${action}`)
  return action === 'InstallCertificate'
    ? { ...call, request: { ...call.request, certificate: pem } }
    : call
}

/** A CSMS with one station of which nothing is known yet but its boot. */
async function connected() {
  const csms = memoryCsms({ tokens: [{ idToken: 'T1', status: 'Accepted' }] })
  const station = await csms.boot('CP1')
  const accepting = (action: string) => callOf(action).accepted
  station.serve = accepting
  return {
    station,
    clock: csms.clock,
    /** Everything that is stored of it; `lastSeen` is not the answer's. */
    known: () => {
      const { lastSeen: _, ...record } = csms.store.stations.get('CP1') ?? { lastSeen: undefined }
      return JSON.parse(JSON.stringify(record)) as object
    },
    backlog: () => csms.gateway.session('CP1')?.connection.backlog,
    faults: () => csms.events.filter(({ type }) => type === 'handlerFailed'),
    send: (action: string) => csms.commander.send('CP1', action, callOf(action).request),
    /** The station accepts everything once: what takes away comes before what it would take. */
    async fill() {
      for (const action of actions) await this.send(action)
    },
  }
}

/** The statuses of an action's answer with which a station does as it was told, or will. */
const content: ReadonlySet<string> = new Set([
  'Accepted',
  'AcceptedCanceled',
  'RebootRequired',
  'Scheduled',
  'Unlocked',
])

function refusingStatuses(action: string): readonly string[] {
  const schema = officialSchemas('ocpp1.6').find(
    ({ $id }) => messageOf($id) === `${action} response`,
  )
  const properties = schema?.['properties'] as { status?: { enum?: readonly string[] } } | undefined
  return (properties?.status?.enum ?? []).filter((status) => !content.has(status))
}

/** Refusals that teach something all the same: there is nothing like this, or they are a log. */
const telling: ReadonlySet<string> = new Set([
  'ClearChargingProfile Unknown',
  'DeleteCertificate NotFound',
  'GetInstalledCertificateIds NotFound',
  'DataTransfer Rejected',
  'DataTransfer UnknownMessageId',
  'DataTransfer UnknownVendorId',
])

type Say = (station: BareStation, id: string) => void

function endsOf(action: string): readonly (readonly [string, Say])[] {
  const saying = (frame: (id: string) => readonly unknown[]): Say => {
    return (station, id) => station.socket.send(JSON.stringify(frame(id)))
  }
  return [
    ...refusingStatuses(action)
      .filter((status) => !telling.has(`${action} ${status}`))
      .map((status) => [status, saying((id) => [3, id, { status }])] as const),
    ['CALLERROR', saying((id) => [4, id, 'InternalError', 'no', {}])],
    ['garbage', saying((id) => [3, id, { ...callOf(action).accepted, garbage: true }])],
    ['silence', () => undefined],
  ]
}

describe('a CALL that a station accepts', () => {
  // Without an authority of its own the CSMS knows of no certificate that it had signed.
  test.each(Object.keys(commandEffects16).filter((action) => action !== 'CertificateSigned'))(
    '%s is known to have been',
    async (action) => {
      const fresh = await connected()
      if (/^(Clear|Cancel|Delete)/.test(action)) await fresh.fill()
      const before = fresh.known()
      await fresh.send(action)
      expect(fresh.known()).not.toEqual(before)
    },
  )
})

describe('a CALL that a station refuses, or does not answer soundly', () => {
  test.each(actions)('%s leaves what is known of the station as it was', async (action) => {
    for (const [end, say] of endsOf(action)) {
      for (const filled of [false, true]) {
        const bench = await connected()
        if (filled) await bench.fill()
        const before = bench.known()
        bench.station.serve = () => {
          say(bench.station, String(bench.station.heard.at(-1)?.[1]))
          return undefined
        }
        const sent = bench.send(action)
        if (end === 'silence') await bench.clock.run(31_000)
        const { status } = await sent
        const shown = `${action} ${end}`
        expect(bench.known(), shown).toEqual(before)
        expect(bench.backlog(), shown).toBe(0)
        expect(bench.faults(), shown).toEqual([])
        expect(status, shown).toBe(
          { CALLERROR: 'callError', garbage: 'invalidAnswer', silence: 'timeout' }[end] ??
            'answered',
        )
      }
    }
  })
})
