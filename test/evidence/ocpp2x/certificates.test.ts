import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ResponseOf } from '../../../src/ocpp/rpc/service.ts'
import type { Actions201 } from '../../../src/ocpp/v201/actions.ts'
import { signFirmware } from '../../../src/platform/pki/firmware-signature.ts'
import type { StationActor } from '../../../src/simulator/steps/actor.ts'
import { LabPki } from '../../helpers/lab-pki.ts'
import { Evidence } from '../evidence.ts'
import { playScript } from '../play-script.ts'
import { quickFiles } from '../transfers.ts'
import { type Lab2x, startLab2x, variableValue, versions2x } from './lab2x.ts'

/* M. Roots, what stations show to vehicles, and the contracts of vehicles. */

interface CertificatesRow {
  readonly signed: readonly { readonly serial: string; readonly state: string }[]
  readonly roots: readonly { readonly certificateType: string }[]
  readonly contracts?: readonly { readonly emaid: string; readonly serial: string }[]
  readonly statuses?: readonly { readonly serial: string; readonly status: string }[]
}

type Chain = NonNullable<
  ResponseOf<Actions201, 'GetInstalledCertificateIds'>['certificateHashDataChain']
>[number]

const emaid = 'DE-LAB-C12345678-9'
const tokens = [{ idToken: emaid, type: 'eMAID', status: 'Accepted' }] as const
const longAgo = '2020-01-01T00:00:00Z'
let pki: LabPki
let manufacturer: { certificateType: 'ManufacturerRootCertificate'; certificate: string }

beforeAll(async () => {
  pki = await LabPki.make()
  manufacturer = {
    certificateType: 'ManufacturerRootCertificate',
    certificate: await pki.text('firmware/root.pem'),
  }
})
afterAll(() => pki[Symbol.asyncDispose]())

const certificates = (lab: Lab2x) => lab.known<CertificatesRow>('certificates')

const rootRow = async (lab: Lab2x): Promise<string | undefined> => {
  const [root] = (await certificates(lab))?.roots ?? []
  return root && `a row of its roots: ${root.certificateType}`
}

/** What the station was told of this certificate. */
const statusOf = async (lab: Lab2x, serial: string | undefined) =>
  (await certificates(lab))?.statuses?.find((told) => told.serial === serial)?.status

/** The operator orders the firmware with its manufacturer's signature. */
async function signedUpdate(lab: Lab2x, requestId: number) {
  const proof = await signFirmware(pki.folder, lab.files.path)
  return lab.command('UpdateFirmware', {
    requestId,
    firmware: { location: lab.files.firmware, retrieveDateTime: longAgo, ...proof },
  })
}

/** Of the chains of this type that the station has, the one with this serial number, or the first. */
async function hashOf(lab: Lab2x, certificateType: Chain['certificateType'], serial?: string) {
  const { certificateHashDataChain: chains = [] } = await lab.command(
    'GetInstalledCertificateIds',
    { certificateType: [certificateType] },
  )
  const chain = chains.find(
    ({ certificateHashData }) =>
      serial === undefined || certificateHashData.serialNumber === serial,
  )
  if (!chain) throw new Error(`the station has no ${certificateType} ${serial ?? ''}`)
  return chain.certificateHashData
}

/** A station that can get certificates for vehicles from the authority of the management system. */
async function forVehicles(version: (typeof versions2x)[number]): Promise<Lab2x> {
  const lab = await startLab2x(version, { caDir: pki.folder })
  await lab.connect({
    station: {
      configuration: { 'SecurityCtrlr.OrganizationName': 'Lab', 'ISO15118Ctrlr.SeccId': 'SECC-1' },
    },
  })
  const certificate = pki.authority.rootPem
  await lab.command('InstallCertificate', { certificateType: 'V2GRootCertificate', certificate })
  return lab
}

/** It gets one; resolves to its serial number. */
async function vehicleCertificate(lab: Lab2x): Promise<string> {
  const before = (await certificates(lab))?.signed.length ?? 0
  await lab.command('TriggerMessage', { requestedMessage: 'SignV2GCertificate' })
  return lab.until('a certificate for vehicles, and what is told of it', async () => {
    const { signed = [], statuses = [] } = (await certificates(lab)) ?? {}
    const row = signed[before]
    const told = statuses.some(({ serial }) => serial === row?.serial)
    return row?.state === 'Installed' && told ? row.serial : undefined
  })
}

const contractStep = `
      - contract: ${emaid}`
const authorizeStep = `
      - authorize: { token: { idToken: ${emaid}, type: eMAID } }`

async function withContract(actor: StationActor): Promise<void> {
  expect(await playScript(actor, contractStep)).toEqual({ kind: 'completed' })
}

