import { join } from 'node:path'
import { afterAll, beforeAll, describe, test } from 'vitest'
import type { Actions201 } from '../../../src/ocpp/v201/actions.ts'
import { LabPki } from '../../helpers/lab-pki.ts'
import { Evidence } from '../evidence.ts'
import { type Lab2x, startLab2x, versions2x } from './lab2x.ts'

/* A. The certificates that stations prove themselves with, and what they notice. */

interface CertificatesRow {
  readonly signed: readonly {
    readonly serial: string
    readonly commonName: string
    readonly state: string
  }[]
}

let pki: LabPki

beforeAll(async () => {
  pki = await LabPki.make({ stations: [{ id: 'CP1', serialNumber: 'SN-1' }] })
})
afterAll(() => pki[Symbol.asyncDispose]())

/** A station with the certificate of csms certs init, on TLS up to the tap. */
async function withCertificate(version: (typeof versions2x)[number]): Promise<Lab2x> {
  const { certificatePem: cert, keyPem: key } = await pki.pair('server/ecdsa')
  const tls = { cert, key, ca: pki.authority.rootPem }
  const lab = await startLab2x(version, { caDir: pki.folder, tls })
  await lab.connect({
    ca: pki.authority.rootPem,
    security: {
      profile: 3,
      cert: join(pki.folder, 'stations/{id}.pem'),
      key: join(pki.folder, 'stations/{id}.key'),
    },
    station: {
      serial: 'SN-1',
      configuration: {
        'SecurityCtrlr.OrganizationName': 'Lab',
        'OCPPCommCtrlr.RetryBackOffWaitMinimum': 0,
        'OCPPCommCtrlr.RetryBackOffRandomRange': 0,
      },
    },
  })
  return lab
}

const renew = (lab: Lab2x) =>
  lab.command('TriggerMessage', { requestedMessage: 'SignChargingStationCertificate' })

const signed = async (lab: Lab2x) =>
  (await lab.known<CertificatesRow>('certificates'))?.signed.at(-1)

/** The station's TLS handshake presents what was signed last. */
async function presents(lab: Lab2x): Promise<boolean> {
  const row = await signed(lab)
  return row !== undefined && lab.tap.certificates.at(-1) === row.serial
}

describe.each(versions2x)('%s', (version) => {
  const evidence = new Evidence<Actions201>(version, 'security')

  test('[2.0.1 A02.FR.02, A02.FR.11] SignCertificate', async () => {
    await using lab = await withCertificate(version)
    await evidence.shows(lab, 'SignCertificate', {
      call: () => renew(lab),
      csms: {
        clause: '2.0.1 A02.FR.11, A02.FR.12',
        async effect(seen) {
          const [sent] = seen.calls('CertificateSigned')
          const row = await signed(lab)
          return (
            sent &&
            row &&
            `it signs for ${row.commonName}, stores that, and sends CertificateSigned`
          )
        },
      },
      station: {
        clause: '2.0.1 A02.FR.02, A02.FR.03',
        effect: async () =>
          (await presents(lab))
            ? 'it reconnects, and proves in the TLS handshake that it kept the key of the request'
            : undefined,
      },
    })
  })

  test('[2.0.1 A02.FR.08] CertificateSigned', async () => {
    await using lab = await withCertificate(version)
    await evidence.shows(lab, 'CertificateSigned', {
      call: () => renew(lab),
      csms: {
        clause: '2.0.1 A02',
        async effect() {
          const row = await signed(lab)
          return row?.state === 'Installed'
            ? `the certificate of ${row.commonName} is stored as ${row.state}`
            : undefined
        },
      },
      station: {
        clause: '2.0.1 A02.FR.08',
        effect: async () =>
          (await presents(lab)) ? 'its next TLS handshake presents that certificate' : undefined,
      },
    })
  })

  test('[2.0.1 A04] SecurityEventNotification', async () => {
    await using lab = await startLab2x(version)
    await lab.connect({ speed: 50, station: { firmware: { upload: '1s' } } })
    const type = 'InvalidCsmsCertificate'
    const nonsense = { certificateType: 'CSMSRootCertificate', certificate: 'nonsense' } as const
    await evidence.shows(lab, 'SecurityEventNotification', {
      call: () => lab.command('InstallCertificate', nonsense),
      csms: {
        clause: '2.0.1 A04.FR.03',
        async effect() {
          const rows = await lab.known<readonly { readonly type: string }[]>('security-events')
          const row = rows?.find((one) => one.type === type)
          return row && `a row of the security events: ${row.type}`
        },
      },
      station: {
        clause: '2.0.1 A04.FR.02, N01',
        afterwards: () =>
          lab.command('GetLog', {
            requestId: 1,
            logType: 'SecurityLog',
            log: { remoteLocation: lab.files.uploads },
          }),
        async effect(seen) {
          const text = await lab.upload(seen.answers('GetLog').at(-1)?.filename)
          return text?.includes(type)
            ? `its security log, uploaded for GetLog, has the line ${type}`
            : undefined
        },
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})
