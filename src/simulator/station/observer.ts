import type { ConnectFailure, TlsHandshake } from '../../ocpp/dial.ts'
import type { Call, CallOutcome } from '../../ocpp/rpc/call.ts'
import type { Finding } from '../../ocpp/rpc/findings.ts'

/** A CALL of a station with what the measurement needs to know of it. */
export interface MeasuredCall extends Call {
  /** When the scenario says it is due, real monotonic microseconds; closed model: 0 = when sent. */
  readonly intendedMicros: number
  /** When the due timer fired; 0 in the closed model. */
  readonly dueMicros: number
}

/**
 * What a worker hears of its stations, to measure and to report. Called on the hot path: no
 * formatting, no promises. One observer serves many stations; `station` says which.
 */
export interface StationObserver<Station> {
  connecting(station: Station): void
  /**
   * @param micros from the first byte of this attempt to the open WebSocket
   * @param tls where the connection is encrypted; its handshake is part of `micros`
   */
  connected(station: Station, micros: number, tls?: TlsHandshake): void
  connectFailed(station: Station, failure: ConnectFailure, detail: string): void
  disconnected(station: Station, code: number, reason: string): void
  /** First Accepted of a boot; `micros` from the first BootNotification of that boot. */
  bootAccepted(station: Station, micros: number): void
  /** A CALL was handed in (queued or sent); every one is settled later. */
  callStarted(station: Station, call: MeasuredCall): void
  callSettled(station: Station, call: MeasuredCall, outcome: CallOutcome): void
  /** A CSMS-initiated CALL was answered; `none`: left without an answer on purpose. */
  served(station: Station, action: string, answer: 'result' | 'error' | 'none'): void
  /** A SEND (2.1) is being written; `messageSent` follows as for any frame. */
  sendWritten(station: Station, action: string): void
  messageSent(station: Station, type: number, text: string): void
  messageReceived(station: Station, type: number, text: string): void
  lateAnswer(station: Station): void
  /** The target did something wrong. */
  found(station: Station, finding: Finding): void
  /** csms itself did something wrong: never expected, always reported. */
  fault(station: Station, what: string, error: unknown): void
}
