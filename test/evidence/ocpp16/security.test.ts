import { join } from 'node:path'
import { afterAll, beforeAll, describe, test } from 'vitest'
import type { ResponseOf } from '../../../src/ocpp/rpc/service.ts'
import type { Actions16 } from '../../../src/ocpp/v16/actions.ts'
import { signFirmware } from '../../../src/platform/pki/firmware-signature.ts'
import { LabPki } from '../../helpers/lab-pki.ts'
import { Evidence } from '../evidence.ts'
import type { Seen } from '../seen.ts'
import { type FirmwareRow, type LogRow, quickFiles } from '../transfers.ts'
import { type Lab16, startLab16 } from './lab16.ts'

/* The eleven actions of the security whitepaper, between a real station and a real management system. */

const security = new Evidence<Actions16>('ocpp1.6', 'security')

const before = quickFiles.station.firmware.version
const longAgo = '2020-01-01T00:00:00Z'
let pki: LabPki
let manufacturerRoot: string

beforeAll(async () => {
  pki = await LabPki.make({ stations: [{ id: 'CP1', serialNumber: 'SN-1' }] })
  manufacturerRoot = await pki.text('firmware/root.pem')
})
afterAll(() => pki[Symbol.asyncDispose]())

type HashData = NonNullable<
  ResponseOf<Actions16, 'GetInstalledCertificateIds'>['certificateHashData']
>[number]

interface CertificatesRow {
  readonly signed: readonly {
    readonly serial: string
    readonly commonName: string
    readonly state: string
  }[]
  readonly roots: readonly { readonly certificateType: string }[]
}

const certificates = async (lab: Lab16) => lab.known<CertificatesRow>('certificates')

const rootRow = async (lab: Lab16): Promise<string | undefined> => {
  const [root] = (await certificates(lab))?.roots ?? []
  return root && `a row of its roots: ${root.certificateType}`
}

const manufacturer = {
  certificateType: 'ManufacturerRootCertificate' as const,
  get certificate() {
    return manufacturerRoot
  },
}

/** The operator orders the firmware with its manufacturer's signature. */
async function signedUpdate(lab: Lab16, requestId: number) {
  const proof = await signFirmware(pki.folder, lab.files.path)
  return lab.command('SignedUpdateFirmware', {
    requestId,
    firmware: { location: lab.files.firmware, retrieveDateTime: longAgo, ...proof },
  })
}

describe('roots', () => {
  test('[1.6 SWP M05] InstallCertificate', async () => {
    await using lab = await startLab16()
    await lab.connect(quickFiles)
    const refused = await signedUpdate(lab, 1)
    await security.shows(lab, 'InstallCertificate', {
      call: () => lab.command('InstallCertificate', manufacturer),
      station: {
        clause: '1.6 SWP L01, M05',
        afterwards: () => signedUpdate(lab, 2),
        effect(seen) {
          const status = seen.answers('SignedUpdateFirmware')[0]?.status
          return status === 'Accepted'
            ? `firmware signed under that root, ${refused.status} before, is ${status}`
            : undefined
        },
      },
      csms: { clause: '1.6 SWP M05', effect: () => rootRow(lab) },
    })
  })

  test('[1.6 SWP M03] GetInstalledCertificateIds', async () => {
    await using lab = await startLab16()
    await lab.connect({ ca: pki.authority.rootPem })
    const question = { certificateType: 'CentralSystemRootCertificate' as const }
    await security.shows(lab, 'GetInstalledCertificateIds', {
      call: () => lab.command('GetInstalledCertificateIds', question),
      csms: { clause: '1.6 SWP M03', effect: () => rootRow(lab) },
      station: {
        clause: '1.6 SWP M03, M04',
        async afterwards() {
          await lab.command('DeleteCertificate', { certificateHashData: hashIn(lab) })
          await lab.command('GetInstalledCertificateIds', question)
        },
        effect(seen) {
          const [deleted] = seen.answers('DeleteCertificate')
          const [now] = seen.answers('GetInstalledCertificateIds')
          return deleted && now?.status === 'NotFound'
            ? 'the hash that it told names the root: deleted by it, the root is NotFound'
            : undefined
        },
      },
    })
  })

  test('[1.6 SWP M04] DeleteCertificate', async () => {
    await using lab = await startLab16()
    await lab.connect(quickFiles)
    await lab.command('InstallCertificate', manufacturer)
    const { certificateType } = manufacturer
    await lab.command('GetInstalledCertificateIds', { certificateType })
    await security.shows(lab, 'DeleteCertificate', {
      call: () => lab.command('DeleteCertificate', { certificateHashData: hashIn(lab) }),
      csms: {
        clause: '1.6 SWP M04',
        async effect() {
          const known = await certificates(lab)
          return known?.roots.length === 0 ? 'the row of the root is gone' : undefined
        },
      },
      station: {
        clause: '1.6 SWP L01, M04',
        afterwards: () => signedUpdate(lab, 1),
        effect(seen) {
          const status = seen.answers('SignedUpdateFirmware')[0]?.status
          return status === 'InvalidCertificate'
            ? `firmware signed under that root is refused: ${status}`
            : undefined
        },
      },
    })
  })
})

