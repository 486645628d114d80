import type { OcppVersion } from '../../ocpp/version.ts'
import type { TransactionStore } from '../store/store.ts'
import type { AvailabilityRecord } from './availability.ts'
import type { BatterySwapRecord } from './battery-swaps.ts'
import type { CertificatesRecord } from './certificates.ts'
import type { ChargingLimitRecord } from './charging-limits.ts'
import type { ChargingProfileRecord } from './charging-profiles.ts'
import type { ConfigurationValue } from './configuration.ts'
import { ContractRequests } from './contracts.ts'
import type { CustomerInformationRecord } from './customer-information.ts'
import type { DataTransferRecord } from './data-transfers.ts'
import type { DerAlarmRecord, DerControlRecord, DerReportRecord } from './der-controls.ts'
import type { DisplayMessageRecord } from './display-messages.ts'
import { DividedReports } from './divided-reports.ts'
import type { AfrrSignalRecord, EnergyTransferRecord } from './energy-transfers.ts'
import type { EvChargingRecord } from './ev-charging.ts'
import type { EventStreamRecord } from './event-streams.ts'
import type { FirmwareRecord } from './firmware.ts'
import type { LocalListRecord } from './local-list.ts'
import type { LogRecord } from './logs.ts'
import { MeterValueLog } from './meter-values.ts'
import type { MonitoringRecord } from './monitoring.ts'
import type { NetworkProfileRecord } from './network-profiles.ts'
import type { AwaitedReport } from './profile-reports.ts'
import type { PublicationRecord } from './publications.ts'
import type { ReservationRecord } from './reservations.ts'
import type { SecurityRecord } from './security.ts'
import type { SecurityEventRecord } from './security-events.ts'
import type {
  SettlementRecord,
  StationTariffRecord,
  VatNumberRecord,
  WebPaymentRecord,
} from './settlements.ts'
import type { StationEventRecord } from './station-events.ts'
import type { TransactionRecord } from './transaction.ts'
import type { Report, ReportedVariable } from './variables.ts'

/** [1.6 7.38] [2.0.1 RegistrationStatusEnumType] */
export type Registration = 'Accepted' | 'Pending' | 'Rejected'

/** So many are remembered of a station; a real one has fewer than a hundred. */
const mostConnectors = 1000

/** The last StatusNotification of one connector. */
export interface ConnectorRecord {
  /** 2.x only; 1.6 numbers connectors through the whole station, 0 being the station itself. */
  readonly evseId: number | undefined
  readonly connectorId: number
  /** The wire's status of that version. */
  status: string
  errorCode: string | undefined
  info: string | undefined
  /** RFC 3339, the notification's where it has one. */
  since: string
}

/** What is remembered of a station over connections and restarts. Written in place. */
export interface StationRecord {
  readonly id: string
  protocol: OcppVersion | undefined
  /** Undefined until its first BootNotification was answered. */
  registration: Registration | undefined
  vendor: string | undefined
  model: string | undefined
  serialNumber: string | undefined
  firmwareVersion: string | undefined
  /** 2.x: BootReasonEnumType. */
  bootReason: string | undefined
  bootedAt: string | undefined
  /** Undefined while it is not connected. */
  connectedSince: string | undefined
  /** To the resolution of the gateway's sweep. */
  lastSeen: string | undefined
  connectors: ConnectorRecord[]
  /** 1.6: configuration keys as last reported; secrets are never kept. */
  configuration: Record<string, ConfigurationValue>
  /** 2.x: device model as last reported; secrets are never kept. */
  variables: Record<string, ReportedVariable>
  /** 2.x: by slot, those that it accepted; absent before the first. */
  networkProfiles?: NetworkProfileRecord[]
  /** Of its boot; absent where it names none. */
  modem?: { readonly iccid: string | undefined; readonly imsi: string | undefined }
  meter?: { readonly type: string | undefined; readonly serialNumber: string | undefined }
  /** Orders of the CSMS, the latest of each connector; absent before the first. */
  availability?: AvailabilityRecord[]
  /** The latest, oldest first; absent before the first. */
  dataTransfers?: DataTransferRecord[]
  /** Absent until the station accepted one. */
  chargingProfiles?: ChargingProfileRecord[]
  /** 2.x: limits that somebody else set; absent before the first. */
  chargingLimits?: ChargingLimitRecord[]
  /** 2.x: what EVs told over ISO 15118, by EVSE; absent before the first. */
  evCharging?: EvChargingRecord[]
  /** 2.1: transactions that have priority; absent before the first. */
  priorityCharging?: string[]
  /** The latest, oldest first; absent before the first. */
  reservations?: ReservationRecord[]
  /** 2.x: as far as they are known; absent before the first. */
  displayMessages?: DisplayMessageRecord[]
  /** 2.x: ids of the complete list that is being told. */
  displayReport?: { readonly requestId: number; readonly ids: number[] }
  /** Absent until something was heard of it. */
  localList?: LocalListRecord
  /** Absent until one was signed for it or something was heard of its roots. */
  certificates?: CertificatesRecord
  /** The latest, oldest first; absent before the first. */
  securityEvents?: SecurityEventRecord[]
  /** Absent until it connected or its access was changed. */
  security?: SecurityRecord
  /** 2.1: those it is known to have; absent before the first. */
  tariffs?: StationTariffRecord[]
  /** 2.1: of payments at its terminal, the latest, oldest first; absent before the first. */
  settlements?: SettlementRecord[]
  /** 2.1: that its terminal asked for, the latest, oldest first; absent before the first. */
  vatNumbers?: VatNumberRecord[]
  /** 2.1: that it was told of, the latest, oldest first; absent before the first. */
  webPayments?: WebPaymentRecord[]
  /** The latest update; absent before the first. */
  firmware?: FirmwareRecord
  /** 2.x: what a local controller was told to publish, the latest, oldest first. */
  publications?: PublicationRecord[]
  /** The latest diagnostics; absent before the first. */
  diagnostics?: LogRecord
  /** The latest logs asked for, oldest first; absent before the first. */
  logs?: LogRecord[]
  /** 2.1: what EVs may have, the latest transactions; absent before the first. */
  energyTransfers?: EnergyTransferRecord[]
  /** 2.1: absent before the first. */
  afrrSignal?: AfrrSignalRecord
  /** 2.1: as far as is known; absent before the first. */
  derControls?: DerControlRecord[]
  /** 2.1: the latest, oldest first; absent before the first. */
  derAlarms?: DerAlarmRecord[]
  /** 2.1: of the last GetDERControl; absent before the first. */
  derReport?: DerReportRecord
  /** 2.1: the latest, oldest first; absent before the first. */
  batterySwaps?: BatterySwapRecord[]
  /** 2.x: absent until a monitor, a base or a level was heard of. */
  monitoring?: MonitoringRecord
  /** 2.x: of NotifyEvent, the latest, oldest first; absent before the first. */
  events?: StationEventRecord[]
  /** 2.x: the latest requests, oldest first; absent before the first. */
  customerInformation?: CustomerInformationRecord[]
  /** 2.1: the latest, oldest first; absent before the first. */
  eventStreams?: EventStreamRecord[]
}

