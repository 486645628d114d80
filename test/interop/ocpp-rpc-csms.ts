import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { RPCServer, type RpcPeer, type RpcServer } from './ocpp-rpc.ts'
import type { Heard, PeerCsms } from './peer-csms.ts'

type Payload = Readonly<Record<string, unknown>>
type Protocol = 'ocpp1.6' | 'ocpp2.0.1'

/** What it remembers of a transaction. */
export interface Row {
  readonly stationId: string
  readonly transactionId: string | number
  readonly startedAt: string
  stoppedAt?: string
  energyWh?: number
}

/** A management system on the npm package ocpp-rpc as somebody writes it in an afternoon. */
export class RpcCsms implements PeerCsms {
  readonly rows = new Map<string | number, Row>()
  readonly heard: Heard[] = []
  /** Frames that did not pass the package's own validation. */
  readonly faults: unknown[] = []
  readonly url: string
  readonly #protocol: Protocol
  readonly #server: RpcServer
  readonly #registers = new Map<string | number, number>()
  readonly #looks = new Set<(heard: Heard) => void>()
  readonly #stations = new Map<string, RpcPeer>()
  #latest: RpcPeer | undefined

  private constructor(server: RpcServer, http: Server, protocol: Protocol) {
    this.#server = server
    this.#protocol = protocol
    this.url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`
    server.auth((accept) => accept())
    server.on('client', (station) => {
      this.#latest = station
      this.#stations.set(station.identity, station)
      station.on('strictValidationFailure', (failure) => this.faults.push(failure))
      this.#serve(station)
    })
  }

  /** @param callTimeoutMs how long a station may take to answer */
  static async start(protocol: Protocol, callTimeoutMs = 30_000): Promise<RpcCsms> {
    const server = new RPCServer({ protocols: [protocol], strictMode: true, callTimeoutMs })
    return new RpcCsms(server, await server.listen(0, '127.0.0.1'), protocol)
  }

  async call(
    action: string,
    payload: object,
    stationId?: string,
  ): Promise<Record<string, unknown>> {
    const station = stationId === undefined ? this.#latest : this.#stations.get(stationId)
    if (!station) throw new Error(`${stationId ?? 'no station'} is not connected`)
    return await station.call(action, payload)
  }

  until(matches: (heard: Heard) => boolean): Promise<Heard> {
    const known = this.heard.find(matches)
    if (known) return Promise.resolve(known)
    return new Promise((resolve) => {
      const look = (heard: Heard) => {
        if (!matches(heard)) return
        this.#looks.delete(look)
        resolve(heard)
      }
      this.#looks.add(look)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close({ force: true })
  }

  #serve(station: RpcPeer): void {
    const currentTime = () => new Date().toISOString()
    const idInfo = this.#protocol === 'ocpp1.6' ? 'idTagInfo' : 'idTokenInfo'
    const accepted = () => ({ [idInfo]: { status: 'Accepted' } })
    const handlers: Readonly<Record<string, (payload: Payload) => object>> = {
      BootNotification: () => ({
        status: 'Accepted',
        interval: 300,
        currentTime: currentTime(),
      }),
      Heartbeat: () => ({ currentTime: currentTime() }),
      StatusNotification: () => ({}),
      MeterValues: () => ({}),
      Authorize: accepted,
      StartTransaction: (payload) => this.#started(station.identity, payload),
      StopTransaction: (payload) => this.#stopped(payload),
      TransactionEvent: (payload) => {
        this.#took(station.identity, payload)
        return payload['idToken'] ? accepted() : {}
      },
      FirmwareStatusNotification: () => ({}),
      DiagnosticsStatusNotification: () => ({}),
      LogStatusNotification: () => ({}),
      NotifyCustomerInformation: () => ({}),
      NotifyDisplayMessages: () => ({}),
      NotifyEvent: () => ({}),
      NotifyMonitoringReport: () => ({}),
      NotifyReport: () => ({}),
      ReservationStatusUpdate: () => ({}),
      SecurityEventNotification: () => ({}),
      ReportChargingProfiles: () => ({}),
    }
    for (const [action, answer] of Object.entries(handlers)) {
      station.handle(action, ({ params }) => {
        const heard = { action, payload: params }
        this.heard.push(heard)
        // Whoever waits for it goes on when its answer is on its way.
        setImmediate(() => {
          for (const look of this.#looks) look(heard)
        })
        return answer(params)
      })
    }
  }

  #started(stationId: string, payload: Payload): object {
    const transactionId = 700 + this.rows.size
    this.#registers.set(transactionId, Number(payload['meterStart']))
    this.rows.set(transactionId, {
      stationId,
      transactionId,
      startedAt: String(payload['timestamp']),
    })
    return { transactionId, idTagInfo: { status: 'Accepted' } }
  }

  #stopped(payload: Payload): object {
    const row = this.rows.get(Number(payload['transactionId']))
    if (row) {
      row.stoppedAt = String(payload['timestamp'])
      row.energyWh = Number(payload['meterStop']) - (this.#registers.get(row.transactionId) ?? 0)
    }
    return {}
  }

  #took(stationId: string, payload: Payload): void {
    const { transactionId } = payload['transactionInfo'] as { transactionId: string }
    const register = registerOf(payload)
    const startedAt = String(payload['timestamp'])
    const row = this.rows.get(transactionId) ?? { stationId, transactionId, startedAt }
    this.rows.set(transactionId, row)
    if (register !== undefined) {
      const first = this.#registers.get(transactionId) ?? register
      this.#registers.set(transactionId, first)
      row.energyWh = register - first
    }
    if (payload['eventType'] === 'Ended') row.stoppedAt = startedAt
  }
}

const energy = 'Energy.Active.Import.Register'

function registerOf(payload: Payload): number | undefined {
  const values = (payload['meterValue'] ?? []) as {
    sampledValue: { value: number; measurand?: string }[]
  }[]
  return values
    .flatMap((value) => value.sampledValue)
    .filter((sample) => (sample.measurand ?? energy) === energy)
    .at(-1)?.value
}
