import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import { energyImport16 } from '../metering/energy-import16.ts'
import { keepReading } from '../metering/falls.ts'
import type { Looks, Party } from '../rule.ts'
import { rememberProgress, rememberPromise } from './progress.ts'
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
    asked: ({ requestedMessage }, memory) => memory.want(triggered(requestedMessage)),
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

/** What ExtendedTriggerMessage calls otherwise than the action [1.6 SWP 6.16]. */
const actionOfTrigger: Readonly<Record<string, string>> = {
  FirmwareStatusNotification: 'SignedFirmwareStatusNotification',
  SignChargePointCertificate: 'SignCertificate',
}

function triggered(requestedMessage: string): string {
  return actionOfTrigger[requestedMessage] ?? requestedMessage
}

/** Keys that say how much a message may have. */
const limits: ReadonlySet<string> = new Set([
  'GetConfigurationMaxKeys',
  'SendLocalListMaxLength',
  'ChargingScheduleMaxPeriods',
  'ChargeProfileMaxStackLevel',
])

/** What is kept of the exchanges of 1.6 to judge a side. */
export const remember16: Readonly<Record<Party, Looks<Actions16, void>>> = {
  station: {
    ...ofBoth,
    TriggerMessage: {
      ...ofBoth.TriggerMessage,
      answered: ({ requestedMessage }, { status }, memory, { clock }) => {
        if (status === 'Accepted') rememberPromise(memory, requestedMessage, clock)
      },
    },
    ExtendedTriggerMessage: {
      ...ofBoth.ExtendedTriggerMessage,
      answered: ({ requestedMessage }, { status }, memory, { clock }) => {
        if (status === 'Accepted') rememberPromise(memory, triggered(requestedMessage), clock)
      },
    },
    UpdateFirmware: {
      asked: (_request, memory) => memory.progressed('FirmwareStatusNotification', undefined),
    },
    GetDiagnostics: {
      asked: (_request, memory) => memory.progressed('DiagnosticsStatusNotification', undefined),
    },
    FirmwareStatusNotification: { asked: rememberProgress('FirmwareStatusNotification') },
    DiagnosticsStatusNotification: { asked: rememberProgress('DiagnosticsStatusNotification') },
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
      asked: ({ connectorId, transactionId, meterValue }, memory) => {
        const transaction =
          transactionId === undefined ? undefined : memory.transactions.get(transactionId)
        for (const set of meterValue) {
          const wh = energyImport16(set)
          const atMs = msOf(set.timestamp)
          if (wh !== undefined) keepReading(memory, connectorId, wh, atMs)
          if (transaction && atMs > transaction.eventMs) transaction.eventMs = atMs
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
    GetConfiguration: {
      answered: (_request, { configurationKey = [] }, memory) => {
        for (const { key, value } of configurationKey) {
          if (limits.has(key) && value && Number.isFinite(Number(value))) {
            memory.limits.set(key, Number(value))
          }
        }
      },
    },
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
