import type { OcppVersion } from '../../ocpp/version.ts'

/** A CALL as a station sends it. */
interface Message {
  readonly action: string
  readonly payload: object
}

type Fields = Readonly<Record<string, unknown>>

/** What of a connector says that somebody uses it [1.6 7.7] [2.0.1 ConnectorStatusEnumType]. */
const inUse: ReadonlySet<unknown> = new Set([
  'Occupied',
  'Preparing',
  'Charging',
  'SuspendedEV',
  'SuspendedEVSE',
  'Finishing',
])

/**
 * What a station of a case began and did not end: transactions, and connectors in use. Cases stop where
 * there is no more to see; the management system is to be left as it was found.
 */
export class LeftOvers {
  readonly #version: OcppVersion
  /** By id, what its end has to know: the last sequence number of 2.x, the meter's start of 1.6. */
  readonly #transactions = new Map<unknown, number>()
  /** The last StatusNotification of connectors in use, by their place. */
  readonly #connectors = new Map<string, Fields>()

  constructor(version: OcppVersion) {
    this.#version = version
  }

  /** A CALL of the station, with the CALLRESULT that it got. */
  told(action: string, request: object, response: object): void {
    const asked = request as Fields
    switch (action) {
      case 'StatusNotification':
        this.#connector(asked)
        break
      case 'TransactionEvent':
        this.#event(asked)
        break
      case 'StartTransaction':
        this.#transactions.set((response as Fields)['transactionId'], Number(asked['meterStart']))
        break
      case 'StopTransaction':
        this.#transactions.delete(asked['transactionId'])
        break
    }
  }

  /**
   * What brings it to an end, in order.
   *
   * @param timestamp RFC 3339
   */
  ending(timestamp: string): readonly Message[] {
    const ends = [...this.#transactions].map(([transactionId, last]) =>
      this.#version === 'ocpp1.6'
        ? stop16(transactionId, last, timestamp)
        : ended2x(transactionId, last + 1, timestamp),
    )
    const free = [...this.#connectors.values()].map((last) => ({
      action: 'StatusNotification',
      payload:
        this.#version === 'ocpp1.6'
          ? { connectorId: last['connectorId'], errorCode: 'NoError', status: 'Available' }
          : { ...last, connectorStatus: 'Available', timestamp },
    }))
    this.#transactions.clear()
    this.#connectors.clear()
    return [...ends, ...free]
  }

  #connector(told: Fields): void {
    const place = `${String(told['evseId'])} ${String(told['connectorId'])}`
    if (inUse.has(told['connectorStatus'] ?? told['status'])) this.#connectors.set(place, told)
    else this.#connectors.delete(place)
  }

  #event({ eventType, seqNo, transactionInfo }: Fields): void {
    const { transactionId } = transactionInfo as Fields
    if (eventType === 'Ended') this.#transactions.delete(transactionId)
    else if (eventType === 'Started' || this.#transactions.has(transactionId)) {
      const last = this.#transactions.get(transactionId) ?? 0
      this.#transactions.set(transactionId, Math.max(last, Number(seqNo)))
    }
  }
}

function stop16(transactionId: unknown, meterStop: number, timestamp: string): Message {
  const payload = { transactionId, meterStop, timestamp, reason: 'Local' }
  return { action: 'StopTransaction', payload }
}

function ended2x(transactionId: unknown, seqNo: number, timestamp: string): Message {
  return {
    action: 'TransactionEvent',
    payload: {
      eventType: 'Ended',
      triggerReason: 'StopAuthorized',
      timestamp,
      seqNo,
      transactionInfo: { transactionId, stoppedReason: 'Local' },
    },
  }
}
