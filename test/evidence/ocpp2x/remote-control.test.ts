import { describe, test } from 'vitest'
import type { Actions201 } from '../../../src/ocpp/v201/actions.ts'
import { Evidence } from '../evidence.ts'
import { cancel, ev, plug } from '../lab.ts'
import { connectorStatus, type Lab2x, startLab2x, versions2x } from './lab2x.ts'

/* F. What an operator does from afar. */

const guest = { idToken: 'GUEST', type: 'Central' } as const

interface TransactionRow {
  readonly transactionId: string
  readonly idToken?: string
  readonly remoteStartId?: number
  readonly stopReason?: string
}

interface SampledRow {
  readonly evseId: number
  readonly meterValue: { readonly sampledValue: readonly { readonly context?: string }[] }
}

interface ConnectorRow {
  readonly evseId: number
  readonly connectorId: number
  readonly status: string
}

const transaction = async (lab: Lab2x): Promise<TransactionRow | undefined> =>
  (await lab.transactions<TransactionRow>())[0]

describe.each(versions2x)('%s', (version) => {
  const evidence = new Evidence<Actions201>(version, 'remote-control')

  test('[2.0.1 F01, F03] RequestStartTransaction and RequestStopTransaction', async () => {
    await using lab = await startLab2x(version)
    const actor = await lab.connect()
    await actor.plugIn(plug, ev)
    await evidence.shows(lab, 'RequestStartTransaction', {
      call: () => lab.command('RequestStartTransaction', { remoteStartId: 17, idToken: guest }),
      csms: {
        clause: '2.0.1 F01.FR.19, F01.FR.25',
        async effect() {
          const { idToken, remoteStartId } = (await transaction(lab)) ?? {}
          return remoteStartId === undefined
            ? undefined
            : `a transaction of ${idToken} with remoteStartId ${remoteStartId} is stored`
        },
      },
      station: {
        clause: '2.0.1 F01.FR.19, F01.FR.25',
        effect(seen) {
          const event = seen
            .calls('TransactionEvent')
            .find(({ triggerReason }) => triggerReason === 'RemoteStart')
          const id = event?.transactionInfo.remoteStartId
          return id === undefined
            ? undefined
            : `TransactionEvent with triggerReason RemoteStart and remoteStartId ${id}`
        },
      },
    })
    await evidence.shows(lab, 'RequestStopTransaction', {
      call: async () =>
        lab.command('RequestStopTransaction', {
          transactionId: (await transaction(lab))?.transactionId ?? '',
        }),
      csms: {
        clause: '2.0.1 F03, E06.FR.02',
        async effect() {
          const { idToken, stopReason } = (await transaction(lab)) ?? {}
          return (
            stopReason && `the transaction of ${idToken} is stored with stoppedReason ${stopReason}`
          )
        },
      },
      station: {
        clause: '2.0.1 F03.FR.02, F03.FR.03',
        effect(seen) {
          const event = seen
            .calls('TransactionEvent')
            .find(({ triggerReason }) => triggerReason === 'RemoteStop')
          return (
            event &&
            `TransactionEvent ${event.eventType} with triggerReason RemoteStop, stoppedReason ${event.transactionInfo.stoppedReason}`
          )
        },
      },
    })
  })

  test('[2.0.1 F05] UnlockConnector', async () => {
    await using lab = await startLab2x(version)
    const actor = await lab.connect({
      station: {
        evses: [{ connectors: ['sType2'] }],
        configuration: { 'OCPPCommCtrlr.UnlockOnEVSideDisconnect': 'false' },
      },
    })
    const stored = async () => {
      const rows = await lab.known<readonly ConnectorRow[]>('connectors')
      return rows?.find(({ evseId, connectorId }) => evseId === 1 && connectorId === 1)?.status
    }
    await actor.plugIn(plug, ev)
    await actor.start(plug, cancel)
    await actor.unplug(plug, cancel)
    await evidence.shows(lab, 'UnlockConnector', {
      call: () => lab.command('UnlockConnector', { evseId: 1, connectorId: 1 }),
      csms: {
        clause: '2.0.1 F05, G01',
        effect: async () =>
          (await stored()) === 'Available'
            ? 'connector 1 of EVSE 1, Occupied until now, is stored as Available'
            : undefined,
      },
      station: {
        clause: '2.0.1 F05.FR.01',
        effect: (seen) =>
          connectorStatus(seen, 1) === 'Available'
            ? 'the cable that was left comes free: StatusNotification Available'
            : undefined,
      },
    })
  })

  test('[2.0.1 F06] TriggerMessage', async () => {
    await using lab = await startLab2x(version)
    await lab.connect()
    await evidence.shows(lab, 'TriggerMessage', {
      call: () =>
        lab.command('TriggerMessage', { requestedMessage: 'MeterValues', evse: { id: 1 } }),
      csms: {
        clause: '2.0.1 F06, J01',
        async effect() {
          const [row] = (await lab.known<readonly SampledRow[]>('meter-values')) ?? []
          const context = row?.meterValue.sampledValue[0]?.context
          return context && `values of EVSE ${row.evseId}, context ${context}, are stored`
        },
      },
      station: {
        clause: '2.0.1 F06.FR.06',
        effect(seen) {
          const [values] = seen.calls('MeterValues')
          const context = values?.meterValue[0]?.sampledValue[0]?.context
          return context && `MeterValues of EVSE ${values.evseId} with context ${context}`
        },
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})
