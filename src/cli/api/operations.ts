// Generated from src/csms/api/routes.ts by "npm run gen".

/** What the operations take and answer, by name. */
export interface Schemas {
  /** What a station that takes energy back was told. */
  readonly EnergyServices: {
    /** The latest transactions. */
    readonly energyTransfers: readonly {
      /** Its id. */
      readonly transactionId: string
      /** EnergyTransferModeEnumType. */
      readonly allowed: readonly string[]
      /** When the station took it. */
      readonly since: string
    }[]
    /** The last that the station follows. */
    readonly afrrSignal?: {
      /** As the curve of the schedule has it. */
      readonly signal: number
      /** From then on. */
      readonly timestamp: string
    }
  }
  /** A station as a distributed energy resource. */
  readonly Der: {
    /** What it follows when the grid calls for it. */
    readonly controls: readonly {
      /** Its id. */
      readonly controlId: string
      /** DERControlEnumType. */
      readonly controlType: string
      /** Holds always; else it is scheduled. */
      readonly isDefault: boolean
      /** Another one of its type counts for more. */
      readonly isSuperseded: boolean
      /** As it stood on the wire, under the name of its field. */
      readonly content: Readonly<Record<string, unknown>>
      /** A scheduled one began. */
      readonly startedAt?: string
    }[]
    /** The latest, oldest first. */
    readonly alarms: readonly {
      /** DERControlEnumType. */
      readonly controlType: string
      /** By the station’s clock. */
      readonly startedAt: string
      /** GridEventFaultEnumType. */
      readonly gridEventFault?: string
      /** Absent while it lasts. */
      readonly endedAt?: string
    }[]
    /** What the last GetDERControl asked for. */
    readonly report?: {
      /** Its id. */
      readonly requestId: number
      /** So many were reported. */
      readonly controls: number
      /** All of them. */
      readonly complete: boolean
    }
  }
  /** One driver’s swap. */
  readonly BatterySwap: {
    /** What its messages are told apart by. */
    readonly requestId: number
    /** The driver. */
    readonly idToken: string
    /** The station accepted our request; absent: it began by itself. */
    readonly requestedAt?: string
    /** Put into slots. */
    readonly batteriesIn?: readonly {
      /** Its slot. */
      readonly evseId: number
      /** As the station reads it. */
      readonly serialNumber: string
      /** State of charge, percent. */
      readonly soC: number
      /** State of health, percent. */
      readonly soH: number
    }[]
    /** When we heard of it. */
    readonly inAt?: string
    /** Taken out of slots. */
    readonly batteriesOut?: readonly {
      /** Its slot. */
      readonly evseId: number
      /** As the station reads it. */
      readonly serialNumber: string
      /** State of charge, percent. */
      readonly soC: number
      /** State of health, percent. */
      readonly soH: number
    }[]
    /** When we heard of it. */
    readonly outAt?: string
    /** Offered, and nobody took them. */
    readonly notTaken?: readonly {
      /** Its slot. */
      readonly evseId: number
      /** As the station reads it. */
      readonly serialNumber: string
      /** State of charge, percent. */
      readonly soC: number
      /** State of health, percent. */
      readonly soH: number
    }[]
  }
  /** A charging profile that the station accepted and, as far as is known, still has. */
  readonly ChargingProfile: {
    /** As it stood on the wire. */
    readonly profile: Readonly<Record<string, unknown>>
    /** When it was accepted. */
    readonly since: string
    /** 0: the station; absent: of a remote start that left it open. */
    readonly connectorId?: number
    /** 2.x, likewise. */
    readonly evseId?: number
    readonly transactionId?: number | string
    /** Of a remote start whose transaction has not begun. */
    readonly idToken?: string
    /** 2.x, likewise. */
    readonly remoteStartId?: number
    /** 2.x: who set it, where it was not the CSMS. */
    readonly source?: string
  }
  /** A limit that somebody else set. */
  readonly ChargingLimit: {
    /** 0: the whole station. */
    readonly evseId: number
    /** ChargingLimitSourceEnumType. */
    readonly source: string
    /** The grid is in danger otherwise. */
    readonly isGridCritical: boolean
    /** It adds to what others allow. */
    readonly isLocalGeneration: boolean
    /** Where the station tells them. */
    readonly schedules: readonly Readonly<Record<string, unknown>>[]
    /** When it was heard of. */
    readonly since: string
  }
  /** What the EV at an EVSE told over ISO 15118. */
  readonly EvCharging: {
    /** The EVSE. */
    readonly evseId: number
    /** How often its schedule was beyond what it may. */
    readonly renegotiations: number
    readonly transactionId?: number | string
    /** ChargingNeedsType. */
    readonly needs?: Readonly<Record<string, unknown>>
    /** When they were told. */
    readonly needsAt?: string
    /** What they were answered. */
    readonly answer?: string
    /** Of the profile that was made for it. */
    readonly profileId?: number
    /** ChargingScheduleType: how it means to charge. */
    readonly schedule?: Readonly<Record<string, unknown>>
    /** Whether that was within what it may. */
    readonly scheduleStatus?: string
  }
  /** What the accepted profiles leave, from now on, by what is known here. */
  readonly CompositeSchedule: {
    /** Now. */
    readonly scheduleStart: string
    /** Seconds; less than asked for where there were too many periods. */
    readonly duration: number
    /** Of the limits. */
    readonly chargingRateUnit: 'A' | 'W'
    /** Periods. */
    readonly chargingSchedulePeriod: readonly {
      /** Seconds after scheduleStart. */
      readonly startPeriod: number
      /** Phases. */
      readonly numberPhases: number
      /** Absent: no limit. */
      readonly limit?: number
    }[]
    /** 1.6; 0: the station as a whole. */
    readonly connectorId?: number
    /** 2.x, likewise. */
    readonly evseId?: number
    /** Below it charging is not efficient. */
    readonly minChargingRate?: number
  }
  /** A tariff that a station has. */
  readonly StationTariff: {
    /** Its id. */
    readonly tariffId: string
    /** Whose. */
    readonly kind: 'DefaultTariff' | 'DriverTariff'
    /** From then on. */
    readonly validFrom?: string
    /** Where; absent: at every EVSE. */
    readonly evseIds?: readonly number[]
    /** Whose; absent: not known, or everybody’s. */
    readonly idTokens?: readonly string[]
  }
  /** What became of a payment at the terminal of a station, or on the web. */
  readonly Settlement: {
    /** What the payment provider calls the payment. */
    readonly pspRef: string
    /** What became of it. */
    readonly status: 'Settled' | 'Canceled' | 'Rejected' | 'Failed'
    /** In the currency of the terminal. */
    readonly settlementAmount: number
    /** When, as the station says. */
    readonly settlementTime: string
    /** When it was heard of. */
    readonly at: string
    /** Absent where nobody charged. */
    readonly transactionId?: string
    /** What the terminal has to say. */
    readonly statusInfo?: string
    /** Of whoever settled it. */
    readonly receiptId?: string
    /** Of whoever settled it. */
    readonly receiptUrl?: string
    /** Of the company that the receipt is for. */
    readonly vatNumber?: string
    /** Name and address of that company. */
    readonly vatCompany?: Readonly<Record<string, unknown>>
    /** csms: settled here; absent: by the terminal. */
    readonly by?: 'csms'
  }
  /** A VAT number that the payment terminal of a station had validated. */
  readonly VatNumber: {
    /** As the station told it. */
    readonly vatNumber: string
    /** Accepted: one of the companies of the tariff file has it. */
    readonly status: 'Accepted' | 'Rejected'
    /** When it was asked for. */
    readonly at: string
    /** Where the driver pays. */
    readonly evseId?: number
    /** Name and address of the company that has it. */
    readonly company?: Readonly<Record<string, unknown>>
  }
  /** An EVSE that was kept for somebody who paid on the web. */
  readonly WebPayment: {
    /** 0: every EVSE of the station. */
    readonly evseId: number
    /** When the station was told. */
    readonly since: string
    /** When the station gives it up unless the transaction begins. */
    readonly until: string
  }
  /** The latest firmware update; nothing before the first. */
  readonly Firmware: {
    /** Absent where its action knows none. */
    readonly requestId?: number
    /** Without credentials; absent: nobody ordered it here. */
    readonly location?: string
    /** When the station took the order. */
    readonly orderedAt?: string
    /** The last that was told, as the wire spells it. */
    readonly status?: string
    /** When that was heard. */
    readonly since?: string
    /** Not before then. */
    readonly retrieveAt?: string
    /** Not before then. */
    readonly installAt?: string
    /** By SignedUpdateFirmware, or with a certificate. */
    readonly signed?: boolean
    /** Its latest statuses, oldest first. */
    readonly progress?: readonly {
      /** As the wire spells it. */
      readonly status: string
      /** When it was heard. */
      readonly at: string
      /** 2.1: why, as the station says it. */
      readonly reason?: string
    }[]
  }
  /** Firmware that a local controller was told to publish. */
  readonly Publication: {
    /** Where it can be had, while it is published. */
    readonly urls: readonly string[]
    /** Its latest statuses, oldest first. */
    readonly progress: readonly {
      /** As the wire spells it. */
      readonly status: string
      /** When it was heard. */
      readonly at: string
      /** 2.1: why, as the station says it. */
      readonly reason?: string
    }[]
    /** Of the order; absent where nobody ordered it here. */
    readonly requestId?: number
    /** Where it is fetched, without credentials. */
    readonly location?: string
    /** MD5, in hexadecimal. */
    readonly checksum?: string
    /** The last status told, or Unpublished. */
    readonly status?: string
    /** When that was heard. */
    readonly since?: string
  }
  /** A log that the station was asked for. */
  readonly Log: {
    /** Diagnostics, or a log type as the wire spells it. */
    readonly type: string
    /** Its latest statuses, oldest first. */
    readonly progress: readonly {
      /** As the wire spells it. */
      readonly status: string
      /** When it was heard. */
      readonly at: string
      /** 2.1: why, as the station says it. */
      readonly reason?: string
    }[]
    /** Absent where its action knows none. */
    readonly requestId?: number
    /** Without credentials; absent: nobody ordered it here. */
    readonly location?: string
    /** When the station took the order. */
    readonly orderedAt?: string
    /** The last that was told, as the wire spells it. */
    readonly status?: string
    /** When that was heard. */
    readonly since?: string
    /** As the station named it. */
    readonly fileName?: string
  }
  /** The monitoring of a station, as far as it is known. */
  readonly Monitoring: {
    /** In the order in which they were heard of. */
    readonly monitors: readonly {
      /** Its id. */
      readonly id: number
      /** ComponentType. */
      readonly component: Readonly<Record<string, unknown>>
      /** VariableType. */
      readonly variable: Readonly<Record<string, unknown>>
      /** MonitorEnumType. */
      readonly type: string
      /** In the variable’s unit; of periodic ones seconds. */
      readonly value: number
      /** 0 is the most severe. */
      readonly severity: number
      /** Counts only during transactions. */
      readonly transaction: boolean
      /** When it was set, or last reported. */
      readonly knownAt: string
      /** EventNotificationEnumType. */
      readonly kind?: string
    }[]
    /** Set here last. */
    readonly base?: string
    /** Set here last. */
    readonly level?: number
  }
  /** An event that the station told with NotifyEvent. */
  readonly StationEvent: {
    /** Its id. */
    readonly eventId: number
    /** By the station’s clock. */
    readonly timestamp: string
    /** By ours. */
    readonly receivedAt: string
    /** Alerting, Delta or Periodic. */
    readonly trigger: string
    /** ComponentType. */
    readonly component: Readonly<Record<string, unknown>>
    /** VariableType. */
    readonly variable: Readonly<Record<string, unknown>>
    /** EventNotificationEnumType. */
    readonly kind: string
    /** Absent where it is a secret. */
    readonly actualValue?: string
    /** What was told before is over. */
    readonly cleared?: boolean
    /** The event that caused it. */
    readonly cause?: number
    /** As the station wrote it. */
    readonly techCode?: string
    /** As the station wrote it. */
    readonly techInfo?: string
    /** The transaction that was open. */
    readonly transactionId?: string
    /** The monitor that told it. */
    readonly monitorId?: number
    /** 0 is the most severe. */
    readonly severity?: number
  }
  /** A periodic event stream. */
  readonly EventStream: {
    /** Its id. */
    readonly id: number
    /** The monitor whose values it carries. */
    readonly monitorId: number
    /** PeriodicEventStreamParamsType. */
    readonly params: Readonly<Record<string, unknown>>
    /** When it was offered and taken. */
    readonly openedAt: string
    /** Values that have come. */
    readonly received: number
    /** The latest, oldest first. */
    readonly values: readonly {
      /** By the station’s clock. */
      readonly at: string
      /** It. */
      readonly value: string
    }[]
    /** Absent while it is open. */
    readonly closedAt?: string
  }
  /** What a station was asked of a customer, and what it told. */
  readonly CustomerInformation: {
    /** Of the request. */
    readonly requestId: number
    /** What has come so far, as the station wrote it. */
    readonly text: string
    /** The last part has come. */
    readonly complete: boolean
    /** When the station took the request; absent: nobody asked here. */
    readonly orderedAt?: string
    /** It was to tell. */
    readonly report?: boolean
    /** It was to forget. */
    readonly clear?: boolean
  }
  /** What is known of a station’s certificates. */
  readonly Certificates: {
    /** Signed for it, oldest first. */
    readonly signed: readonly {
      /** Its serial number. */
      readonly serial: string
      /** Whom it names. */
      readonly commonName: string
      /** Valid from. */
      readonly notBefore: string
      /** Valid until. */
      readonly notAfter: string
      /** When it was signed. */
      readonly signedAt: string
      /** Whether the station has it. */
      readonly state: 'Sent' | 'Installed' | 'Rejected' | 'Undelivered'
      /** 2.x: as the request named it. */
      readonly certificateType?: string
    }[]
    /** Installed at it. */
    readonly roots: readonly {
      /** As the version spells it. */
      readonly certificateType: string
      /** CertificateHashDataType. */
      readonly hash: Readonly<Record<string, unknown>>
      /** 2.x: those between it and its root. */
      readonly children?: readonly Readonly<Record<string, unknown>>[]
    }[]
    /** 2.x: of vehicles that asked for them through the station, the latest few, oldest first. */
    readonly contracts?: readonly {
      /** The contract. */
      readonly emaid: string
      /** Its serial number. */
      readonly serial: string
      /** Valid until. */
      readonly notAfter: string
      /** When it was signed. */
      readonly signedAt: string
      /** As the vehicle asked for it. */
      readonly action: 'Install' | 'Update'
    }[]
    /** 2.x: what it was told of certificates that it asked about, the latest few, oldest first. */
    readonly statuses?: readonly {
      /** Its serial number. */
      readonly serial: string
      /** Failed: another authority issued it. */
      readonly status: 'Good' | 'Revoked' | 'Unknown' | 'Failed'
      /** When it was told. */
      readonly at: string
    }[]
    /** Why its last request was not signed. */
    readonly refusal?: {
      /** When. */
      readonly at: string
      /** Why. */
      readonly reason: string
    }
    /** One that is sent again when the station is back. */
    readonly delivery?: {
      /** Its serial number. */
      readonly serial: string
      /** How often it was sent and not answered. */
      readonly attempts: number
    }
  }
  /** A security event that the station told. */
  readonly SecurityEvent: {
    /** As the station wrote it. */
    readonly type: string
    /** By the station’s clock. */
    readonly timestamp: string
    /** By ours. */
    readonly receivedAt: string
    /** As the station wrote it. */
    readonly techInfo?: string
  }
  /** How the station connected last, and what its next connection must be like. */
  readonly Security: {
    /** Its security profile. */
    readonly profile?: number
    /** Absent where it was not encrypted. */
    readonly tlsVersion?: string
    /** Absent where it was not encrypted. */
    readonly cipher?: string
    /** Of its client certificate. */
    readonly certificateSerial?: string
    /** Its common name. */
    readonly certificateName?: string
    /** It was given one here or over OCPP; those of --stations are not told. */
    readonly hasPassword?: boolean
    /** When it accepted its password, or was given one here. */
    readonly passwordChangedAt?: string
    /** Set here: what its client certificate may name in place of the identity. */
    readonly serial?: string
    /** Set here: the lowest that it may use. */
    readonly securityProfile?: number
    /** It accepted this profile and has not connected with it yet. */
    readonly upgradeTo?: number
    /** It may not connect with a lower one any more. */
    readonly lowestProfile?: number
  }
  /** A reservation that the station accepted. */
  readonly Reservation: {
    /** Its id. */
    readonly reservationId: number
    /** Its holder. */
    readonly idToken: string
    /** Its end. */
    readonly expiryDate: string
    /** Its beginning. */
    readonly acceptedAt: string
    /** What became of it. */
    readonly state:
      | 'Active'
      | 'Used'
      | 'Cancelled'
      | 'Expired'
      | 'Removed'
      | 'Replaced'
      | 'NoTransaction'
    /** 1.6 only. 0: any connector. */
    readonly connectorId?: number
    /** 2.x only. Absent: any EVSE. */
    readonly evseId?: number
    /** 2.x only. Absent: whichever. */
    readonly connectorType?: string
    /** 1.6: parentIdTag. */
    readonly groupId?: string
    /** Absent while it is Active. */
    readonly endedAt?: string
    readonly transactionId?: number | string
  }
  /** A message that a station shows when its time comes. */
  readonly DisplayMessage: {
    /** As it stood on the wire. */
    readonly message: Readonly<Record<string, unknown>>
    /** When the station took it, or first told of it. */
    readonly since: string
  }
  /** What is known of the local authorization list; nothing before the first answer about it. */
  readonly LocalList: {
    /** 0: empty; -1: there is none. */
    readonly version?: number
    /** When the version was last heard of. */
    readonly knownAt?: string
    /** Absent where it is not known what is in it. */
    readonly entries?: readonly {
      /** The token. */
      readonly idToken: string
      /** What the station answers. */
      readonly status: string
      /** 2.x: IdTokenEnumType. */
      readonly type?: string
      /** From then on it is Expired. */
      readonly expiry?: string
      /** Its group. */
      readonly groupId?: string
    }[]
  }
  /** A connection profile that the station keeps. */
  readonly NetworkProfile: {
    /** Its configuration slot. */
    readonly slot: number
    /** Where it leads, without the identity. */
    readonly ocppCsmsUrl: string
    /** The interface that it prefers. */
    readonly ocppInterface: string
    /** Of the connection. */
    readonly securityProfile: number
    /** Seconds. */
    readonly messageTimeout: number
    /** It has one. */
    readonly vpn: boolean
    /** It has one. */
    readonly apn: boolean
    /** When the station took it. */
    readonly setAt: string
    /** 2.1: whom it connects as. */
    readonly identity?: string
  }
  /** What was ordered of a connector last. */
  readonly Availability: {
    /** 1.6: 0 is the station with all its connectors; 2.x: 0 is the EVSE, or the station. */
    readonly connectorId: number
    /** The order. */
    readonly type: 'Operative' | 'Inoperative'
    /** Scheduled: after the transaction. */
    readonly status: 'Accepted' | 'Scheduled'
    /** When. */
    readonly orderedAt: string
    /** 2.x only. 0: the station. */
    readonly evseId?: number
  }
  /** A DataTransfer. */
  readonly DataTransfer: {
    /** When. */
    readonly at: string
    /** Who began it. */
    readonly from: 'station' | 'csms'
    /** The vendor. */
    readonly vendorId: string
    /** The answer. */
    readonly status: string
    /** The message. */
    readonly messageId?: string
    /** The beginning of it. */
    readonly data?: string
  }
  /** Why there is no success. */
  readonly Problem: {
    /** The problem. */
    readonly error: {
      /** For programs. */
      readonly code: string
      /** One sentence for people. */
      readonly message: string
    }
  }
  /** A file of the file server. */
  readonly File: {
    /** As it is fetched by. */
    readonly name: string
    /** Stations may fetch it, or a station brought it. */
    readonly kind: 'firmware' | 'upload'
    /** Its length. */
    readonly bytes: number
    /** When it was last written. */
    readonly modifiedAt: string
  }
  /** What it is and holds. */
  readonly Health: {
    readonly status: 'ok'
    /** Of this program. */
    readonly version: string
    /** The salt of its message ids. */
    readonly runId: string
    /** Since the start. */
    readonly uptimeSeconds: number
    /** Stations that are connected. */
    readonly connections: number
    /** Stations that are known. */
    readonly stations: number
    /** Transactions that are stored. */
    readonly transactions: number
    /** OCPP versions. */
    readonly speaks: readonly string[]
    /** What remembers. */
    readonly store: 'memory' | 'lowdb'
  }
  /** It answers. */
  readonly Live: {
    readonly status: 'live'
  }
  /** Whether it can serve stations. */
  readonly Readiness: {
    /** The verdict. */
    readonly status: 'ready' | 'unavailable'
    /** Why it cannot. */
    readonly reasons: readonly string[]
  }
  /** A charging station. */
  readonly Station: {
    /** Its identity. */
    readonly id: string
    /** It has a WebSocket now. */
    readonly connected: boolean
    /** The last status of every connector. */
    readonly connectors: readonly Schemas['Connector'][]
    /** The OCPP version it speaks. */
    readonly protocol?: 'ocpp1.6' | 'ocpp2.0.1' | 'ocpp2.1'
    /** Absent until its first BootNotification was answered. */
    readonly registration?: 'Accepted' | 'Pending' | 'Rejected'
    /** As it told at boot. */
    readonly vendor?: string
    /** As it told at boot. */
    readonly model?: string
    /** As it told at boot. */
    readonly serialNumber?: string
    /** As it told at boot. */
    readonly firmwareVersion?: string
    /** 2.x: why it booted. */
    readonly bootReason?: string
    /** Its last BootNotification. */
    readonly bootedAt?: string
    /** Absent while it is not connected. */
    readonly connectedSince?: string
    /** When something last came from it. */
    readonly lastSeen?: string
  }
  /** A charging station with what it told. */
  readonly StationDetails: {
    /** Its identity. */
    readonly id: string
    /** It has a WebSocket now. */
    readonly connected: boolean
    /** The last status of every connector. */
    readonly connectors: readonly Schemas['Connector'][]
    /** 1.6 keys. */
    readonly configuration: Readonly<Record<string, Schemas['ConfigurationValue']>>
    /** 2.x device model. */
    readonly variables: readonly Schemas['Variable'][]
    /** 2.x: the latest reports by requestId. */
    readonly reports: Readonly<Record<string, Schemas['Report']>>
    /** The latest of each connector. */
    readonly meterValues: readonly Schemas['MeterValue'][]
    /** The OCPP version it speaks. */
    readonly protocol?: 'ocpp1.6' | 'ocpp2.0.1' | 'ocpp2.1'
    /** Absent until its first BootNotification was answered. */
    readonly registration?: 'Accepted' | 'Pending' | 'Rejected'
    /** As it told at boot. */
    readonly vendor?: string
    /** As it told at boot. */
    readonly model?: string
    /** As it told at boot. */
    readonly serialNumber?: string
    /** As it told at boot. */
    readonly firmwareVersion?: string
    /** 2.x: why it booted. */
    readonly bootReason?: string
    /** Its last BootNotification. */
    readonly bootedAt?: string
    /** Absent while it is not connected. */
    readonly connectedSince?: string
    /** When something last came from it. */
    readonly lastSeen?: string
  }
  /** A connector’s last StatusNotification. */
  readonly Connector: {
    /** 1.6: 0 is the station itself. */
    readonly connectorId: number
    /** The status of its OCPP version. */
    readonly status: string
    /** When it got that status. */
    readonly since: string
    /** 2.x only. */
    readonly evseId?: number
    /** 1.6 only. */
    readonly errorCode?: string
    /** 1.6: free text of the station. */
    readonly info?: string
  }
  /** A configuration key. */
  readonly ConfigurationValue: {
    /** It cannot be changed. */
    readonly readonly: boolean
    /** Absent where it is a secret or was not told. */
    readonly value?: string
    /** It holds from the next boot on. */
    readonly rebootRequired?: boolean
  }
  /** A component’s variable. */
  readonly Variable: {
    /** ComponentType. */
    readonly component: Readonly<Record<string, unknown>>
    /** VariableType. */
    readonly variable: Readonly<Record<string, unknown>>
    /** Values by attribute type; secrets have none. */
    readonly attributes: Readonly<Record<string, string>>
    /** By attribute type. */
    readonly mutability?: Readonly<Record<string, string>>
    /** VariableCharacteristicsType, as a report told it. */
    readonly characteristics?: Readonly<Record<string, unknown>>
    /** What was set last holds from the next boot on. */
    readonly rebootRequired?: boolean
  }
  /** A report of the device model. */
  readonly Report: {
    /** How many component variables it listed so far. */
    readonly variables: number
    /** The last part has come. */
    readonly complete: boolean
  }
  /** A reported set of samples. */
  readonly MeterValue: {
    /** As it stood on the wire. */
    readonly meterValue: Readonly<Record<string, unknown>>
    /** 2.x only. */
    readonly evseId?: number
    /** 1.6 only. */
    readonly connectorId?: number
  }
  /** A charging transaction. Instants are those of the payloads. */
  readonly Transaction: {
    /** Its place in the order of arrival. */
    readonly ordinal: number
    /** Where. */
    readonly stationId: string
    readonly transactionId: number | string
    /** Reported after the fact. */
    readonly offline: boolean
    /** 2.x only. */
    readonly evseId?: number
    /** The connector. */
    readonly connectorId?: number
    /** Who. */
    readonly idToken?: string
    /** What its start was answered. */
    readonly authorization?:
      | 'Accepted'
      | 'Blocked'
      | 'ConcurrentTx'
      | 'Expired'
      | 'Invalid'
      | 'NoCredit'
      | 'NotAllowedTypeEVSE'
      | 'NotAtThisLocation'
      | 'NotAtThisTime'
      | 'Unknown'
    /** Absent where the start never arrived. */
    readonly startedAt?: string
    /** Absent while it is open. */
    readonly stoppedAt?: string
    /** Wh. */
    readonly meterStartWh?: number
    /** Wh. */
    readonly meterStopWh?: number
    /** Wh; known once both registers are. */
    readonly energyWh?: number
    /** The reason of its version. */
    readonly stopReason?: string
    /** Who presented himself to stop it. */
    readonly stopIdToken?: string
    /** 2.x: of the CALL that started it. */
    readonly remoteStartId?: number
    /** The reservation it used. */
    readonly reservationId?: number
    /** 2.x. */
    readonly chargingState?: string
    /** 2.1: what its station calculates with. */
    readonly tariffId?: string
    /** 2.1: paid at a terminal or on the web; its idToken is the payment. */
    readonly directPayment?: boolean
    /** What it costs, as far as is known. */
    readonly cost?: {
      /** Taxes included. */
      readonly total: number
      /** Who calculated; operator: whoever sent CostUpdated. */
      readonly by: 'csms' | 'station' | 'operator'
      /** It has ended. */
      readonly final: boolean
      /** ISO 4217, as far as it is known. */
      readonly currency?: string
      /** By which tariff. */
      readonly tariffId?: string
      /** Without taxes. */
      readonly exclTax?: number
      /** 2.1 CostDetailsType, of a transaction that has ended. */
      readonly details?: Readonly<Record<string, unknown>>
    }
    /** 2.x: parts that have not come. */
    readonly missingSeqNos?: readonly number[]
  }
  /** What charging costs. */
  readonly Tariff: {
    /** Its id. */
    readonly tariffId: string
    /** ISO 4217. */
    readonly currency: string
    /** Of tokens that name none. */
    readonly isDefault: boolean
    /** As 2.1 has it: TariffType. */
    readonly tariff: Readonly<Record<string, unknown>>
  }
  /** An idToken (1.6: idTag) that has a name here. */
  readonly Token: {
    /** Compared without regard to case. */
    readonly idToken: string
    /** What stations are answered. */
    readonly status:
      | 'Accepted'
      | 'Blocked'
      | 'ConcurrentTx'
      | 'Expired'
      | 'Invalid'
      | 'NoCredit'
      | 'NotAllowedTypeEVSE'
      | 'NotAtThisLocation'
      | 'NotAtThisTime'
      | 'Unknown'
    /** 2.x: IdTokenEnumType; without it the token answers to every type. */
    readonly type?: string
    /** From then on it is Expired. */
    readonly expiry?: string
    /** 1.6: parentIdTag. Tokens of a group may stop each other’s transactions. */
    readonly groupId?: string
    /** false: in one transaction at a time. */
    readonly concurrent?: boolean
    /** 2.1: where each of its transactions ends its energy. */
    readonly limit?: {
      /** In the currency of the station. */
      readonly maxCost?: number
      /** Wh. */
      readonly maxEnergy?: number
      /** Seconds. */
      readonly maxTime?: number
      /** Percent. */
      readonly maxSoC?: number
    }
    /** Prepaid: what is left; at 0 it has NoCredit. */
    readonly balance?: number
    /** Its own prices. */
    readonly tariffId?: string
    /** 2.x: what its driver reads, RFC 5646. */
    readonly language1?: string
    /** 2.x: and what he reads instead. */
    readonly language2?: string
    /** 2.x: what the station shows him. */
    readonly personalMessage?: string
    /** 2.x: the only EVSEs where it may charge. */
    readonly evseId?: readonly number[]
    /** 2.x: what has to be presented with it. */
    readonly additionalInfo?: readonly {
      /** What it is. */
      readonly additionalIdToken: string
      /** What kind of thing it is, as stations call it. */
      readonly type: string
    }[]
  }
  /** A certificate that the authority issued. */
  readonly Certificate: {
    /** Hexadecimal, upper case. */
    readonly serial: string
    /** What it is for. */
    readonly role:
      | 'root'
      | 'authority'
      | 'server'
      | 'station'
      | 'firmware'
      | 'secc'
      | 'combined'
      | 'contract'
    /** Whom it names. */
    readonly commonName: string
    /** Valid from. */
    readonly notBefore: string
    /** Valid until. */
    readonly notAfter: string
    /** The identity of the station that it is for. */
    readonly station?: string
    /** Absent where it was not revoked. */
    readonly revoked?: {
      /** Why. */
      readonly reason: 'unspecified' | 'keyCompromise' | 'superseded' | 'cessationOfOperation'
      /** When. */
      readonly at: string
    }
  }
  readonly CommandAnswer:
    | {
        readonly status: 'answered'
        /** The CALLRESULT’s payload. */
        readonly payload: Readonly<Record<string, unknown>>
      }
    | {
        readonly status: 'callError'
        /** As the station spelled it. */
        readonly code: string
        /** The station’s. */
        readonly description: string
        /** The station’s. */
        readonly details: Readonly<Record<string, unknown>>
      }
  /** A frame as it went over the wire, without its secrets. */
  readonly Message: {
    /** Real time. */
    readonly at: string
    /** The station. */
    readonly stationId: string
    /** Seen from the management system. */
    readonly direction: 'in' | 'out'
    /** 2 CALL, 3 CALLRESULT, 4 CALLERROR, 6 SEND; 0: no frame. */
    readonly messageType: number
    /** The frame. */
    readonly text: string
    /** Of the CALL and its answer. */
    readonly messageId?: string
    /** Of an answer: that of its CALL, where it is still known. */
    readonly action?: string
  }
  /** Something that happened; what else it has depends on its type. */
  readonly Event: {
    /** What happened. */
    readonly type:
      | 'listening'
      | 'refused'
      | 'handshakeFailed'
      | 'connected'
      | 'booted'
      | 'status'
      | 'authorized'
      | 'reservation'
      | 'transactionStarted'
      | 'transactionStopped'
      | 'notified'
      | 'command'
      | 'disconnected'
      | 'stationChanged'
      | 'tokenChanged'
      | 'certificateRevoked'
      | 'finding'
      | 'frame'
      | 'handlerFailed'
      | 'processEnded'
      | 'script'
      | 'store'
      | 'missed'
      | 'dropped'
    /** Real time. */
    readonly time?: string
    /** Absent where no station is meant. */
    readonly stationId?: string
    readonly [field: string]: unknown
  }
}

