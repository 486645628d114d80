// Generated from src/csms/api/routes.ts by "npm run gen".

/** Why there is no success. */
export type Problem = {
  /** The problem. */
  readonly error: {
    /** For programs. */
    readonly code: string
    /** One sentence for people. */
    readonly message: string
  }
}

/** A file of the file server. */
export type File = {
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
export type Health = {
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
export type Live = {
  readonly status: 'live'
}

/** Whether it can serve stations. */
export type Readiness = {
  /** The verdict. */
  readonly status: 'ready' | 'unavailable'
  /** Why it cannot. */
  readonly reasons: readonly string[]
}

/** A charging station. */
export type Station = {
  /** Its identity. */
  readonly id: string
  /** It has a WebSocket now. */
  readonly connected: boolean
  /** The last status of every connector. */
  readonly connectors: readonly Connector[]
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
export type StationDetails = {
  /** Its identity. */
  readonly id: string
  /** It has a WebSocket now. */
  readonly connected: boolean
  /** The last status of every connector. */
  readonly connectors: readonly Connector[]
  /** 1.6 keys. */
  readonly configuration: Readonly<Record<string, ConfigurationValue>>
  /** 2.x device model. */
  readonly variables: readonly Variable[]
  /** 2.x: the latest reports by requestId. */
  readonly reports: Readonly<Record<string, Report>>
  /** The latest of each connector. */
  readonly meterValues: readonly MeterValue[]
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
export type Connector = {
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
export type ConfigurationValue = {
  /** It cannot be changed. */
  readonly readonly: boolean
  /** Absent where it is a secret or was not told. */
  readonly value?: string
}

/** A component’s variable. */
export type Variable = {
  /** ComponentType. */
  readonly component: Readonly<Record<string, unknown>>
  /** VariableType. */
  readonly variable: Readonly<Record<string, unknown>>
  /** Values by attribute type. */
  readonly attributes: Readonly<Record<string, string>>
}

/** A report of the device model. */
export type Report = {
  /** How many component variables it listed so far. */
  readonly variables: number
  /** The last part has come. */
  readonly complete: boolean
}

/** A reported set of samples. */
export type MeterValue = {
  /** As it stood on the wire. */
  readonly meterValue: Readonly<Record<string, unknown>>
  /** 2.x only. */
  readonly evseId?: number
  /** 1.6 only. */
  readonly connectorId?: number
}

/** A charging transaction. Instants are those of the payloads. */
export type Transaction = {
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
  /** 2.x: of the CALL that started it. */
  readonly remoteStartId?: number
  /** The reservation it used. */
  readonly reservationId?: number
  /** 2.x. */
  readonly chargingState?: string
  /** 2.x: parts that have not come. */
  readonly missingSeqNos?: readonly number[]
}

/** An idToken (1.6: idTag) that has a name here. */
export type Token = {
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
}

export type CommandAnswer =
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
export type Message = {
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
export type Event = {
  /** `connected`, `booted`, `status`, `transactionStarted`, ... */
  readonly type: string
  /** Real time. */
  readonly time?: string
  /** Absent where no station is meant. */
  readonly stationId?: string
  readonly [field: string]: unknown
}

/** Every operation by its id: what it takes and what it answers. */
export interface Operations {
  /** Is it up, since when, and how much it holds. */
  readonly getHealth: {
    readonly path: {}
    readonly query: {}
    readonly body: undefined
    readonly answer: Health
  }
  /** Does the process that listens answer: restart it where it does not. */
  readonly getLive: {
    readonly path: {}
    readonly query: {}
    readonly body: undefined
    readonly answer: Live
  }
  /** Can it serve stations: send it none where it cannot. */
  readonly getReady: {
    readonly path: {}
    readonly query: {}
    readonly body: undefined
    readonly answer: Readiness
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
  /** All stations, in the order in which they became known. */
  readonly listStations: {
    readonly path: {}
    readonly query: { readonly connected?: boolean | undefined }
    readonly body: undefined
    readonly answer: readonly Station[]
  }
  /** One station, with what it reported of itself and its latest meter values. */
  readonly getStation: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: StationDetails
  }
  /** The last status of every connector. */
  readonly getStationConnectors: {
    readonly path: { readonly stationId: string }
    readonly query: { readonly connectorId?: number | undefined }
    readonly body: undefined
    readonly answer: readonly Connector[]
  }
  /** 1.6: the configuration keys as the station last told them. */
  readonly getStationConfiguration: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: Readonly<Record<string, ConfigurationValue>>
  }
  /** 2.x: the device model as the station last reported it. */
  readonly getStationVariables: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Variable[]
  }
  /** The latest meter values of every connector. */
  readonly getStationMeterValues: {
    readonly path: { readonly stationId: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly MeterValue[]
  }
  /** Send a CALL to a station and wait for how it ends. */
  readonly sendCommand: {
    readonly path: { readonly stationId: string; readonly action: string }
    readonly query: { readonly wait?: string | undefined }
    readonly body: Readonly<Record<string, unknown>>
    readonly answer: CommandAnswer
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
    readonly answer: readonly Transaction[]
  }
  /** All idTokens that have a name here. */
  readonly listTokens: {
    readonly path: {}
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly Token[]
  }
  /** One idToken, whatever its case. */
  readonly getToken: {
    readonly path: { readonly idToken: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: Token
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
    }
    readonly answer: Token
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
    }
    readonly answer: Token
  }
  /** Forget an idToken: from then on it is one that nobody named. */
  readonly deleteToken: {
    readonly path: { readonly idToken: string }
    readonly query: {}
    readonly body: undefined
    readonly answer: undefined
  }
  /** What stations may fetch, and what they brought. */
  readonly listFiles: {
    readonly path: {}
    readonly query: {}
    readonly body: undefined
    readonly answer: readonly File[]
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
    readonly answer: readonly Message[]
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
    readonly answer: readonly Message[]
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
  getStationMeterValues: { method: 'GET', path: '/api/v1/stations/{stationId}/meter-values' },
  sendCommand: { method: 'POST', path: '/api/v1/stations/{stationId}/commands/{action}' },
  listTransactions: { method: 'GET', path: '/api/v1/transactions' },
  listTokens: { method: 'GET', path: '/api/v1/tokens' },
  getToken: { method: 'GET', path: '/api/v1/tokens/{idToken}' },
  putToken: { method: 'PUT', path: '/api/v1/tokens/{idToken}' },
  patchToken: { method: 'PATCH', path: '/api/v1/tokens/{idToken}' },
  deleteToken: { method: 'DELETE', path: '/api/v1/tokens/{idToken}' },
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
  'meter-values': 'getStationMeterValues',
  messages: 'listStationMessages',
} as const satisfies Readonly<Record<string, keyof Operations>>
