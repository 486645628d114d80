import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CsmsEvent } from '../src/csms/events.ts'
import { startCsms } from '../src/csms/start-csms.ts'
import { openStore } from '../src/csms/store/open-store.ts'
import { connectStation } from '../src/harness/connect-station.ts'
import { realClock } from '../src/platform/real-clock.ts'
import { LabPki } from './helpers/lab-pki.ts'

const id = 'CP1'
const serial = 'SN-1'
let pki: LabPki
let dataDir: string

beforeAll(async () => {
  pki = await LabPki.make({ stations: [{ id, serialNumber: serial }] })
  dataDir = await mkdtemp(join(tmpdir(), 'csms-test-'))
})
afterAll(async () => {
  await pki[Symbol.asyncDispose]()
  await rm(dataDir, { recursive: true })
})

/** Everything that happens at a CSMS, and a way to wait for it. */
function eventLog() {
  const events: CsmsEvent[] = []
  let heard: () => void = () => undefined
  return {
    observer(event: CsmsEvent) {
      events.push(event)
      heard()
    },
    async until(match: (event: CsmsEvent) => boolean, times = 1): Promise<CsmsEvent> {
      for (;;) {
        const found = events.filter(match)
        if (found.length >= times) return found.at(-1) as CsmsEvent
        await new Promise<void>((resolve) => {
          heard = resolve
        })
      }
    },
  }
}

async function serving(observer: (event: CsmsEvent) => void) {
  const pair = async (kind: string) => {
    const { certificatePem: cert, keyPem: key } = await pki.pair(`server/${kind}`)
    return { cert, key }
  }
  return startCsms({
    port: 0,
    dataDir,
    caDir: pki.folder,
    security: {
      profile: 3,
      tls: {
        certificates: [await pair('rsa'), await pair('ecdsa')],
        clientCa: pki.authority.rootPem,
      },
    },
    observer,
  })
}

const withFactoryCertificate = () => ({
  id,
  ca: pki.authority.rootPem,
  security: {
    profile: 3,
    cert: join(pki.folder, 'stations/{id}.pem'),
    key: join(pki.folder, 'stations/{id}.key'),
  },
  station: {
    serial,
    configuration: { CpoName: 'Lab', RetryBackOffWaitMinimum: 0, RetryBackOffRandomRange: 0 },
  },
})

/** What the CSMS that wrote the data remembers. */
async function remembered() {
  await using store = await openStore({ dataDir }, { clock: realClock, observer: undefined })
  return store.stations.get(id)
}

describe('security profile 3 with the certificates of csms certs init', () => {
  test('[1.6 SWP A02] a station renews its certificate over OCPP and uses it', async () => {
    const { observer, until } = eventLog()
    await using csms = await serving(observer)
    await using station = await connectStation(csms.url, withFactoryCertificate())
    await until((event) => event.type === 'notified' && isEvent(event, 'StartupOfTheDevice'))
    const trigger = { requestedMessage: 'SignChargePointCertificate' }
    expect(await csms.sendCommand(id, 'ExtendedTriggerMessage', trigger)).toMatchObject({
      payload: { status: 'Accepted' },
    })
    await until((event) => event.type === 'connected', 2)
    expect(station.violations()).toEqual({})
    await csms.close()

    const known = await remembered()
    const [signed] = known?.certificates?.signed ?? []
    expect(signed).toMatchObject({ commonName: serial, state: 'Installed' })
    expect(known?.security).toMatchObject({ profile: 3, certificateSerial: signed?.serial })
    expect(known?.securityEvents).toMatchObject([{ type: 'StartupOfTheDevice' }])
  })

  test('[1.6 SWP A00.FR.702] a revoked certificate is refused', async () => {
    const issued = pki.authority.certificates().find(({ station }) => station === id)
    await pki.authority.revoke(issued?.serial ?? '', 'keyCompromise')
    const { observer, until } = eventLog()
    await using csms = await serving(observer)
    const refused = until((event) => event.type === 'refused')
    const attempt = connectStation(csms.url, {
      ...withFactoryCertificate(),
      connectTimeoutMs: 2000,
    })
    await expect(attempt).rejects.toMatchObject({ code: 'CSMS_TARGET_UNREACHABLE' })
    expect(await refused).toMatchObject({
      status: 403,
      reason: `The client certificate ${issued?.serial} was revoked.`,
    })
  })
})

function isEvent(event: CsmsEvent, type: string): boolean {
  return event.type === 'notified' && 'type' in event.payload && event.payload.type === type
}
