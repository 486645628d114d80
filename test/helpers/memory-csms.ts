import { composeCsms } from '../../src/csms/compose.ts'
import type { CsmsEvent } from '../../src/csms/events.ts'
import type { CsmsOptions } from '../../src/csms/options.ts'
import { MemoryStore } from '../../src/csms/store/memory-store.ts'
import { memorySockets } from '../../src/ocpp/memory-socket.ts'
import { PayloadValidators } from '../../src/ocpp/schemas.ts'
import type { Socket } from '../../src/ocpp/socket.ts'
import type { OcppVersion } from '../../src/ocpp/version.ts'
import { officialSchemas } from '../../src/platform/official-schemas.ts'
import { VirtualClock } from '../../src/shared/virtual-clock.ts'

/** Compiled once per test file: the schemas never change. */
const validators = new PayloadValidators(officialSchemas)

/** A management system on memory sockets and a virtual clock that shows 2026-01-01T00:00:00Z. */
export function memoryCsms(options: CsmsOptions = {}) {
  const clock = new VirtualClock()
  const store = new MemoryStore()
  const events: CsmsEvent[] = []
  const observer = (event: CsmsEvent) => void events.push(event)
  const clocks = { real: clock, simulated: clock }
  const parts = composeCsms(store, clocks, { runId: 'r', observer, validators, ...options })
  return {
    ...parts,
    clock,
    store,
    events,
    connect(stationId: string, version: OcppVersion = 'ocpp1.6') {
      const [ours, theirs] = memorySockets(version)
      parts.gateway.accept(ours, { stationId, version, remoteAddress: '127.0.0.1' })
      return new BareStation(theirs)
    },
    /** Connected and accepted. */
    async boot(stationId: string, version: OcppVersion = 'ocpp1.6') {
      const station = this.connect(stationId, version)
      await station.boot(version)
      return station
    },
  }
}

export type Frame = readonly unknown[]

/** The bare socket of a station: it says what the test tells it to, well-formed or not. */
export class BareStation {
  readonly socket: Socket
  /** Everything heard, in order. */
  readonly heard: Frame[] = []
  /** Answers CALLs of the CSMS; returns undefined to say nothing. */
  serve: (action: string, payload: unknown) => object | undefined = () => undefined
  closedWith: { readonly code: number; readonly reason: string } | undefined
  readonly #waiting = new Map<string, (frame: Frame) => void>()
  #ordinal = 0

  constructor(socket: Socket) {
    this.socket = socket
    socket.listen({
      text: (text) => this.#hear(JSON.parse(text) as Frame),
      binary: () => undefined,
      closed: (code, reason) => {
        this.closedWith = { code, reason }
      },
    })
  }

  /** Sends a CALL; resolves to the frame that answers it. */
  call(action: string, payload: object, id = `s${(this.#ordinal += 1)}`): Promise<Frame> {
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      this.socket.send(JSON.stringify([2, id, action, payload]))
    })
  }

  /** As `call`, to the payload of a CALLRESULT; throws for anything else. */
  async ask(action: string, payload: object): Promise<Record<string, unknown>> {
    const [type, , result, ...rest] = await this.call(action, payload)
    if (type === 3) return result as Record<string, unknown>
    throw new Error(`${action}: ${JSON.stringify([result, ...rest])}`)
  }

  /** As `call`, to the code of a CALLERROR, or `result`. */
  async verdict(action: string, payload: object): Promise<unknown> {
    const [type, , code] = await this.call(action, payload)
    return type === 3 ? 'result' : code
  }

  boot(version: OcppVersion): Promise<Record<string, unknown>> {
    return this.ask('BootNotification', bootPayload(version))
  }

  #hear(frame: Frame): void {
    this.heard.push(frame)
    const [type, id, action, payload] = frame
    if (type === 2) {
      const answer = this.serve(String(action), payload)
      if (answer) this.socket.send(JSON.stringify([3, id, answer]))
      return
    }
    this.#waiting.get(String(id))?.(frame)
    this.#waiting.delete(String(id))
  }
}

export function bootPayload(version: OcppVersion): object {
  return version === 'ocpp1.6'
    ? { chargePointVendor: 'Acme', chargePointModel: 'AC22' }
    : { reason: 'PowerUp', chargingStation: { vendorName: 'Acme', model: 'AC22' } }
}
