import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { energyImport2x } from '../metering/energy-import2x.ts'
import { keepReading } from '../metering/falls.ts'
import type { Looks, Moment, Party } from '../rule.ts'
import { limitName } from './limits2x.ts'
import type { Memory } from './memory.ts'
import { rememberProgress, rememberPromise } from './progress.ts'
import { rememberBoot, rememberTime } from './remember-boot.ts'
import { profileRank2x } from './signs2x.ts'
import { msOf, msOr } from './time.ts'
import type { SeenTransaction } from './transactions.ts'

type Event = RequestOf<Actions21, 'TransactionEvent'>

/** Whoever is judged. */
const ofBoth: Looks<Actions21, void> = {
  BootNotification: {
    asked: (_request, memory) => memory.rebooted(),
    answered: (_request, response, memory, moment) => rememberBoot(response, memory, moment),
  },
  TriggerMessage: {
    asked: ({ requestedMessage }, memory) => memory.want(triggered(requestedMessage)),
  },
  GetBaseReport: { asked: rememberReport('NotifyReport') },
  GetReport: { asked: rememberReport('NotifyReport') },
  GetMonitoringReport: { asked: rememberReport('NotifyMonitoringReport') },
  CustomerInformation: { asked: rememberReport('NotifyCustomerInformation') },
}

/** What the station said that it can take is asked for, or reported. */
const limits: Looks<Actions21, void> = {
  GetVariables: {
    answered: (_request, { getVariableResult }, memory) => {
      for (const { component, variable, attributeType, attributeValue } of getVariableResult) {
        if (isActual(attributeType)) rememberLimit(memory, component, variable, attributeValue)
      }
    },
  },
  NotifyReport: {
    asked: ({ reportData = [] }, memory) => {
      for (const { component, variable, variableAttribute } of reportData) {
        const actual = variableAttribute.find(({ type }) => isActual(type))
        rememberLimit(memory, component, variable, actual?.value)
      }
    },
  },
}

/** What is kept of the exchanges of 2.0.1 and 2.1 to judge a side. */
export const remember2x: Readonly<Record<Party, Looks<Actions21, void>>> = {
  station: {
    ...ofBoth,
    TriggerMessage: {
      ...ofBoth.TriggerMessage,
      answered: ({ requestedMessage }, { status }, memory, { clock }) => {
        if (status === 'Accepted' && requestedMessage !== 'CustomTrigger') {
          rememberPromise(memory, triggered(requestedMessage), clock)
        }
      },
    },
    GetBaseReport: answeredReport('NotifyReport'),
    GetReport: answeredReport('NotifyReport'),
    GetMonitoringReport: answeredReport('NotifyMonitoringReport'),
    UpdateFirmware: {
      asked: (_request, memory) => memory.progressed('FirmwareStatusNotification', undefined),
    },
    GetLog: { asked: (_request, memory) => memory.progressed('LogStatusNotification', undefined) },
    FirmwareStatusNotification: { asked: rememberProgress('FirmwareStatusNotification') },
    LogStatusNotification: { asked: rememberProgress('LogStatusNotification') },
    NotifyEvent: {
      asked: ({ seqNo, tbc = false }, memory) => {
        memory.eventSeqNo = tbc ? seqNo + 1 : 0
      },
    },
    OpenPeriodicEventStream: {
      asked: ({ constantStreamData: { id, params } }, { streams }) =>
        streams.set(id, { open: undefined, mostValues: params.values ?? 0 }),
      answered: ({ constantStreamData: { id } }, { status }, { streams }) => {
        const stream = streams.get(id)
        if (stream) stream.open = status === 'Accepted'
      },
    },
    AdjustPeriodicEventStream: {
      answered: ({ id, params }, { status }, { streams }) => {
        const stream = streams.get(id)
        if (stream && status === 'Accepted') stream.mostValues = params.values ?? 0
      },
    },
    ClosePeriodicEventStream: {
      asked: ({ id }, { streams }) => streams.set(id, { open: false, mostValues: 0 }),
    },
    TransactionEvent: { asked: rememberEvent },
    MeterValues: {
      asked: ({ evseId, meterValue }, memory) => rememberReadings(evseId, meterValue, memory),
    },
    NotifyReport: { asked: rememberPart('NotifyReport') },
    NotifyMonitoringReport: { asked: rememberPart('NotifyMonitoringReport') },
    NotifyCustomerInformation: { asked: rememberPart('NotifyCustomerInformation') },
  },
  csms: {
    ...ofBoth,
    ...limits,
    // It knows only what it answered.
    TransactionEvent: {
      answered: (event, _response, memory) => {
        if (event.eventType === 'Ended') rememberTransaction(event, memory)
      },
    },
    Heartbeat: {
      answered: (_request, { currentTime }, memory) => rememberTime(currentTime, memory),
    },
    SendLocalList: {
      answered: ({ versionNumber }, { status }, memory) => {
        if (status === 'Accepted') memory.listVersion = versionNumber
      },
    },
    SetChargingProfile: {
      answered: ({ evseId, chargingProfile }, { status }, memory) => {
        if (status !== 'Accepted') return
        memory.profiles.set(chargingProfile.id, {
          id: chargingProfile.id,
          rank: profileRank2x(evseId, chargingProfile),
          fromMs: msOr(chargingProfile.validFrom, Number.NEGATIVE_INFINITY),
          toMs: msOr(chargingProfile.validTo, Number.POSITIVE_INFINITY),
        })
      },
    },
    // Criteria of many kinds: what may be gone is not held against anybody.
    ClearChargingProfile: { answered: (_request, _response, memory) => memory.profiles.clear() },
  },
}

