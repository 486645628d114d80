import type { ConformanceCase, Move } from '../case.ts'
import { does } from '../moves.ts'
import { metered, transactionId } from '../transaction-events.ts'
import { any, counted, now } from '../values.ts'
import { case201 } from './moves201.ts'
import {
  acceptedToken,
  authorized,
  booted201,
  charges,
  charging,
  event,
  stopped,
  told,
  unplugged,
} from './states201.ts'

const clause = '2.0.1 I02.FR.01'

/**
 * The energy so far is told; what it costs comes with the answer, or in a CostUpdated of its own for
 * the transaction of the case.
 */
export function costTold(registerWh: number): Move {
  return does(`the cost at ${registerWh} Wh is told`, async (scene) => {
    const { probe, stage, values } = scene
    const coming = probe.arrivals.next('CostUpdated', stage.timeoutMs)
    const answer = await probe.call(
      'TransactionEvent',
      values.payload({
        eventType: 'Updated',
        triggerReason: 'MeterValuePeriodic',
        timestamp: now(),
        seqNo: counted('transaction'),
        transactionInfo: { transactionId: transactionId(), chargingState: 'Charging' },
        meterValue: metered('Sample.Periodic', registerWh),
      }),
      stage.timeoutMs,
    )
    const update = coming.then((incoming) => {
      if (incoming) probe.result(incoming, {})
      return incoming
    })
    const total = answer.kind === 'result' && (answer.payload as { totalCost?: number }).totalCost
    if (typeof total === 'number') {
      const frame = answer.kind === 'result' ? answer.frame : undefined
      scene.check(`cost at ${registerWh} Wh`, total >= 0, {
        detail: `totalCost is ${total}`,
        clause,
        frame,
      })
      return
    }
    const incoming = await update
    const of = (incoming?.payload as { transactionId?: string } | undefined)?.transactionId
    scene.check(`cost at ${registerWh} Wh`, of === values.fill(transactionId()), {
      detail: incoming
        ? `CostUpdated for transaction ${of}`
        : 'no totalCost in the answer, and no CostUpdated after it',
      clause,
      frame: incoming?.frame,
    })
  })
}

/** I. Tariff and cost. */
export const cost201: readonly ConformanceCase[] = [
  case201({
    id: 'I_01',
    title: 'What it costs so far is told while the EV charges',
    profile: 'Advanced UI',
    moves: [...charging, costTold(1000), costTold(2000), ...unplugged],
  }),
  case201({
    id: 'I_02',
    title: 'What it cost is told at the end',
    profile: 'Advanced UI',
    moves: [
      ...booted201,
      ...told(1, 'Occupied'),
      event('Started', 'CablePluggedIn', {
        info: { chargingState: 'EVConnected' },
        meterValue: metered('Transaction.Begin', 1000),
        clause: '2.0.1 E01.FR.02',
      }),
      authorized,
      event('Updated', 'Authorized', acceptedToken),
      charges('Charging'),
      ...stopped,
      ...told(1, 'Available'),
      event('Ended', 'EVCommunicationLost', {
        info: { chargingState: 'Idle', stoppedReason: 'EVDisconnected' },
        meterValue: metered('Transaction.End', 6000),
        expect: { totalCost: any },
        clause: '2.0.1 I03.FR.02',
      }),
    ],
  }),
]
