import { describe, test } from 'vitest'
import type { Actions201 } from '../../../src/ocpp/v201/actions.ts'
import { Evidence } from '../evidence.ts'
import { cancel, ev, plug, token } from '../lab.ts'
import { startLab2x, versions2x } from './lab2x.ts'

/* E. From the first event of a transaction to its last. */

interface Transaction {
  readonly transactionId: string
  readonly evseId: number
  readonly idToken?: string
  readonly meterStartWh?: number
  readonly stopReason?: string
}

const card = { ...token('T1'), type: 'ISO14443' }

describe.each(versions2x)('%s', (version) => {
  const evidence = new Evidence<Actions201>(version, 'transactions')

  test('[2.0.1 E01, E03, E05] TransactionEvent', async () => {
    await using lab = await startLab2x(version)
    const configuration = { 'AuthCtrlr.LocalPreAuthorize': true }
    const actor = await lab.connect({ station: { configuration } })
    await actor.authorize(plug, card, cancel)
    await lab.patchToken('T1', { status: 'Blocked' })
    await evidence.shows(lab, 'TransactionEvent', {
      call: () => actor.plugIn(plug, ev),
      which: ({ eventType }) => eventType === 'Started',
      csms: {
        clause: '2.0.1 E01, E02',
        async effect() {
          const [row] = await lab.transactions<Transaction>()
          const { idToken, evseId, meterStartWh } = row ?? {}
          return (
            idToken &&
            `a transaction of ${idToken} on EVSE ${evseId} is stored, from ${meterStartWh} Wh on`
          )
        },
      },
      station: {
        clause: '2.0.1 E05.FR.02, FR.10',
        effect(seen) {
          const ended = seen
            .calls('TransactionEvent')
            .find(({ eventType }) => eventType === 'Ended')
          return (
            ended &&
            `the idToken, which its cache knew as good, is answered Blocked: the transaction is Ended, ` +
              `${ended.triggerReason}, ${ended.transactionInfo.stoppedReason}`
          )
        },
      },
    })
  })

  test('[2.0.1 E14] GetTransactionStatus', async () => {
    await using lab = await startLab2x(version)
    const actor = await lab.connect({ station: { connectors: 2 } })
    // Begun, and then forgotten by its station: the CSMS holds it for open.
    await actor.call('TransactionEvent', {
      eventType: 'Started',
      timestamp: new Date(actor.clocks.simulated.wallMs()).toISOString(),
      triggerReason: 'CablePluggedIn',
      seqNo: 0,
      transactionInfo: { transactionId: 'forgotten' },
      evse: { id: 2, connectorId: 1 },
    })
    await evidence.shows(lab, 'GetTransactionStatus', {
      call: () => lab.command('GetTransactionStatus', { transactionId: 'forgotten' }),
      csms: {
        clause: '2.0.1 E14',
        async effect() {
          const rows = await lab.transactions<Transaction>()
          const row = rows.find(({ transactionId }) => transactionId === 'forgotten')
          return (
            row?.stopReason &&
            `the transaction that its station does not know is stored as over: ${row.stopReason}`
          )
        },
      },
      station: {
        clause: '2.0.1 E14.FR.02, FR.03',
        async afterwards() {
          await actor.plugIn(plug, ev)
          await actor.authorize(plug, card, cancel)
          await actor.start(plug, cancel)
          const transactionId = String(actor.variable('transactionId', plug))
          await lab.command('GetTransactionStatus', { transactionId })
        },
        effect(seen) {
          const before = seen.answer('GetTransactionStatus')?.ongoingIndicator
          const now = seen.answers('GetTransactionStatus').at(-1)?.ongoingIndicator
          return now === undefined || now === before
            ? undefined
            : `it looks at its transactions: ${before} for that one, ${now} for one that goes on`
        },
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})
