import type { Finding } from '../ocpp/rpc/findings.ts'
import type { SecurityProfile } from '../ocpp/security-profile.ts'
import type { OcppVersion } from '../ocpp/version.ts'
import type { ReservationState } from './domain/reservations.ts'
import type { Registration } from './domain/station.ts'

/** What happens in the management system, for one line of a log each. Frames hold no secrets. */
export type CsmsEvent =
  | { readonly type: 'listening'; readonly url: string; readonly runId: string }
  | {
      readonly type: 'connected'
      readonly stationId: string
      readonly version: OcppVersion
      readonly remoteAddress: string
      readonly securityProfile: SecurityProfile
      /** Undefined where the connection is not encrypted. */
      readonly tlsVersion: string | undefined
    }
  | {
      readonly type: 'disconnected'
      readonly stationId: string
      readonly code: number
      readonly reason: string
    }
  | {
      readonly type: 'refused'
      /** As far as the URL could be read. */
      readonly stationId: string | undefined
      /** Of HTTP; from 1000 on the code that its WebSocket was closed with. */
      readonly status: number
      readonly reason: string
      readonly remoteAddress: string
    }
  | {
      /** A TLS handshake came to nothing: it is not known whose it was. */
      readonly type: 'handshakeFailed'
      readonly reason: string
      readonly remoteAddress: string
    }
  | {
      readonly type: 'booted'
      readonly stationId: string
      readonly status: Registration
      readonly vendor: string
      readonly model: string
      readonly reason: string | undefined
    }
  | {
      readonly type: 'status'
      readonly stationId: string
      readonly evseId: number | undefined
      readonly connectorId: number
      readonly status: string
      readonly errorCode: string | undefined
    }
  | {
      readonly type: 'transactionStarted'
      readonly stationId: string
      readonly transactionId: number | string
      readonly evseId: number | undefined
      readonly connectorId: number | undefined
      readonly idToken: string | undefined
      readonly authorization: string | undefined
    }
  | {
      /** Accepted by the station, or over. */
      readonly type: 'reservation'
      readonly stationId: string
      readonly reservationId: number
      /** 1.6 only; 0 = any connector of the station. */
      readonly connectorId: number | undefined
      /** 2.x only; undefined = any. */
      readonly evseId: number | undefined
      readonly idToken: string
      readonly state: ReservationState
    }
  | {
      readonly type: 'transactionStopped'
      readonly stationId: string
      readonly transactionId: number | string
      readonly energyWh: number | undefined
      readonly reason: string | undefined
    }
  | {
      readonly type: 'notified'
      readonly stationId: string
      /** The station-initiated action, where it changes nothing else here. */
      readonly action: string
      readonly payload: object
    }
  | {
      /** By the operator's API. */
      readonly type: 'tokenChanged'
      readonly idToken: string
      readonly change: 'created' | 'changed' | 'removed'
      /** Name of the API key. */
      readonly by: string
    }
  | {
      readonly type: 'command'
      readonly stationId: string
      readonly action: string
      readonly outcome: string
      /** The status that the station answered, or the code of its CALLERROR. */
      readonly answer: string | undefined
    }
  | {
      /** A station asked whether a token may charge. */
      readonly type: 'authorized'
      readonly stationId: string
      readonly idToken: string
      readonly status: string
    }
  | {
      /** By the operator's API. */
      readonly type: 'stationChanged'
      readonly stationId: string
      readonly change: 'registered' | 'changed' | 'removed'
      /** Name of the API key. */
      readonly by: string
    }
  | {
      /** By the operator's API. */
      readonly type: 'certificateRevoked'
      readonly serial: string
      /** Whose it is; undefined where it is no station's. */
      readonly stationId: string | undefined
      readonly reason: string
      /** Name of the API key. */
      readonly by: string
    }
  | { readonly type: 'finding'; readonly stationId: string; readonly finding: Finding }
  | {
      readonly type: 'frame'
      readonly stationId: string
      /** Seen from the management system. */
      readonly direction: 'in' | 'out'
      readonly text: string
    }
  | {
      readonly type: 'handlerFailed'
      readonly stationId: string
      readonly action: string
      /** With its stack. */
      readonly error: string
    }
  | {
      /** A process of several that hold the stations is gone: the server ends. */
      readonly type: 'processEnded'
      /** One sentence. */
      readonly message: string
    }
  | {
      /** Of `csms serve --script`. */
      readonly type: 'script'
      readonly stationId: string
      readonly message: string
    }
  | {
      readonly type: 'store'
      readonly level: 'info' | 'warning'
      /** One sentence. */
      readonly message: string
    }

/** Every type of event there is, in the order of a station's day; one that is missing does not compile. */
const told: Readonly<Record<CsmsEvent['type'], true>> = {
  listening: true,
  refused: true,
  handshakeFailed: true,
  connected: true,
  booted: true,
  status: true,
  authorized: true,
  reservation: true,
  transactionStarted: true,
  transactionStopped: true,
  notified: true,
  command: true,
  disconnected: true,
  stationChanged: true,
  tokenChanged: true,
  certificateRevoked: true,
  finding: true,
  frame: true,
  handlerFailed: true,
  processEnded: true,
  script: true,
  store: true,
}

export const eventTypes = Object.keys(told) as readonly CsmsEvent['type'][]

export type CsmsObserver = (event: CsmsEvent) => void
