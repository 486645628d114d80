import { randomUUID } from 'node:crypto'
import type { OcppVersion } from '../../src/ocpp/version.ts'
import { type BareStation, dialStation } from './bare-station.ts'

/** A transaction as far as it was acknowledged. */
export interface AcknowledgedTransaction {
  readonly stationId: string
  readonly transactionId: string | number
  readonly startedAt: string
  stoppedAt?: string
  energyWh?: number
}

interface Message {
  readonly action: string
  readonly payload: object
  readonly acknowledged: (answer: Record<string, unknown>) => void
}

/**
 * A station that charges without pause, as fast as it is answered, and remembers what was
 * acknowledged. What was not when its connection broke it says again at the next [1.6 3.7] [2.0.1 E04].
 */
export class ChargingPeer {
  readonly transactions: AcknowledgedTransaction[] = []
  readonly id: string
  readonly #version: OcppVersion
  #unanswered: Message | undefined
  #socket: BareStation | undefined
  #over: Promise<void> = Promise.resolve()
  #heard: () => void = () => undefined
  /** Rejects when the connection breaks. */
  #broken: Promise<never> | undefined
  /** Seconds of its own clock; every instant is used once. */
  #seconds = 0
  #registerWh = 0

  constructor(id: string, version: OcppVersion) {
    this.id = id
    this.#version = version
  }

  /** Connects and charges until the connection breaks. Never rejects. */
  charge(url: string): Promise<void> {
    this.#over = this.#charge(url).catch(() => undefined)
    return this.#over
  }

  /** Says what is unanswered and nothing more. */
  async settle(url: string): Promise<void> {
    await this.#connect(url)
    if (this.#unanswered) await this.#say(this.#unanswered)
    this.#socket?.socket.terminate()
  }

  /** Resolves with the next transaction message that is answered, or when nothing more can be. */
  acknowledged(): Promise<void> {
    return Promise.race([
      this.#over,
      new Promise<void>((resolve) => {
        this.#heard = resolve
      }),
    ])
  }

  /** Resolves when nothing more can be acknowledged. */
  disconnected(): Promise<void> {
    return this.#over
  }

  async #charge(url: string): Promise<void> {
    await this.#connect(url)
    if (this.#unanswered) await this.#say(this.#unanswered)
    for (;;) {
      const open = this.transactions.at(-1)
      const next = open && open.stoppedAt === undefined ? this.#stop(open) : this.#start()
      await this.#say(next)
    }
  }

  async #connect(url: string): Promise<void> {
    const socket = await dialStation(`${url}/${this.id}`, this.#version)
    this.#socket = socket
    this.#broken = new Promise((_resolve, reject) => {
      socket.whenClosed = () => reject(new Error('the connection broke'))
    })
    this.#broken.catch(() => undefined)
    await Promise.race([socket.boot(this.#version), this.#broken])
  }

  /** Rejects when the connection breaks before the answer. */
  async #say(message: Message): Promise<void> {
    this.#unanswered = message
    const [socket, broken] = [this.#socket, this.#broken]
    if (!socket || !broken) throw new Error('not connected')
    const answered = socket.ask(message.action, message.payload)
    message.acknowledged(await Promise.race([answered, broken]))
    this.#unanswered = undefined
    this.#heard()
  }

  #start(): Message {
    const startedAt = this.#now()
    const meterStart = this.#registerWh
    if (this.#version === 'ocpp1.6') {
      return {
        action: 'StartTransaction',
        payload: { connectorId: 1, idTag: 'T1', meterStart, timestamp: startedAt },
        acknowledged: (answer) => this.#begun(startedAt, answer['transactionId'] as number),
      }
    }
    const transactionId = randomUUID()
    return {
      action: 'TransactionEvent',
      payload: event('Started', 0, transactionId, startedAt, meterStart),
      acknowledged: () => this.#begun(startedAt, transactionId),
    }
  }

  #stop(open: AcknowledgedTransaction): Message {
    const stoppedAt = this.#now()
    this.#registerWh += 7
    const meterStop = this.#registerWh
    const { transactionId } = open
    const acknowledged = () => void Object.assign(open, { stoppedAt, energyWh: 7 })
    return this.#version === 'ocpp1.6'
      ? {
          action: 'StopTransaction',
          payload: { transactionId, meterStop, timestamp: stoppedAt },
          acknowledged,
        }
      : {
          action: 'TransactionEvent',
          payload: event('Ended', 1, String(transactionId), stoppedAt, meterStop),
          acknowledged,
        }
  }

  #begun(startedAt: string, transactionId: string | number): void {
    this.transactions.push({ stationId: this.id, transactionId, startedAt })
  }

  #now(): string {
    this.#seconds += 1
    return new Date(Date.UTC(2026, 0, 1, 0, 0, this.#seconds)).toISOString()
  }
}

function event(
  eventType: 'Started' | 'Ended',
  seqNo: number,
  transactionId: string,
  timestamp: string,
  registerWh: number,
): object {
  const context = eventType === 'Started' ? 'Transaction.Begin' : 'Transaction.End'
  return {
    eventType,
    seqNo,
    timestamp,
    triggerReason: eventType === 'Started' ? 'CablePluggedIn' : 'EVDeparted',
    transactionInfo: { transactionId },
    meterValue: [{ timestamp, sampledValue: [{ value: registerWh, context }] }],
  }
}
