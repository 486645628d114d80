import { expect, test } from 'vitest'
import type { Actions21 } from '../../../src/ocpp/v21/actions.ts'
import { LabPki } from '../../helpers/lab-pki.ts'
import { Evidence } from '../evidence.ts'
import { playScript } from '../play-script.ts'
import { startLab21 } from './lab2x.ts'

/* M. Whether the chain of a contract was revoked: OCPP 2.1 only. */

interface CertificatesRow {
  readonly contracts?: readonly { readonly serial: string }[]
  readonly statuses?: readonly { readonly serial: string; readonly status: string }[]
}

const evidence = new Evidence<Actions21>('ocpp2.1', 'chain-status')
const emaid = 'DE-LAB-C12345678-9'
const tokens = [{ idToken: emaid, type: 'eMAID', status: 'Accepted' }] as const

test('[2.1 M07] GetCertificateChainStatus', async () => {
  await using pki = await LabPki.make()
  await using lab = await startLab21({ caDir: pki.folder, tokens })
  const actor = await lab.connect()
  const certificateType = 'MORootCertificate'
  await lab.command('InstallCertificate', { certificateType, certificate: pki.authority.rootPem })
  const contract = await playScript(
    actor,
    `
      - contract: ${emaid}`,
  )
  expect(contract).toEqual({ kind: 'completed' })
  const known = () => lab.known<CertificatesRow>('certificates')
  const serial = (await known())?.contracts?.[0]?.serial ?? ''
  await pki.authority.revoke(serial, 'keyCompromise')
  let refusal: string | undefined
  await evidence.shows(lab, 'GetCertificateChainStatus', {
    async call() {
      const result = await playScript(
        actor,
        `
      - authorize: { token: { idToken: ${emaid}, type: eMAID } }`,
      )
      refusal = result.kind === 'failed' ? result.failure.reason : undefined
    },
    csms: {
      clause: '2.1 M07.FR.03, M07.FR.08',
      async effect() {
        const told = (await known())?.statuses?.find((one) => one.serial === serial)
        return told?.status === 'Revoked'
          ? `what it told of this certificate is stored: ${told.status}`
          : undefined
      },
    },
    station: {
      clause: '2.1 M07.FR.10, C07',
      effect: (seen) =>
        refusal === undefined || seen.calls('Authorize').length > 0
          ? undefined
          : `it lets nobody charge with it, and sends no Authorize: “${refusal}”`,
    },
  })
})

test('what was seen is written down', () => evidence.isWrittenDown())