/** A station of which nothing is known but its identity. */
export function newStation(id: string): StationRecord {
  return {
    id,
    protocol: undefined,
    registration: undefined,
    vendor: undefined,
    model: undefined,
    serialNumber: undefined,
    firmwareVersion: undefined,
    bootReason: undefined,
    bootedAt: undefined,
    connectedSince: undefined,
    lastSeen: undefined,
    connectors: [],
    configuration: {},
    variables: {},
  }
}

/** A station while this process lives: its record, its transactions, and what is not worth keeping. */
export class Station {
  readonly record: StationRecord
  /** Its open transactions and the latest, oldest first; the store's own list. */
  readonly transactions: readonly TransactionRecord[]
  readonly meterValues = new MeterValueLog()
  /**
   * Actions that the CSMS asked for (TriggerMessage, GetBaseReport, GetReport): served although
   * the station is not accepted yet [2.0.1 B02.FR.09].
   */
  readonly triggered = new Set<string>()
  /** 2.x: what GetBaseReport and GetReport brought, by requestId, the latest few. */
  readonly reports = new Map<number, Report>()
  /** 2.x: of GetReport and GetMonitoringReport. */
  readonly dividedReports = new DividedReports()
  /** 2.x: what GetChargingProfiles asked for, by requestId, the latest few. */
  readonly profileReports = new Map<number, AwaitedReport>()
  /** 2.x: the keys that full inventories under way listed, by requestId. */
  readonly inventories = new Map<number, Set<string>>()
  /** 2.x: GetMonitoringReports of all monitors whose last part has not come, by requestId. */
  readonly fullMonitoringReports = new Set<number>()
  /** 2.1: vehicles that ask for several contracts. */
  readonly contractRequests = new ContractRequests()
  /** A certificate is being sent to it. */
  isDelivering = false
  /** BootNotifications answered Pending or Rejected since the last Accepted. */
  bootRefusals = 0
  readonly #store: Pick<TransactionStore, 'older'> | undefined

  /** @param store where transactions go that leave the list */
  constructor(
    record: StationRecord,
    transactions: readonly TransactionRecord[],
    store?: Pick<TransactionStore, 'older'>,
  ) {
    this.record = record
    this.transactions = transactions
    this.#store = store
  }

  get id(): string {
    return this.record.id
  }

  /** Its latest transaction of this id, open or stopped; save it when it was changed. */
  transaction(transactionId: number | string): TransactionRecord | undefined {
    // No id is begun again while it is open: what is found among the latest is the latest of its id.
    const { transactions } = this
    for (let at = transactions.length - 1; at >= 0; at -= 1) {
      if (transactions[at]?.transactionId === transactionId) return transactions[at]
    }
    return this.#store?.older(this.id, transactionId)
  }

  /** The record of a connector, made when it is first heard of, and kept unless there are too many. */
  connector(evseId: number | undefined, connectorId: number): ConnectorRecord {
    const { connectors } = this.record
    for (const known of connectors) {
      if (known.connectorId === connectorId && known.evseId === evseId) return known
    }
    const fresh: ConnectorRecord = {
      evseId,
      connectorId,
      status: '',
      errorCode: undefined,
      info: undefined,
      since: '',
    }
    if (connectors.length < mostConnectors) connectors.push(fresh)
    return fresh
  }
}
