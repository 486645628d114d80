import { type Evse, isSocket } from '../../evse.ts'
import { done } from '../../step-result.ts'
import type { Block } from '../block.ts'
import type { Station2x } from '../station-2x.ts'
import { awaitedEvs } from './awaited-ev.ts'
import { getTransactionStatus } from './get-transaction-status.ts'
import { judge } from './judgement.ts'
import { transactionLimits } from './transaction-limits.ts'
import { transactionTrigger } from './trigger.ts'
import { withholdings } from './withholding.ts'

/** Nobody begins anything there; what goes on already is another matter [2.0.1 G03.FR.05]. */
function outOfService({ services, sessions }: Station2x, evse: Evse): string | undefined {
  if (sessions.isOpen(evse) || evse.leftCable !== undefined) return undefined
  const { id, plan, fault } = evse
  if (fault) return `EVSE ${id} is faulted`
  return plan.connectors.some((_type, at) => services.memory.usable(id, at + 1))
    ? undefined
    : `EVSE ${id} is out of service`
}

/** From the first event of a transaction to its last [2.0.1 E]. */
export const transactions: Block = {
  letter: 'E',
  handlers: { GetTransactionStatus: getTransactionStatus },
  triggers: { TransactionEvent: transactionTrigger },
  happened(station, evse, { kind }) {
    if (kind === 'pluggedIn') transactionLimits.existing(station)?.plugged(evse)
    if (kind === 'energyStopped') withholdings.existing(station)?.forget(evse)
    if (kind === 'pluggedIn' || kind === 'energyStopped') {
      awaitedEvs.existing(station)?.forget(evse)
    }
    const fixed = kind === 'unplugged' && !evse.plan.connectors.some(isSocket)
    if (fixed && station.sessions.isOpen(evse)) awaitedEvs.of(station).await(evse)
  },
  /** [2.1 E16] */
  acted(station, evse, act) {
    if (act.kind !== 'transactionLimited' || station.version !== 'ocpp2.1') return undefined
    transactionLimits.of(station).set(evse, 'driver', act.limit)
    return Promise.resolve(done)
  },
  transactionEvent(station, evse, event) {
    transactionLimits.existing(station)?.telling(evse, event)
  },
  transactionAnswered(station, evse, event, answer) {
    judge(station, evse, event, answer)
    const { transactionLimit: limit } = answer
    if (!limit || station.version !== 'ocpp2.1') return
    const session = station.sessions.of(evse)
    const current = session.transactionId === event.transactionInfo.transactionId
    if (current && session.open) transactionLimits.of(station).set(evse, 'csms', limit)
  },
  /** [2.0.1 B01.FR.08, TxBeforeAcceptedEnabled, G03] */
  barred(station, evse) {
    const { services, model } = station
    const waits = services.registration !== 'accepted'
    return waits && !model.flag('TxCtrlr.TxBeforeAcceptedEnabled')
      ? 'the CSMS has not accepted the station yet'
      : outOfService(station, evse)
  },
  powerLost(station) {
    withholdings.existing(station)?.forgetAll()
    awaitedEvs.existing(station)?.stop()
    transactionLimits.existing(station)?.stop()
  },
  stopped(station) {
    station.sessions.stopped()
    awaitedEvs.existing(station)?.stop()
    transactionLimits.existing(station)?.stop()
  },
}
