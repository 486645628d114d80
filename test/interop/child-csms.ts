import { JsonLinesChild } from '../helpers/child.ts'
import type { Heard, PeerCsms } from './peer-csms.ts'

/**
 * A management system of an independent implementation in a process of its own: it tells its port, then
 * what it hears, and carries out orders, each as a line of JSON.
 */
export class ChildCsms implements PeerCsms {
  readonly url: string
  readonly #child: JsonLinesChild
  #orders = 0

  private constructor(child: JsonLinesChild, url: string) {
    this.#child = child
    this.url = url
  }

  static async start(command: string, args: readonly string[]): Promise<ChildCsms> {
    const child = new JsonLinesChild(command, args)
    const { port } = await child.until((line) => 'port' in line, 'its port')
    return new ChildCsms(child, `ws://127.0.0.1:${String(port)}`)
  }

  get heard(): readonly Heard[] {
    return this.#child.lines.filter(isHeard)
  }

  async call(action: string, payload: object): Promise<Record<string, unknown>> {
    this.#orders += 1
    const order = this.#orders
    this.#child.process.stdin.write(`${JSON.stringify({ order, call: action, payload })}\n`)
    const line = await this.#child.until((one) => one['order'] === order, `an answer to ${action}`)
    if ('error' in line) throw new Error(`${action}: ${String(line['error'])}`)
    return line['answer'] as Record<string, unknown>
  }

  async until(matches: (heard: Heard) => boolean, what: string): Promise<Heard> {
    let heard: Heard | undefined
    await this.#child.until((line) => {
      if (!isHeard(line) || !matches(line)) return false
      heard = line
      return true
    }, what)
    if (!heard) throw new Error(`nothing is ${what}`)
    return heard
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child[Symbol.asyncDispose]()
  }
}

function isHeard(line: Record<string, unknown>): line is Record<string, unknown> & Heard {
  return 'action' in line && 'payload' in line
}
