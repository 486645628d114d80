import { mismatch } from '../../ocpp/matchers/matcher.ts'
import type { BareFrames, Socket, SocketListener } from '../../ocpp/socket.ts'
import { edited } from './edit.ts'
import type { Deed, FrameFault, Side } from './mutant.ts'

/** What was asked, by message id. */
interface Asked {
  readonly action: string
  readonly payload: unknown
}

/** What a fault remembers beyond one connection. */
export interface FaultMemory {
  /** How often the fault showed. */
  shown: number
  /** How often it could have. */
  met: number
  readonly firsts: Map<string, unknown>
}

/** Of a fault that has not shown yet. */
export function newMemory(): FaultMemory {
  return { shown: 0, met: 0, firsts: new Map() }
}

/** A socket of a station whose CSMS has one fault: frames pass, but those that the fault is about. */
export class FrameRelay implements Socket {
  readonly protocol: string
  readonly #socket: Socket
  readonly #fault: FrameFault
  readonly #memory: FaultMemory
  readonly #byStation = new Map<string, Asked>()
  readonly #byCsms = new Map<string, Asked>()
  #held: (() => void) | undefined
  #listener: SocketListener | undefined

  constructor(socket: Socket, fault: FrameFault, memory: FaultMemory) {
    this.protocol = socket.protocol
    this.#socket = socket
    this.#fault = fault
    this.#memory = memory
  }

  get bare(): BareFrames | undefined {
    return this.#socket.bare
  }

  send(text: string): void {
    const frame = readFrame(text)
    const [type, id, third, fourth] = frame ?? []
    const isCall = type === 2 || type === 6
    if (isCall) this.#byStation.set(String(id), { action: String(third), payload: fourth })
    const asked = isCall ? this.#byStation.get(String(id)) : this.#byCsms.get(String(id))
    const side = isCall ? 'heard' : type === 3 ? 'heardResult' : undefined
    const pass = (sent: string): void => this.#socket.send(sent)
    if (!frame || !side || !this.#concerns(side, asked)) pass(text)
    else this.#do(this.#fault.deed, { frame, text, pass })
  }

  listen(listener: SocketListener): void {
    this.#listener = listener
    this.#socket.listen({
      binary: (bytes) => listener.binary(bytes),
      closed: (code, reason, unreadable) => listener.closed(code, reason, unreadable),
      text: (text) => this.#fromCsms(text, listener),
    })
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason)
  }

  terminate(): void {
    this.#socket.terminate()
  }

  ping(answered?: () => void): void {
    this.#socket.ping(answered)
  }

  #fromCsms(text: string, listener: SocketListener): void {
    const frame = readFrame(text)
    const [type, id, third, fourth] = frame ?? []
    const isCall = type === 2 || type === 6
    if (isCall) this.#byCsms.set(String(id), { action: String(third), payload: fourth })
    const asked = isCall ? this.#byCsms.get(String(id)) : this.#byStation.get(String(id))
    const side = isCall ? 'call' : type === 3 ? 'result' : 'error'
    const pass = (heard: string): void => listener.text(heard)
    if (!frame || !this.#concerns(side, asked)) pass(text)
    else this.#do(this.#fault.deed, { frame, text, pass })
  }

  #concerns(side: Side, asked: Asked | undefined): boolean {
    const { side: wanted, action, when, after = 0 } = this.#fault
    if (side !== wanted) return false
    if (action !== undefined && asked?.action !== action) return false
    if (when !== undefined && mismatch(when, asked?.payload)) return false
    this.#memory.met += 1
    return this.#memory.met > after
  }

  #do(
    deed: Deed,
    { frame, text, pass }: { frame: unknown[]; text: string; pass: (text: string) => void },
  ): void {
    const id = String(frame[1])
    const listener = this.#listener
    const say = (said: string): void => queueMicrotask(() => listener?.text(said))
    this.#memory.shown += 1
    switch (deed.do) {
      case 'edit':
        if (!edited(frame, deed.edits, this.#memory.firsts)) this.#memory.shown -= 1
        pass(JSON.stringify(frame))
        break
      case 'swallow':
        break
      case 'repeat':
        pass(text)
        pass(text)
        break
      case 'refuse':
        say(JSON.stringify([4, id, deed.code, '', {}]))
        break
      case 'pretend':
        say(JSON.stringify([3, id, deed.payload]))
        break
      case 'hangUp':
        this.#socket.close(1011, '')
        break
      case 'precede':
        pass(deed.text.replaceAll('{id}', id))
        pass(text)
        break
      case 'say':
        pass(deed.text.replaceAll('{id}', id))
        break
      case 'binary':
        listener?.binary(text.length)
        break
      case 'hold': {
        const before = this.#held
        this.#held = () => pass(text)
        before?.()
        break
      }
    }
  }
}

function readFrame(text: string): unknown[] | undefined {
  try {
    const frame: unknown = JSON.parse(text)
    return Array.isArray(frame) ? frame : undefined
  } catch {
    return undefined
  }
}
