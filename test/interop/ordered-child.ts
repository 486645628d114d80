import { JsonLinesChild } from '../helpers/child.ts'

/** A peer in a process of its own that sends the CALLs it is ordered to, and prints the answers. */
export class OrderedChild implements AsyncDisposable {
  readonly child: JsonLinesChild
  #orders = 0

  constructor(command: string, args: readonly string[]) {
    this.child = new JsonLinesChild(command, args)
  }

  /** Rejects on a CALLERROR, and where the peer cannot send or read it. */
  async call(action: string, payload: object, station?: string): Promise<Record<string, unknown>> {
    this.#orders += 1
    const order = this.#orders
    this.child.process.stdin.write(`${JSON.stringify({ order, station, call: action, payload })}\n`)
    const line = await this.child.until((one) => one['order'] === order, `an answer to ${action}`)
    if ('error' in line) throw new Error(`${action}: ${String(line['error'])}`)
    return line['answer'] as Record<string, unknown>
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.child[Symbol.asyncDispose]()
  }
}