/** The hash that the station told last. */
function hashIn(lab: Lab16): HashData {
  const told = lab.frames.findLast(
    ({ action, kind }) => action === 'GetInstalledCertificateIds' && kind === 'result',
  )
  const { certificateHashData } = (told?.payload ?? {}) as ResponseOf<
    Actions16,
    'GetInstalledCertificateIds'
  >
  const [hash] = certificateHashData ?? []
  if (!hash) throw new Error('no hash was told')
  return hash
}

/** A station with the certificate of csms certs init, on TLS up to the tap. */
async function withCertificate(): Promise<Lab16> {
  const { certificatePem: cert, keyPem: key } = await pki.pair('server/ecdsa')
  const tls = { cert, key, ca: pki.authority.rootPem }
  const lab = await startLab16({ caDir: pki.folder, tls })
  await lab.connect({
    ca: pki.authority.rootPem,
    security: {
      profile: 3,
      cert: join(pki.folder, 'stations/{id}.pem'),
      key: join(pki.folder, 'stations/{id}.key'),
    },
    station: {
      serial: 'SN-1',
      configuration: { CpoName: 'Lab', RetryBackOffWaitMinimum: 0, RetryBackOffRandomRange: 0 },
    },
  })
  return lab
}

const renewal = { requestedMessage: 'SignChargePointCertificate' as const }

/** The station's TLS handshake presents what was signed last. */
async function presents(lab: Lab16): Promise<boolean> {
  const signed = (await certificates(lab))?.signed.at(-1)
  return signed !== undefined && lab.tap.certificates.at(-1) === signed.serial
}

describe('the certificate of a station', () => {
  test('[1.6 SWP A02] SignCertificate', async () => {
    await using lab = await withCertificate()
    await security.shows(lab, 'SignCertificate', {
      call: () => lab.command('ExtendedTriggerMessage', renewal),
      csms: {
        clause: '1.6 SWP A02.FR.11, A02.FR.12',
        async effect(seen) {
          const [sent] = seen.calls('CertificateSigned')
          const [row] = (await certificates(lab))?.signed ?? []
          return (
            sent &&
            row &&
            `it signs for ${row.commonName}, stores that, and sends CertificateSigned`
          )
        },
      },
      station: {
        clause: '1.6 SWP A02.FR.05, A02.FR.08',
        effect: async () =>
          (await presents(lab))
            ? 'it reconnects, and proves in the TLS handshake that it kept the key of the request'
            : undefined,
      },
    })
  })

  test('[1.6 SWP A02] CertificateSigned', async () => {
    await using lab = await withCertificate()
    await security.shows(lab, 'CertificateSigned', {
      call: () => lab.command('ExtendedTriggerMessage', renewal),
      csms: {
        clause: '1.6 SWP A02',
        async effect() {
          const [row] = (await certificates(lab))?.signed ?? []
          return row?.state === 'Installed'
            ? `the certificate of ${row.commonName} is stored as ${row.state}`
            : undefined
        },
      },
      station: {
        clause: '1.6 SWP A02.FR.08',
        effect: async () =>
          (await presents(lab)) ? 'its next TLS handshake presents that certificate' : undefined,
      },
    })
  })

  test('[1.6 SWP] ExtendedTriggerMessage', async () => {
    await using lab = await startLab16({ caDir: pki.folder })
    await lab.connect({ station: { serial: 'SN-1', configuration: { CpoName: 'Lab' } } })
    await security.shows(lab, 'ExtendedTriggerMessage', {
      call: () => lab.command('ExtendedTriggerMessage', renewal),
      csms: {
        clause: '1.6 SWP A02',
        async effect() {
          const [row] = (await certificates(lab))?.signed ?? []
          return row && `a row of the certificates that were signed: ${row.commonName}`
        },
      },
      station: {
        clause: '1.6 SWP A02',
        effect(seen) {
          const [sent] = seen.calls('SignCertificate')
          return sent?.csr.startsWith('-----BEGIN CERTIFICATE REQUEST-----')
            ? 'SignCertificate follows, with a request for a new key'
            : undefined
        },
      },
    })
  })
})

