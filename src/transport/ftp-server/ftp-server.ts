import { createServer, type Server } from 'node:net'
import type { Clock } from '../../shared/clock.ts'
import { csmsError } from '../../shared/errors.ts'
import type { FtpFiles } from './ftp-files.ts'
import { FtpSession } from './ftp-session.ts'

export interface FtpOptions {
  /** The address to listen on. */
  readonly host: string
  /** 0 picks a free one. */
  readonly port: number
  readonly files: FtpFiles
  /** Real time. */
  readonly clock: Clock
  /** Clients at once; one more is turned away. Default 200. */
  readonly mostSessions?: number
}

export interface FtpListener {
  readonly port: number
  /** Drops whoever is connected; resolves when nobody is. */
  close(): Promise<void>
}

/**
 * A small FTP server of our own: what charging stations need to fetch firmware and deliver logs, and
 * nothing by which a client could change or read what is not meant for it (docs/dependencies.md says
 * why it is no library). Throws `CSMS_PORT_IN_USE` or `CSMS_LISTEN_FAILED`.
 */
export function listenFtp({ host, port, files, clock, mostSessions = 200 }: FtpOptions) {
  const sessions = new Set<FtpSession>()
  const server = createServer((control) => {
    if (sessions.size >= mostSessions) {
      control.on('error', () => {})
      control.write('421 Too many clients.\r\n')
      control.destroySoon()
      return
    }
    const session = new FtpSession(control, files, clock)
    sessions.add(session)
    control.on('close', () => sessions.delete(session))
  })
  return new Promise<FtpListener>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? csmsError('CSMS_PORT_IN_USE', { host, port }, error)
          : csmsError('CSMS_LISTEN_FAILED', { host, port, reason: error.message }, error),
      )
    })
    server.listen({ host, port }, () => {
      server.removeAllListeners('error')
      // Accepting can fail later (out of file descriptors): the client retries, the server lives on.
      server.on('error', () => {})
      resolve({ port: portOf(server), close: () => close(server, sessions) })
    })
  })
}

function portOf(server: Server): number {
  const address = server.address()
  return address === null || typeof address === 'string' ? 0 : address.port
}

function close(server: Server, sessions: ReadonlySet<FtpSession>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    for (const session of sessions) session.end()
  })
}
