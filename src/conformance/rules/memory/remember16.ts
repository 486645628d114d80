import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import { energyImport16 } from '../metering/energy-import16.ts'
import { keepReading } from '../metering/falls.ts'
import type { Looks } from '../rule.ts'
import { rememberBoot, rememberTime } from './remember-boot.ts'
import { beginningOf16, profileRank16 } from './signs16.ts'
import { msOf, msOr } from './time.ts'

/** What is kept of the exchanges of 1.6. */
export const remember16: Looks<Actions16, void> = {
  BootNotification: {
    asked: (_request, memory) => memory.rebooted(),
    answered: (_request, response, memory, moment) => rememberBoot(response, memory, moment),
  },
  Heartbeat: {
    answered: (_request, { currentTime }, memory) => rememberTime(currentTime, memory),
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
  StatusNotification: {
    asked: ({ connectorId, status }, memory) => memory.statuses.set(connectorId, status),
  },
  StartTransaction: {
    answered: (request, { transactionId }, memory) => {
      const { connectorId, meterStart, timestamp } = request
      const startedMs = msOf(timestamp)
      keepReading(memory, connectorId, meterStart, startedMs)
      if (memory.transactions.get(transactionId)?.beginning === beginningOf16(request)) return
      memory.transactions.set(transactionId, {
        id: transactionId,
        place: connectorId,
        beginning: beginningOf16(request),
        startedMs,
        endedMs: undefined,
        seqNo: 0,
        eventMs: startedMs,
      })
    },
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
  SendLocalList: {
    answered: ({ listVersion }, { status }, memory) => {
      if (status === 'Accepted') memory.listVersion = listVersion
    },
  },
  SetChargingProfile: {
    answered: ({ connectorId, csChargingProfiles }, { status }, memory) => {
      if (status !== 'Accepted') return
      memory.profiles.set(csChargingProfiles.chargingProfileId, {
        id: csChargingProfiles.chargingProfileId,
        rank: profileRank16(connectorId, csChargingProfiles),
        fromMs: msOr(csChargingProfiles.validFrom, Number.NEGATIVE_INFINITY),
        toMs: msOr(csChargingProfiles.validTo, Number.POSITIVE_INFINITY),
      })
    },
  },
  // Criteria of many kinds: what may be gone is not held against anybody.
  ClearChargingProfile: { answered: (_request, _response, memory) => memory.profiles.clear() },
}