/** Every operation by its id: what it takes and what it answers. */
export interface Operations {
  /** Is it up, since when, and how much it holds. */
  readonly getHealth: {
    readonly path: {}
    readonly query: {}
    readonly body: undefined
    readonly answer: Schemas['Health']
  }
  /** Does the process that listens answer: restart it where it does not. */
  readonly getLive: {
    readonly path: {}
    readonly query: {}
    readonly body: undefined
    readonly answer: Schemas['Live']
  }
  /** Can it serve stations: send it none where it cannot. */
  readonly getReady: {
    readonly path: {}
    readonly query: {}
    readonly body: undefined
    readonly answer: Schemas['Readiness']
  }
  /** What was counted since the start, for Prometheus. */
  readonly getMetrics: {
    readonly path: {}
    readonly query: {}
    readonly body: undefined
    readonly answer: string
  }
  /** This document. */
  readonly getOpenApi: {
    readonly path: {}
    readonly query: {}
    readonly body: undefined
    readonly answer: Readonly<Record<string, unknown>>
  }
  /** The stations that are known, in the order of their identities. */
  readonly listStations: {
    readonly path: {}
    readonly query: {
      readonly connected?: boolean | undefined
      readonly limit?: number | undefined
      readonly after?: string | undefined
    }
    readonly body: undefined
    readonly answer: readonly Schemas['Station'][]
  }
  /** One station, with what it reported of itself and its latest meter values. */
  readonly getStation: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: Schemas['StationDetails']
  }
  /** The last status of every connector. */
  readonly getStationConnectors: {
    readonly path: { readonly stationId: string }
    readonly query: { readonly connectorId?: number | undefined }
    readonly body: undefined
    readonly answer: readonly Schemas['Connector'][]
  }
  /** 1.6: the configuration keys as the station last told them. */
  readonly getStationConfiguration: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: Readonly<Record<string, Schemas['ConfigurationValue']>>
  }
  /** 2.x: the device model as the station last reported it. */
  readonly getStationVariables: {
    readonly path: { readonly stationId: string }
    readonly query: {
      readonly component?: string | undefined
      readonly variable?: string | undefined
      readonly evseId?: number | undefined
      readonly settable?: boolean | undefined
    }
    readonly body: undefined
    readonly answer: readonly Schemas['Variable'][]
  }
  /** 2.x: how far the latest reports of the device model have come, by requestId. */
  readonly getStationReports: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: Readonly<Record<string, Schemas['Report']>>
  }
  /** 2.x: the connection profiles that the station accepted, by slot. */
  readonly getStationNetworkProfiles: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['NetworkProfile'][]
  }
  /** What was ordered of each connector last. */
  readonly getStationAvailability: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['Availability'][]
  }
  /** Reservations that the station accepted, oldest first, as they stand now. */
  readonly getStationReservations: {
    readonly path: { readonly stationId: string }
    readonly query: { readonly active?: boolean | undefined }
    readonly body: undefined
    readonly answer: readonly Schemas['Reservation'][]
  }
  /** 2.x: the messages that the station shows, as far as they are known. */
  readonly getStationDisplayMessages: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['DisplayMessage'][]
  }
  /** Charging profiles that the station has, as far as is known. */
  readonly getStationChargingProfiles: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['ChargingProfile'][]
  }
  /** What the accepted profiles leave from now on; it knows no hardware. */
  readonly getStationCompositeSchedule: {
    readonly path: { readonly stationId: string }
    readonly query: {
      readonly connectorId?: number | undefined
      readonly evseId?: number | undefined
      readonly duration?: number | undefined
      readonly unit?: 'A' | 'W' | undefined
      readonly voltage?: number | undefined
    }
    readonly body: undefined
    readonly answer: Schemas['CompositeSchedule']
  }
  /** 2.x: limits that somebody else set at the station, as it told. */
  readonly getStationChargingLimits: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['ChargingLimit'][]
  }
  /** 2.x: what the EVs at the station told over ISO 15118, by EVSE. */
  readonly getStationEvCharging: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['EvCharging'][]
  }
  /** 2.1: transactions that have priority. */
  readonly getStationPriorityCharging: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly string[]
  }
  /** What is known of the local authorization list. */
  readonly getStationLocalList: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: Schemas['LocalList']
  }
  /** The latest firmware update. */
  readonly getStationFirmware: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: Schemas['Firmware']
  }
  /** 2.x: firmware that a local controller was told to publish, oldest first. */
  readonly getStationPublications: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['Publication'][]
  }
  /** Diagnostics and logs that the station was asked for, oldest first. */
  readonly getStationLogs: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['Log'][]
  }
  /** 2.x: monitoring base and level as set here, and the monitors as far as they are known. */
  readonly getStationMonitoring: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: Schemas['Monitoring']
  }
  /** 2.x: the latest events that the station told, oldest first. */
  readonly getStationEvents: {
    readonly path: { readonly stationId: string }
    readonly query: {
      readonly component?: string | undefined
      readonly variable?: string | undefined
      readonly monitorId?: number | undefined
      readonly severity?: number | undefined
    }
    readonly body: undefined
    readonly answer: readonly Schemas['StationEvent'][]
  }
  /** 2.1: periodic event streams, oldest first, each with its latest values. */
  readonly getStationEventStreams: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['EventStream'][]
  }
  /** 2.x: what the station was asked of customers and told, oldest first. */
  readonly getStationCustomerInformation: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['CustomerInformation'][]
  }
  /** Certificates that were signed for the station, and the roots it has. */
  readonly getStationCertificates: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: Schemas['Certificates']
  }
  /** Security events that the station told, oldest first. */
  readonly getStationSecurityEvents: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['SecurityEvent'][]
  }
  /** How the station connected last, and what its next connection must be like. */
  readonly getStationSecurity: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: Schemas['Security']
  }
  /** 2.1: the tariffs that the station has, as far as is known. */
  readonly getStationTariffs: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['StationTariff'][]
  }
  /** 2.1: payments at the terminal of the station, oldest first. */
  readonly getStationSettlements: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['Settlement'][]
  }
  /** 2.1: VAT numbers that the terminal of the station had validated, oldest first. */
  readonly getStationVatNumbers: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['VatNumber'][]
  }
  /** 2.1: payments on the web that the station was told of, oldest first. */
  readonly getStationWebPayments: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['WebPayment'][]
  }
  /** The latest DataTransfers, oldest first. */
  readonly getStationDataTransfers: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['DataTransfer'][]
  }
  /** 2.1: energy transfers that EVs were allowed, and the last aFRR signal. */
  readonly getStationV2x: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: Schemas['EnergyServices']
  }
  /** 2.1: DER controls that the station has, as far as is known, and its alarms. */
  readonly getStationDer: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: Schemas['Der']
  }
  /** 2.1: the latest battery swaps, oldest first. */
  readonly getStationBatterySwaps: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['BatterySwap'][]
  }
  /** The latest meter values of every connector. */
  readonly getStationMeterValues: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['MeterValue'][]
  }
  /** Make a station known before it connects, and say how it shall prove who it is. */
  readonly registerStation: {
    readonly path: {}
    readonly query: {}
    readonly body: {
      /** Its identity. */
      readonly id: string
      /** 16 to 40 characters by the specification. */
      readonly password?: string
      /** As `csms certs hash-password` prints it. */
      readonly passwordHash?: string
      /** What its client certificate may name in place of the identity. */
      readonly serial?: string
      /** The lowest that it may use; without it that of the server. */
      readonly securityProfile?: number
    }
    readonly answer: Schemas['Station']
  }
  /** Change how a station shall prove who it is, from its next connection on. */
  readonly patchStation: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: {
      /** 16 to 40 characters by the specification. */
      readonly password?: string | null
      /** As `csms certs hash-password` prints it. */
      readonly passwordHash?: string
      /** What its client certificate may name in place of the identity. */
      readonly serial?: string | null
      /** The lowest that it may use; without it that of the server. */
      readonly securityProfile?: number | null
    }
    readonly answer: Schemas['Station']
  }
  /** Forget a station and close its connection. */
  readonly removeStation: {
    readonly path: { readonly stationId: string }
    readonly query: { readonly force?: boolean | undefined }
    readonly body: undefined
    readonly answer: undefined
  }
  /** Close the connection of a station, which may come back at once. */
  readonly closeConnection: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: undefined
  }
  /** Send a CALL to a station and wait for how it ends. */
  readonly sendCommand: {
    readonly path: { readonly stationId: string; readonly action: string }
    readonly query: { readonly wait?: string | undefined }
    readonly body: Readonly<Record<string, unknown>>
    readonly answer: Schemas['CommandAnswer']
  }
  /** Transactions, in the order of their arrival. */
  readonly listTransactions: {
    readonly path: {}
    readonly query: {
      readonly stationId?: string | undefined
      readonly open?: boolean | undefined
      readonly limit?: number | undefined
      readonly after?: number | undefined
    }
    readonly body: undefined
    readonly answer: readonly Schemas['Transaction'][]
  }
  /** The idTokens that have a name here, in the order of their names. */
  readonly listTokens: {
    readonly path: {}
    readonly query: { readonly limit?: number | undefined; readonly after?: string | undefined }
    readonly body: undefined
    readonly answer: readonly Schemas['Token'][]
  }
  /** One idToken, whatever its case. */
  readonly getToken: {
    readonly path: { readonly idToken: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: Schemas['Token']
  }
  /** Make an idToken, or replace what is known of it. */
  readonly putToken: {
    readonly path: { readonly idToken: string }
    readonly query: {}
    readonly body: {
      readonly status?:
        | 'Accepted'
        | 'Blocked'
        | 'ConcurrentTx'
        | 'Expired'
        | 'Invalid'
        | 'NoCredit'
        | 'NotAllowedTypeEVSE'
        | 'NotAtThisLocation'
        | 'NotAtThisTime'
        | 'Unknown'
      readonly type?: string
      readonly expiry?: string
      readonly groupId?: string
      readonly concurrent?: boolean
      readonly limit?: {
        readonly maxCost?: number
        readonly maxEnergy?: number
        readonly maxTime?: number
        readonly maxSoC?: number
      }
      readonly balance?: number
      readonly tariffId?: string
      readonly language1?: string
      readonly language2?: string
      readonly personalMessage?: string
      readonly evseId?: readonly number[]
      readonly additionalInfo?: readonly {
        readonly additionalIdToken: string
        readonly type: string
      }[]
    }
    readonly answer: Schemas['Token']
  }
  /** Change an idToken: block it, put it into a group, let it expire. */
  readonly patchToken: {
    readonly path: { readonly idToken: string }
    readonly query: {}
    readonly body: {
      readonly status?:
        | 'Accepted'
        | 'Blocked'
        | 'ConcurrentTx'
        | 'Expired'
        | 'Invalid'
        | 'NoCredit'
        | 'NotAllowedTypeEVSE'
        | 'NotAtThisLocation'
        | 'NotAtThisTime'
        | 'Unknown'
      readonly type?: string | null
      readonly expiry?: string | null
      readonly groupId?: string | null
      readonly concurrent?: boolean | null
      readonly limit?: {
        readonly maxCost?: number
        readonly maxEnergy?: number
        readonly maxTime?: number
        readonly maxSoC?: number
      } | null
      readonly balance?: number | null
      readonly tariffId?: string | null
      readonly language1?: string | null
      readonly language2?: string | null
      readonly personalMessage?: string | null
      readonly evseId?: readonly number[] | null
      readonly additionalInfo?:
        | readonly {
            readonly additionalIdToken: string
            readonly type: string
          }[]
        | null
    }
    readonly answer: Schemas['Token']
  }
  /** Forget an idToken: from then on it is one that nobody named. */
  readonly deleteToken: {
    readonly path: { readonly idToken: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: undefined
  }
  /** What charging costs, in the order of the file of --tariffs; none without one. */
  readonly listTariffs: {
    readonly path: {}
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['Tariff'][]
  }
  /** One tariff. */
  readonly getTariff: {
    readonly path: { readonly tariffId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: Schemas['Tariff']
  }
  /** What the authority issued, in that order, and what became of it. */
  readonly listCertificates: {
    readonly path: {}
    readonly query: {
      readonly role?:
        | 'root'
        | 'authority'
        | 'server'
        | 'station'
        | 'firmware'
        | 'secc'
        | 'combined'
        | 'contract'
        | undefined
      readonly stationId?: string | undefined
      readonly revoked?: boolean | undefined
      readonly limit?: number | undefined
      readonly after?: string | undefined
    }
    readonly body: undefined
    readonly answer: readonly Schemas['Certificate'][]
  }
  /** One certificate, and what became of it. */
  readonly getCertificate: {
    readonly path: { readonly serial: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: Schemas['Certificate']
  }
  /** Revoke a certificate: no handshake with it succeeds from now on. */
  readonly revokeCertificate: {
    readonly path: { readonly serial: string }
    readonly query: {}
    readonly body: {
      readonly reason?: 'unspecified' | 'keyCompromise' | 'superseded' | 'cessationOfOperation'
    }
    readonly answer: Schemas['Certificate']
  }
  /** What stations may fetch, and what they brought. */
  readonly listFiles: {
    readonly path: {}
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Schemas['File'][]
  }
  /** A file that a station brought. */
  readonly getUpload: {
    readonly path: { readonly name: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: string
  }
  /** Remove a file that a station brought. */
  readonly deleteUpload: {
    readonly path: { readonly name: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: undefined
  }
  /** What went over the wire, without its secrets. */
  readonly listMessages: {
    readonly path: {}
    readonly query: {
      readonly stationId?: string | undefined
      readonly action?: string | undefined
      readonly direction?: 'in' | 'out' | undefined
      readonly since?: string | undefined
      readonly limit?: number | undefined
    }
    readonly body: undefined
    readonly answer: readonly Schemas['Message'][]
  }
  /** What went over the wire to and from one station. */
  readonly listStationMessages: {
    readonly path: { readonly stationId: string }
    readonly query: {
      readonly action?: string | undefined
      readonly direction?: 'in' | 'out' | undefined
      readonly since?: string | undefined
      readonly limit?: number | undefined
    }
    readonly body: undefined
    readonly answer: readonly Schemas['Message'][]
  }
  /** Everything that happens, as server-sent events. */
  readonly streamEvents: {
    readonly path: {}
    readonly query: {
      readonly stationId?: string | undefined
      readonly types?: string | undefined
      readonly frames?: boolean | undefined
    }
    readonly body: undefined
    readonly answer: string
  }
}

/** Where each operation is. */
export const operations: {
  readonly [Id in keyof Operations]: { readonly method: string; readonly path: string }
} = {
  getHealth: { method: 'GET', path: '/health' },
  getLive: { method: 'GET', path: '/health/live' },
  getReady: { method: 'GET', path: '/health/ready' },
  getMetrics: { method: 'GET', path: '/metrics' },
  getOpenApi: { method: 'GET', path: '/openapi.json' },
  listStations: { method: 'GET', path: '/api/v1/stations' },
  getStation: { method: 'GET', path: '/api/v1/stations/{stationId}' },
  getStationConnectors: { method: 'GET', path: '/api/v1/stations/{stationId}/connectors' },
  getStationConfiguration: { method: 'GET', path: '/api/v1/stations/{stationId}/configuration' },
  getStationVariables: { method: 'GET', path: '/api/v1/stations/{stationId}/variables' },
  getStationReports: { method: 'GET', path: '/api/v1/stations/{stationId}/reports' },
  getStationNetworkProfiles: {
    method: 'GET',
    path: '/api/v1/stations/{stationId}/network-profiles',
  },
  getStationAvailability: { method: 'GET', path: '/api/v1/stations/{stationId}/availability' },
  getStationReservations: { method: 'GET', path: '/api/v1/stations/{stationId}/reservations' },
  getStationDisplayMessages: {
    method: 'GET',
    path: '/api/v1/stations/{stationId}/display-messages',
  },
  getStationChargingProfiles: {
    method: 'GET',
    path: '/api/v1/stations/{stationId}/charging-profiles',
  },
  getStationCompositeSchedule: {
    method: 'GET',
    path: '/api/v1/stations/{stationId}/composite-schedule',
  },
  getStationChargingLimits: { method: 'GET', path: '/api/v1/stations/{stationId}/charging-limits' },
  getStationEvCharging: { method: 'GET', path: '/api/v1/stations/{stationId}/ev-charging' },
  getStationPriorityCharging: {
    method: 'GET',
    path: '/api/v1/stations/{stationId}/priority-charging',
  },
  getStationLocalList: { method: 'GET', path: '/api/v1/stations/{stationId}/local-list' },
  getStationFirmware: { method: 'GET', path: '/api/v1/stations/{stationId}/firmware' },
  getStationPublications: { method: 'GET', path: '/api/v1/stations/{stationId}/publications' },
  getStationLogs: { method: 'GET', path: '/api/v1/stations/{stationId}/logs' },
  getStationMonitoring: { method: 'GET', path: '/api/v1/stations/{stationId}/monitoring' },
  getStationEvents: { method: 'GET', path: '/api/v1/stations/{stationId}/events' },
  getStationEventStreams: { method: 'GET', path: '/api/v1/stations/{stationId}/event-streams' },
  getStationCustomerInformation: {
    method: 'GET',
    path: '/api/v1/stations/{stationId}/customer-information',
  },
  getStationCertificates: { method: 'GET', path: '/api/v1/stations/{stationId}/certificates' },
  getStationSecurityEvents: { method: 'GET', path: '/api/v1/stations/{stationId}/security-events' },
  getStationSecurity: { method: 'GET', path: '/api/v1/stations/{stationId}/security' },
  getStationTariffs: { method: 'GET', path: '/api/v1/stations/{stationId}/tariffs' },
  getStationSettlements: { method: 'GET', path: '/api/v1/stations/{stationId}/settlements' },
  getStationVatNumbers: { method: 'GET', path: '/api/v1/stations/{stationId}/vat-numbers' },
  getStationWebPayments: { method: 'GET', path: '/api/v1/stations/{stationId}/web-payments' },
  getStationDataTransfers: { method: 'GET', path: '/api/v1/stations/{stationId}/data-transfers' },
  getStationV2x: { method: 'GET', path: '/api/v1/stations/{stationId}/v2x' },
  getStationDer: { method: 'GET', path: '/api/v1/stations/{stationId}/der' },
  getStationBatterySwaps: { method: 'GET', path: '/api/v1/stations/{stationId}/battery-swaps' },
  getStationMeterValues: { method: 'GET', path: '/api/v1/stations/{stationId}/meter-values' },
  registerStation: { method: 'POST', path: '/api/v1/stations' },
  patchStation: { method: 'PATCH', path: '/api/v1/stations/{stationId}' },
  removeStation: { method: 'DELETE', path: '/api/v1/stations/{stationId}' },
  closeConnection: { method: 'DELETE', path: '/api/v1/stations/{stationId}/connection' },
  sendCommand: { method: 'POST', path: '/api/v1/stations/{stationId}/commands/{action}' },
  listTransactions: { method: 'GET', path: '/api/v1/transactions' },
  listTokens: { method: 'GET', path: '/api/v1/tokens' },
  getToken: { method: 'GET', path: '/api/v1/tokens/{idToken}' },
  putToken: { method: 'PUT', path: '/api/v1/tokens/{idToken}' },
  patchToken: { method: 'PATCH', path: '/api/v1/tokens/{idToken}' },
  deleteToken: { method: 'DELETE', path: '/api/v1/tokens/{idToken}' },
  listTariffs: { method: 'GET', path: '/api/v1/tariffs' },
  getTariff: { method: 'GET', path: '/api/v1/tariffs/{tariffId}' },
  listCertificates: { method: 'GET', path: '/api/v1/certificates' },
  getCertificate: { method: 'GET', path: '/api/v1/certificates/{serial}' },
  revokeCertificate: { method: 'POST', path: '/api/v1/certificates/{serial}/revoke' },
  listFiles: { method: 'GET', path: '/api/v1/files' },
  getUpload: { method: 'GET', path: '/api/v1/files/uploads/{name}' },
  deleteUpload: { method: 'DELETE', path: '/api/v1/files/uploads/{name}' },
  listMessages: { method: 'GET', path: '/api/v1/messages' },
  listStationMessages: { method: 'GET', path: '/api/v1/stations/{stationId}/messages' },
  streamEvents: { method: 'GET', path: '/api/v1/events' },
}

/** What is known of one station, part by part: the operation of each. */
export const partsOfStation = {
  connectors: 'getStationConnectors',
  configuration: 'getStationConfiguration',
  variables: 'getStationVariables',
  reports: 'getStationReports',
  'network-profiles': 'getStationNetworkProfiles',
  availability: 'getStationAvailability',
  reservations: 'getStationReservations',
  'display-messages': 'getStationDisplayMessages',
  'charging-profiles': 'getStationChargingProfiles',
  'composite-schedule': 'getStationCompositeSchedule',
  'charging-limits': 'getStationChargingLimits',
  'ev-charging': 'getStationEvCharging',
  'priority-charging': 'getStationPriorityCharging',
  'local-list': 'getStationLocalList',
  firmware: 'getStationFirmware',
  publications: 'getStationPublications',
  logs: 'getStationLogs',
  monitoring: 'getStationMonitoring',
  events: 'getStationEvents',
  'event-streams': 'getStationEventStreams',
  'customer-information': 'getStationCustomerInformation',
  certificates: 'getStationCertificates',
  'security-events': 'getStationSecurityEvents',
  security: 'getStationSecurity',
  tariffs: 'getStationTariffs',
  settlements: 'getStationSettlements',
  'vat-numbers': 'getStationVatNumbers',
  'web-payments': 'getStationWebPayments',
  'data-transfers': 'getStationDataTransfers',
  v2x: 'getStationV2x',
  der: 'getStationDer',
  'battery-swaps': 'getStationBatterySwaps',
  'meter-values': 'getStationMeterValues',
  messages: 'listStationMessages',
} as const satisfies Readonly<Record<string, keyof Operations>>
