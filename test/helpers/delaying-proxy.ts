import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A server that is so much slower than the one behind it: bytes wait in both directions. */
export class DelayingProxy implements AsyncDisposable {
  readonly url: string
  readonly #server: Server
  readonly #sockets: Set<Socket>

  private constructor(url: string, server: Server, sockets: Set<Socket>) {
    this.url = url
    this.#server = server
    this.#sockets = sockets
  }

  /** @param behind `ws://host:port` */
  static async start(behind: string, delayMs: number): Promise<DelayingProxy> {
    const { hostname, port } = new URL(behind)
    const sockets = new Set<Socket>()
    const server = createServer((near) => {
      const far = connect(Number(port), hostname)
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(from)
        from.setNoDelay(true)
        from.on('data', (bytes) => setTimeout(() => to.write(bytes), delayMs))
        from.on('error', () => to.destroy())
        from.on('close', () => {
          sockets.delete(from)
          to.destroy()
        })
      }
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return new DelayingProxy(`ws://127.0.0.1:${address.port}`, server, sockets)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }
}
