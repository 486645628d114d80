import { createServer, type Server, type Socket } from 'node:net'
import type { Clock } from '../../shared/clock.ts'

/** How long a client may take to connect to the port it asked for; real time. */
const connectPatienceMs = 10_000
/** How long a transfer may stand still; real time. */
const stallMs = 30_000

/**
 * The passive side of one transfer: a port of its own that takes one connection, and only from the
 * address that the control connection comes from: nobody else fetches or plants the file.
 */
export class DataChannel {
  readonly port: number
  readonly #server: Server
  readonly #arrived: Promise<Socket>

  /** Listens on the address that the client already talks to. */
  static open(control: Socket, clock: Clock): Promise<DataChannel> {
    const { localAddress } = control
    // Without one it would listen everywhere.
    if (localAddress === undefined) return Promise.reject(new Error('the client is gone'))
    return new Promise((resolve, reject) => {
      const server = createServer({ pauseOnConnect: true })
      server.once('error', reject)
      server.listen(0, localAddress, () => {
        const address = server.address()
        if (address === null || typeof address === 'string') reject(new Error('no port'))
        else resolve(new DataChannel(server, address.port, control.remoteAddress, clock))
      })
    })
  }

  private constructor(server: Server, port: number, peer: string | undefined, clock: Clock) {
    this.#server = server
    this.port = port
    this.#arrived = new Promise((resolve, reject) => {
      const giveUp = clock.after(connectPatienceMs, () => {
        server.close()
        reject(new Error('nobody connected to the data port'))
      })
      server.on('close', () => {
        giveUp()
        reject(new Error('the data port was closed'))
      })
      server.on('error', reject)
      server.on('connection', (socket) => {
        socket.on('error', () => {})
        if (socket.remoteAddress !== peer) {
          socket.destroy()
          return
        }
        giveUp()
        server.close()
        socket.setTimeout(stallMs, () => socket.destroy(new Error('the transfer stands still')))
        resolve(socket)
      })
    })
    // Whoever asks for a port and never uses it is no fault of ours.
    this.#arrived.catch(() => {})
  }

  /** The connection; rejects where none comes. */
  socket(): Promise<Socket> {
    return this.#arrived
  }

  close(): void {
    this.#server.close()
    this.#arrived.then(
      (socket) => socket.destroy(),
      () => {},
    )
  }
}
