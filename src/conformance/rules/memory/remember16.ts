import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import { energyImport16 } from '../metering/energy-import16.ts'
import { keepReading } from '../metering/falls.ts'
import type { Looks, Party } from '../rule.ts'
import { rememberBoot, rememberTime } from './remember-boot.ts'
import { isSameStart } from './signs16.ts'
import { msOf } from './time.ts'

/** Whoever is judged. */
const ofBoth: Looks<Actions16, void> = {
  BootNotification: {
    asked: (_request, memory) => memory.rebooted(),
    answered: (_request, response, memory, moment) => rememberBoot(response, memory, moment),
  },
  TriggerMessage: {
    asked: ({ requestedMessage }, memory) => memory.want(requestedMessage),
  },
  ExtendedTriggerMessage: {
    asked: ({ requestedMessage }, memory) =>
      memory.want(
        requestedMessage === 'SignChargePointCertificate' ? 'SignCertificate' : requestedMessage,
      ),
  },
  StartTransaction: {
    answered: (request, { transactionId }, { transactions }) => {
      const { connectorId, meterStart, timestamp } = request
      if (isSameStart(transactions.get(transactionId), request)) return
      const startedMs = msOf(timestamp)
      transactions.add({
        id: transactionId,
        place: connectorId,
        beginning: meterStart,
        startedMs,
        endedMs: undefined,
        seqNo: 0,
        eventMs: startedMs,
      })
    },
  },
}

/** What is kept of the exchanges of 1.6 to judge a side. */
export const remember16: Readonly<Record<Party, Looks<Actions16, void>>> = {
  station: {
    ...ofBoth,
    StatusNotification: {
      asked: ({ connectorId, status }, { places }) => {
        places.at(connectorId).status = status
      },
    },
    StartTransaction: {
      asked: ({ connectorId, meterStart, timestamp }, memory) =>
        keepReading(memory, connectorId, meterStart, msOf(timestamp)),
      ...ofBoth.StartTransaction,
    },
    MeterValues: {
      asked: ({ connectorId, meterValue }, memory) => {
        for (const set of meterValue) {
          const wh = energyImport16(set)
          if (wh !== undefined) keepReading(memory, connectorId, wh, msOf(set.timestamp))
        }
      },
    },
    StopTransaction: {
      asked: ({ transactionId, meterStop, timestamp }, memory) => {
        const transaction = memory.transactions.get(transactionId)
        if (!transaction) return
        const endedMs = msOf(timestamp)
        transaction.endedMs ??= endedMs
        keepReading(memory, transaction.place, meterStop, endedMs)
      },
    },
  },
  csms: {
    ...ofBoth,
    Heartbeat: {
      answered: (_request, { currentTime }, memory) => rememberTime(currentTime, memory),
    },
    // It knows only what it answered.
    StopTransaction: {
      answered: ({ transactionId, timestamp }, _response, { transactions }) => {
        const transaction = transactions.get(transactionId)
        if (transaction) transaction.endedMs ??= msOf(timestamp)
      },
    },
    SendLocalList: {
      answered: ({ listVersion }, { status }, memory) => {
        if (status === 'Accepted') memory.listVersion = listVersion
      },
    },
  },
}