function rememberEvent(event: Event, memory: Memory): void {
  const { place } = rememberTransaction(event, memory)
  if (event.meterValue) rememberReadings(place, event.meterValue, memory)
}

function rememberTransaction(event: Event, memory: Memory): SeenTransaction {
  const { transactionInfo, seqNo, timestamp, evse, eventType } = event
  const { transactionId } = transactionInfo
  const eventMs = msOf(timestamp)
  const transaction = memory.transactions.get(transactionId) ?? begun(event, memory, eventMs)
  if (evse && transaction.place === 0) transaction.place = evse.id
  if (seqNo >= transaction.seqNo) {
    transaction.seqNo = seqNo
    transaction.eventMs = eventMs
  }
  if (eventType === 'Ended') transaction.endedMs ??= eventMs
  return transaction
}

function begun(
  { transactionInfo, eventType, seqNo, evse }: Event,
  memory: Memory,
  eventMs: number,
): SeenTransaction {
  const { transactionId } = transactionInfo
  const transaction: SeenTransaction = {
    id: transactionId,
    place: evse?.id ?? 0,
    beginning: eventType === 'Started' ? seqNo : -1,
    startedMs: eventMs,
    endedMs: undefined,
    seqNo,
    eventMs,
  }
  memory.transactions.add(transaction)
  return transaction
}

function rememberReadings(
  place: number,
  meterValue: readonly RequestOf<Actions21, 'MeterValues'>['meterValue'][number][],
  memory: Memory,
): void {
  for (const set of meterValue) {
    const wh = energyImport2x(set)
    if (wh !== undefined) keepReading(memory, place, wh, msOf(set.timestamp))
  }
}

interface ReportPart {
  readonly requestId: number
  readonly seqNo: number
  readonly tbc?: boolean
}

/** Parts to come; of what was asked on another connection some may have come there. */
function rememberReport(kind: string) {
  return ({ requestId }: { readonly requestId: number }, memory: Memory): void => {
    memory.want(kind)
    memory.reports.set(`${kind} ${requestId}`, { seqNo: -1, finished: false, refused: false })
  }
}

function rememberPart(kind: string) {
  return ({ requestId, seqNo, tbc = false }: ReportPart, memory: Memory): void => {
    const report = memory.reports.get(`${kind} ${requestId}`)
    if (!report) return
    report.seqNo = seqNo
    report.finished = !tbc
  }
}

/** What comes of a TriggerMessage. */
function triggered(requestedMessage: string): string {
  return requestedMessage.startsWith('Sign') && requestedMessage.endsWith('Certificate')
    ? 'SignCertificate'
    : requestedMessage
}

function answeredReport(kind: string) {
  const asked = rememberReport(kind)
  return {
    asked,
    answered: (
      { requestId }: { readonly requestId: number },
      { status }: { readonly status: string },
      memory: Memory,
      { clock }: Moment,
    ): void => {
      const report = memory.reports.get(`${kind} ${requestId}`)
      if (report) report.refused = status !== 'Accepted'
      if (status === 'Accepted' && report?.seqNo === -1) rememberPromise(memory, kind, clock)
    },
  }
}

function isActual(type: string | undefined): boolean {
  return type === undefined || type === 'Actual'
}

interface Named {
  readonly name: string
  readonly instance?: string
}

function rememberLimit(memory: Memory, component: Named, variable: Named, value?: string): void {
  const name = limitName(component.name, variable)
  const limit = Number(value)
  if (name !== undefined && value !== undefined && Number.isFinite(limit)) {
    memory.limits.set(name, limit)
  }
}