describe('firmware and logs', () => {
  test('[1.6 SWP L01] SignedUpdateFirmware', async () => {
    await using lab = await startLab16()
    await lab.connect(quickFiles)
    await lab.command('InstallCertificate', manufacturer)
    await security.shows(lab, 'SignedUpdateFirmware', {
      call: () => signedUpdate(lab, 5),
      station: {
        clause: '1.6 SWP L01',
        effect(seen) {
          const boots = seen.calls('BootNotification')
          const boot = boots.find(({ firmwareVersion }) => firmwareVersion !== before)
          return (
            boot &&
            `it checks the signature, installs, and boots with firmware ${boot.firmwareVersion}`
          )
        },
      },
      csms: {
        clause: '1.6 SWP L01',
        async effect() {
          const row = await lab.known<FirmwareRow>('firmware')
          return row?.status === 'Installed' && row.signed
            ? `the order ${row.requestId} is stored as signed, and as ${row.status}`
            : undefined
        },
      },
    })
  })

  test('[1.6 SWP L01] SignedFirmwareStatusNotification', async () => {
    await using lab = await startLab16()
    await lab.connect(quickFiles)
    await lab.command('InstallCertificate', manufacturer)
    await security.shows(lab, 'SignedFirmwareStatusNotification', {
      call: () => signedUpdate(lab, 5),
      which: ({ status }) => status === 'SignatureVerified',
      station: {
        clause: '1.6 SWP L01',
        effect(seen) {
          const told = seen.calls('SignedFirmwareStatusNotification').map(({ status }) => status)
          return told.includes('Installed') ? `it goes on: ${told.join(', ')}` : undefined
        },
      },
      csms: {
        clause: '1.6 SWP L01',
        async effect() {
          const { progress = [] } = (await lab.known<FirmwareRow>('firmware')) ?? {}
          const told = progress.map(({ status }) => status)
          return told.includes('Installed')
            ? `the progress of the update is stored: ${told.join(', ')}`
            : undefined
        },
      },
    })
  })

  test('[1.6 SWP N01] GetLog', async () => {
    await using lab = await startLab16()
    await lab.connect(quickFiles)
    await security.shows(lab, 'GetLog', {
      call: () => lab.command('GetLog', diagnostics(lab)),
      station: {
        clause: '1.6 SWP N01',
        async effect(seen) {
          const text = await lab.upload(seen.answer('GetLog')?.filename)
          return (
            text && `the file that it named is uploaded, and begins “${text.split('\n', 1)[0]}”`
          )
        },
      },
      csms: {
        clause: '1.6 SWP N01',
        async effect() {
          const [row] = (await lab.known<readonly LogRow[]>('logs')) ?? []
          return row?.status === 'Uploaded'
            ? `a row of the logs: request ${row.requestId}, ${row.type}, ${row.status}`
            : undefined
        },
      },
    })
  })

  test('[1.6 SWP N01] LogStatusNotification', async () => {
    await using lab = await startLab16()
    await lab.connect(quickFiles)
    await security.shows(lab, 'LogStatusNotification', {
      call: () => lab.command('GetLog', diagnostics(lab)),
      which: ({ status }) => status === 'Uploading',
      station: {
        clause: '1.6 SWP N01',
        effect(seen) {
          const [told] = seen.calls('LogStatusNotification')
          return told && `it uploads, and tells ${told.status} of request ${told.requestId}`
        },
      },
      csms: {
        clause: '1.6 SWP N01',
        async effect() {
          const [row] = (await lab.known<readonly LogRow[]>('logs')) ?? []
          const told = row?.progress.map(({ status }) => status) ?? []
          return told.includes('Uploaded')
            ? `the progress of the upload is stored: ${told.join(', ')}`
            : undefined
        },
      },
    })
  })
})

const diagnostics = (lab: Lab16) => ({
  requestId: 3,
  logType: 'DiagnosticsLog' as const,
  log: { remoteLocation: lab.files.uploads },
})

test('[1.6 SWP A04] SecurityEventNotification', async () => {
  await using lab = await startLab16()
  await lab.connect(quickFiles)
  const type = 'InvalidCentralSystemCertificate'
  const nonsense = {
    certificateType: 'CentralSystemRootCertificate' as const,
    certificate: 'nonsense',
  }
  await security.shows(lab, 'SecurityEventNotification', {
    call: () => lab.command('InstallCertificate', nonsense),
    csms: {
      clause: '1.6 SWP A04.FR.03',
      async effect() {
        const rows = await lab.known<readonly { readonly type: string }[]>('security-events')
        const row = rows?.find((one) => one.type === type)
        return row && `a row of the security events: ${row.type}`
      },
    },
    station: {
      clause: '1.6 SWP A04, N01',
      afterwards: () =>
        lab.command('GetLog', {
          requestId: 1,
          logType: 'SecurityLog',
          log: { remoteLocation: lab.files.uploads },
        }),
      async effect(seen) {
        const text = await lab.upload(nameIn(seen))
        return text?.includes(type)
          ? `its security log, uploaded for GetLog, has the line ${type}`
          : undefined
      },
    },
  })
})

const nameIn = (seen: Seen<Actions16>) => seen.answers('GetLog').at(-1)?.filename

test('docs/reference/ocpp16.md tells what was seen of security', () => security.isWrittenDown())
