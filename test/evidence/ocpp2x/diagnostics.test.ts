import { describe, expect, test } from 'vitest'
import type { Actions201 } from '../../../src/ocpp/v201/actions.ts'
import { Evidence } from '../evidence.ts'
import { cancel, ev, plug, secondPlug } from '../lab.ts'
import { type LogRow, quickFiles } from '../transfers.ts'
import { type Lab2x, startLab2x, versions2x } from './lab2x.ts'

/* N. Logs, and what a station knows of customers. */

const order = { logType: 'DiagnosticsLog', requestId: 4 } as const

const getLog = (lab: Lab2x) =>
  lab.command('GetLog', { ...order, log: { remoteLocation: lab.files.uploads } })

async function logRow(lab: Lab2x): Promise<LogRow | undefined> {
  return (await lab.known<readonly LogRow[]>('logs'))?.[0]
}

interface CustomerRow {
  readonly requestId: number
  readonly text: string
  readonly complete: boolean
}

const customerRow = async (lab: Lab2x, requestId: number): Promise<CustomerRow | undefined> =>
  (await lab.known<readonly CustomerRow[]>('customer-information'))?.find(
    (row) => row.requestId === requestId,
  )

/** The customer GUEST is on the local list with every type of token: a long story. */
async function listGuest(lab: Lab2x): Promise<void> {
  const types = [
    'Central',
    'eMAID',
    'ISO14443',
    'ISO15693',
    'KeyCode',
    'Local',
    'MacAddress',
  ] as const
  const group = { idToken: 'THE-LONG-NAME-OF-A-GROUP', type: 'Central' } as const
  const { status } = await lab.command('SendLocalList', {
    versionNumber: 1,
    updateType: 'Full',
    localAuthorizationList: types.map((type) => ({
      idToken: { idToken: 'GUEST', type },
      idTokenInfo: { status: 'Accepted' as const, groupIdToken: group },
    })),
  })
  expect(status).toBe('Accepted')
}

describe.each(versions2x)('%s', (version) => {
  const evidence = new Evidence<Actions201>(version, 'diagnostics')

  test('[2.0.1 N01] GetLog', async () => {
    await using lab = await startLab2x(version)
    await lab.connect(quickFiles)
    await evidence.shows(lab, 'GetLog', {
      call: () => getLog(lab),
      station: {
        clause: '2.0.1 N01.FR.01',
        async effect(seen) {
          const text = await lab.upload(seen.answer('GetLog')?.filename)
          return (
            text && `the file that it named is uploaded, and begins “${text.split('\n', 1)[0]}”`
          )
        },
      },
      csms: {
        clause: '2.0.1 N01',
        async effect() {
          const row = await logRow(lab)
          return row?.status === 'Uploaded'
            ? `a row of the logs, type ${row.type}, with the name of the file, as ${row.status}`
            : undefined
        },
      },
    })
  })

  test('[2.0.1 N01] LogStatusNotification', async () => {
    await using lab = await startLab2x(version)
    await lab.connect(quickFiles)
    await evidence.shows(lab, 'LogStatusNotification', {
      call: () => getLog(lab),
      which: ({ status }) => status === 'Uploading',
      station: {
        clause: '2.0.1 N01.FR.08, FR.10',
        effect(seen) {
          const [told] = seen.calls('LogStatusNotification')
          return told && `it uploads, and tells ${told.status} with the same requestId`
        },
      },
      csms: {
        clause: '2.0.1 N01',
        async effect() {
          const told = (await logRow(lab))?.progress.map(({ status }) => status) ?? []
          return told.includes('Uploaded')
            ? `the progress of the upload is stored: ${told.join(', ')}`
            : undefined
        },
      },
    })
  })

  test('[2.0.1 N09, N10] CustomerInformation', async () => {
    await using lab = await startLab2x(version)
    const configuration = { 'AuthCtrlr.LocalPreAuthorize': true }
    const actor = await lab.connect({ station: { connectors: 2, configuration } })
    const idToken = { idToken: 'GUEST', type: 'ISO14443' } as const
    const asks = () => actor.authorize(secondPlug, idToken, cancel)
    await actor.plugIn(plug, ev)
    // What TransactionEvents are answered goes into the cache, too.
    await lab.command('RequestStartTransaction', { evseId: 1, remoteStartId: 1, idToken })
    await lab.until('the start', () => actor.variable('transactionId', plug))
    await actor.stop(plug, {}, cancel)
    expect(await asks()).toMatchObject({ ok: true })
    const question = {
      requestId: 9,
      report: true,
      clear: true,
      idToken,
    } as const
    await evidence.shows(lab, 'CustomerInformation', {
      call: () => lab.command('CustomerInformation', question),
      csms: {
        clause: '2.0.1 N09',
        async effect() {
          const row = await customerRow(lab, 9)
          return row?.complete
            ? `what is known is stored: “${row.text.split('\n', 1)[0]}”`
            : undefined
        },
      },
      station: {
        clause: '2.0.1 N10.FR.01',
        afterwards: asks,
        effect(seen) {
          const [asked] = seen.calls('Authorize')
          return (
            asked &&
            `Authorize of ${asked.idToken.idToken}, whom its cache let in without a question`
          )
        },
      },
    })
  })

  test('[2.0.1 N09] NotifyCustomerInformation', async () => {
    await using lab = await startLab2x(version)
    await lab.connect()
    await listGuest(lab)
    const question = { requestId: 10, report: true, clear: false, customerIdentifier: 'GUEST' }
    await evidence.shows(lab, 'NotifyCustomerInformation', {
      call: () => lab.command('CustomerInformation', question),
      csms: {
        clause: '2.0.1 N09.FR.05',
        async effect() {
          const row = await customerRow(lab, 10)
          return row?.complete
            ? `the parts are stored as one text of ${row.text.split('\n').length} lines`
            : undefined
        },
      },
      station: {
        clause: '2.0.1 N09.FR.05',
        effect(seen) {
          const [next] = seen.calls('NotifyCustomerInformation')
          return (
            next && `once it is answered the next part comes: seqNo ${next.seqNo}, tbc ${next.tbc}`
          )
        },
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})
