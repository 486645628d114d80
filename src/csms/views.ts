import type { ConfigurationValue } from './domain/configuration.ts'
import type { LoggedMeterValue } from './domain/meter-values.ts'
import type { Station, StationRecord } from './domain/station.ts'
import type { TransactionRecord } from './domain/transaction.ts'
import type { Report, ReportedVariable } from './domain/variables.ts'

/** A station as the operator sees it in a list; absent fields are not known. */
export interface StationView
  extends Pick<
    StationRecord,
    | 'id'
    | 'protocol'
    | 'registration'
    | 'vendor'
    | 'model'
    | 'serialNumber'
    | 'firmwareVersion'
    | 'bootReason'
    | 'bootedAt'
    | 'connectedSince'
    | 'lastSeen'
    | 'connectors'
  > {
  readonly connected: boolean
}

/** What a list tells of each; the rest is asked for station by station. */
export function stationView(record: StationRecord): StationView {
  return {
    id: record.id,
    protocol: record.protocol,
    registration: record.registration,
    vendor: record.vendor,
    model: record.model,
    serialNumber: record.serialNumber,
    firmwareVersion: record.firmwareVersion,
    bootReason: record.bootReason,
    bootedAt: record.bootedAt,
    connectedSince: record.connectedSince,
    lastSeen: record.lastSeen,
    connectors: record.connectors,
    connected: record.connectedSince !== undefined,
  }
}

/** A station with everything that is known of it. */
export interface StationDetails extends StationView {
  readonly configuration: Readonly<Record<string, ConfigurationValue>>
  readonly variables: readonly ReportedVariable[]
  /** 2.x: the latest reports by requestId. */
  readonly reports: Readonly<Record<string, Report>>
  readonly meterValues: readonly LoggedMeterValue[]
}

/** A station with all that its API tells. */
export function stationDetails(station: Station): StationDetails {
  const { record } = station
  return {
    ...stationView(record),
    configuration: record.configuration,
    variables: Object.values(record.variables),
    reports: Object.fromEntries(station.reports),
    meterValues: station.meterValues.list(),
  }
}

/** A transaction as the operator and the books see it; absent fields are not known. */
export type TransactionView = Omit<
  TransactionRecord,
  'idConfirmed' | 'firstSeqNo' | 'lastSeqNo' | 'lastRegisterWh'
>

/** Without what only this program needs. */
export function transactionView(record: TransactionRecord): TransactionView {
  const { idConfirmed: _i, firstSeqNo: _f, lastSeqNo: _l, lastRegisterWh: _r, ...shown } = record
  return shown
}
