import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listenRelayedRequests } from '../../transport/api-relay.ts'
import { listenTcp } from '../../transport/http-listener.ts'
import type { MemberLink } from './member-link.ts'
import type { Meeting } from './secure-entry.ts'

/**
 * What the front does for TLS: it opens the port, leaves accepting and handshakes to its processes, and
 * answers the API that they pass on (ADR 6).
 */
export class SecureFront {
  readonly meeting: Meeting
  /** Holds the sockets of the file system; undefined on Windows, whose pipes have no folder. */
  readonly #folder: string | undefined
  #api: HttpServer | undefined

  private constructor(meeting: Meeting, folder: string | undefined) {
    this.meeting = meeting
    this.#folder = folder
  }

  /** Chooses where the processes meet: nobody else may reach it. */
  static async prepare(processes: number): Promise<SecureFront> {
    const onWindows = process.platform === 'win32'
    const folder = onWindows ? undefined : await mkdtemp(join(tmpdir(), 'csms-'))
    const place = folder ?? String.raw`\\.\pipe\csms-${randomBytes(16).toString('hex')}`
    const members = Array.from({ length: processes }, (_, i) => join(place, `process-${i}`))
    return new SecureFront({ own: '', members, api: join(place, 'api') }, folder)
  }

  /** Listens and shares the port with all processes; returns its number. */
  async open(
    hosts: readonly string[],
    port: number,
    members: readonly MemberLink[],
    request: (request: IncomingMessage, response: ServerResponse) => void,
  ): Promise<number> {
    this.#api = await listenRelayedRequests(this.meeting.api, request)
    const { servers, port: shared } = await listenTcp(hosts, port)
    // A connection that comes before the others listen is for nobody; the peer tries again.
    for (const server of servers) server.on('connection', (socket) => socket.destroy())
    await Promise.all(servers.flatMap((server) => members.map((member) => member.share(server))))
    // They listen on; this process only holds the port no more.
    for (const server of servers) server.close()
    return shared
  }

  async close(): Promise<void> {
    this.#api?.close()
    this.#api?.closeAllConnections()
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true })
  }
}
