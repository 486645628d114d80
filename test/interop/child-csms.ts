import { OrderedChild } from './ordered-child.ts'
import type { Heard, PeerCsms } from './peer-csms.ts'

/**
 * A management system of an independent implementation in a process of its own: it tells its port, then
 * what it hears, and carries out orders, each as a line of JSON.
 */
export class ChildCsms implements PeerCsms {
  readonly url: string
  readonly #peer: OrderedChild

  private constructor(peer: OrderedChild, url: string) {
    this.#peer = peer
    this.url = url
  }

  static async start(command: string, args: readonly string[]): Promise<ChildCsms> {
    const peer = new OrderedChild(command, args)
    const { port } = await peer.child.until((line) => 'port' in line, 'its port')
    return new ChildCsms(peer, `ws://127.0.0.1:${String(port)}`)
  }

  get heard(): readonly Heard[] {
    return this.#peer.child.lines.filter(isHeard)
  }

  call(action: string, payload: object, stationId?: string): Promise<Record<string, unknown>> {
    return this.#peer.call(action, payload, stationId)
  }

  async until(matches: (heard: Heard) => boolean, what: string): Promise<Heard> {
    let heard: Heard | undefined
    await this.#peer.child.until((line) => {
      if (!isHeard(line) || !matches(line)) return false
      heard = line
      return true
    }, what)
    if (!heard) throw new Error(`nothing is ${what}`)
    return heard
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#peer[Symbol.asyncDispose]()
  }
}

function isHeard(line: Record<string, unknown>): line is Record<string, unknown> & Heard {
  return 'action' in line && 'payload' in line
}
