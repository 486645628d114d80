import type { Socket } from '../../src/ocpp/socket.ts'
import type { OcppVersion } from '../../src/ocpp/version.ts'
import { webSocketDial } from '../../src/transport/websocket-client.ts'

type Frame = readonly unknown[]

/** The bare socket of a station: it says what the test tells it to, well-formed or not. */
export class BareStation {
  readonly socket: Socket
  /** Everything heard, in order. */
  readonly heard: Frame[] = []
  /** Answers CALLs of the CSMS; returns undefined to say nothing. */
  serve: (action: string, payload: unknown) => object | undefined = () => undefined
  closedWith: { readonly code: number; readonly reason: string } | undefined
  /** Called when it is closed. */
  whenClosed: () => void = () => undefined
  readonly #waiting = new Map<string, (frame: Frame) => void>()
  #ordinal = 0

  constructor(socket: Socket) {
    this.socket = socket
    socket.listen({
      text: (text) => this.#hear(JSON.parse(text) as Frame),
      binary: () => undefined,
      closed: (code, reason) => {
        this.closedWith = { code, reason }
        this.whenClosed()
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

/** A bare station on a real socket; rejects with the reason where it is not let in. */
export function dialStation(
  url: string,
  version: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<BareStation> {
  return new Promise((resolve, reject) => {
    webSocketDial()(
      { url, protocols: [version], headers, timeoutMs: 20_000 },
      {
        opened: (socket) => resolve(new BareStation(socket)),
        failed: (_kind, detail) => reject(new Error(detail)),
      },
    )
  })
}