describe.each(versions2x)('%s', (version) => {
  const evidence = new Evidence<Actions201>(version, 'certificates')

  test('[2.0.1 M05] InstallCertificate', async () => {
    await using lab = await startLab2x(version)
    await lab.connect(quickFiles)
    const refused = await signedUpdate(lab, 1)
    await evidence.shows(lab, 'InstallCertificate', {
      call: () => lab.command('InstallCertificate', manufacturer),
      station: {
        clause: '2.0.1 M05.FR.02, L01.FR.21',
        afterwards: () => signedUpdate(lab, 2),
        effect(seen) {
          const status = seen.answers('UpdateFirmware')[0]?.status
          return status === 'Accepted'
            ? `firmware signed under that root, ${refused.status} before, is ${status}`
            : undefined
        },
      },
      csms: { clause: '2.0.1 M05', effect: () => rootRow(lab) },
    })
  })

  test('[2.0.1 M03] GetInstalledCertificateIds', async () => {
    await using lab = await startLab2x(version)
    await lab.connect({ ca: pki.authority.rootPem })
    const question = { certificateType: ['CSMSRootCertificate' as const] }
    await evidence.shows(lab, 'GetInstalledCertificateIds', {
      call: () => lab.command('GetInstalledCertificateIds', question),
      csms: { clause: '2.0.1 M03.FR.01', effect: () => rootRow(lab) },
      station: {
        clause: '2.0.1 M03.FR.04, M04.FR.02',
        async afterwards() {
          const told = lab.frames.findLast(({ action }) => action === 'GetInstalledCertificateIds')
          const { certificateHashDataChain: [chain] = [] } = (told?.payload ?? {}) as {
            readonly certificateHashDataChain?: readonly Chain[]
          }
          if (!chain) throw new Error('no hash was told')
          const { certificateHashData } = chain
          await lab.command('DeleteCertificate', { certificateHashData })
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

  test('[2.0.1 M04] DeleteCertificate', async () => {
    await using lab = await startLab2x(version)
    await lab.connect(quickFiles)
    await lab.command('InstallCertificate', manufacturer)
    const certificateHashData = await hashOf(lab, manufacturer.certificateType)
    await evidence.shows(lab, 'DeleteCertificate', {
      call: () => lab.command('DeleteCertificate', { certificateHashData }),
      csms: {
        clause: '2.0.1 M04',
        async effect() {
          const known = await certificates(lab)
          return known?.roots.length === 0 ? 'the row of the root is gone' : undefined
        },
      },
      station: {
        clause: '2.0.1 M04.FR.02, L01.FR.22',
        afterwards: () => signedUpdate(lab, 1),
        effect(seen) {
          const status = seen.answers('UpdateFirmware')[0]?.status
          return status === 'InvalidCertificate'
            ? `firmware signed under that root is refused: ${status}`
            : undefined
        },
      },
    })
  })

  test('[2.0.1 M06] GetCertificateStatus', async () => {
    await using lab = await forVehicles(version)
    const older = await vehicleCertificate(lab)
    const newer = await vehicleCertificate(lab)
    await pki.authority.revoke(older, 'keyCompromise')
    const certificateHashData = await hashOf(lab, 'V2GCertificateChain', newer)
    await evidence.shows(lab, 'GetCertificateStatus', {
      // It has to show the older one to vehicles from then on, and asks whether it still holds.
      call: () => lab.command('DeleteCertificate', { certificateHashData }),
      csms: {
        clause: '2.0.1 M06.FR.02, M06.FR.03',
        async effect() {
          const status = await statusOf(lab, older)
          return status === 'Revoked'
            ? `what it told of this certificate is stored: ${status}`
            : undefined
        },
      },
      station: {
        clause: '2.0.1 M06, A02.FR.21',
        async afterwards() {
          const component = { name: 'ISO15118Ctrlr' }
          await lab.command('GetVariables', {
            getVariableData: [{ component, variable: { name: 'PnCEnabled' } }],
          })
        },
        effect(seen) {
          const [asked] = seen.calls('SignCertificate')
          const enabled = variableValue(seen, 'ISO15118Ctrlr', 'PnCEnabled')
          return asked && enabled === 'false'
            ? `it discards the revoked certificate: PnCEnabled is ${enabled}, and it asks for another ${asked.certificateType}`
            : undefined
        },
      },
    })
  })

  test('[2.0.1 M01] Get15118EVCertificate', async () => {
    await using lab = await startLab2x(version, { caDir: pki.folder, tokens })
    const actor = await lab.connect()
    await evidence.shows(lab, 'Get15118EVCertificate', {
      call: () => withContract(actor),
      csms: {
        clause: '2.0.1 M01',
        async effect() {
          const [row] = (await certificates(lab))?.contracts ?? []
          return row && `a row of the contracts that it signed: ${row.emaid}`
        },
      },
      station: {
        clause: '2.0.1 M01.FR.01, C07.FR.06',
        afterwards: () => playScript(actor, authorizeStep),
        effect(seen) {
          const [authorized] = seen.calls('Authorize')
          const [answer] = seen.answers('Authorize')
          return authorized?.certificate && answer?.certificateStatus === 'Accepted'
            ? `the EV's next Authorize shows that contract, and its certificateStatus is ${answer.certificateStatus}`
            : undefined
        },
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})
