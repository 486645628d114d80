import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { UpgradeParcel } from './upgrade-parcel.ts'

/*
 * An encrypted connection cannot be handed to another process: whoever holds its keys reads and writes
 * for the one that it is for. Both speak over a socket of the file system (a named pipe on Windows):
 * the parcel with its ticket first, then the plain bytes of the WebSocket both ways.
 */

/** Bytes of the length that goes before the parcel. */
const lengthBytes = 4
/** Headers of a request are 16 KiB at most. */
const longestParcel = 256 * 1024

interface Relayed<Ticket> {
  readonly parcel: UpgradeParcel
  readonly ticket: Ticket
}

/**
 * Passes an upgrade that was let in to the process that listens at `path`, and its bytes from then on.
 * Rejects where nobody listens there.
 */
export async function relayUpgrade<Ticket>(
  path: string,
  peer: Duplex,
  { parcel, ticket }: Relayed<Ticket>,
): Promise<void> {
  const pipe = connect(path)
  await once(pipe, 'connect')
  // Gone by now: its close will not be heard any more.
  if (peer.destroyed) {
    pipe.destroy()
    throw new Error('the peer is gone')
  }
  const head = Buffer.from(parcel.head).toString('base64')
  const text = Buffer.from(JSON.stringify({ parcel: { ...parcel, head }, ticket }))
  const length = Buffer.allocUnsafe(lengthBytes)
  length.writeUInt32BE(text.length)
  pipe.write(Buffer.concat([length, text]))
  const end = (): void => {
    pipe.destroy()
    peer.destroy()
  }
  for (const side of [pipe, peer]) side.on('error', end).on('close', end)
  peer.pipe(pipe).pipe(peer)
}

/** Takes what `relayUpgrade` passes to `path`. */
export async function listenRelayed<Ticket>(
  path: string,
  take: (parcel: UpgradeParcel, ticket: Ticket, socket: Socket) => void,
): Promise<Server> {
  const server = createServer((socket) => {
    // The other process may be gone before it said anything.
    const ignore = (): void => undefined
    socket.on('error', ignore)
    readParcel<Ticket>(socket, ({ parcel, ticket }) => {
      socket.removeListener('error', ignore)
      take(parcel, ticket, socket)
    })
  })
  server.listen(path)
  await once(server, 'listening')
  return server
}

/** What comes behind the parcel stays in the socket. */
function readParcel<Ticket>(socket: Socket, done: (relayed: Relayed<Ticket>) => void): void {
  let seen = Buffer.alloc(0)
  const read = (): void => {
    for (let chunk: unknown = socket.read(); Buffer.isBuffer(chunk); chunk = socket.read()) {
      seen = Buffer.concat([seen, chunk])
      if (seen.length < lengthBytes) continue
      const end = lengthBytes + seen.readUInt32BE(0)
      if (end > longestParcel) {
        socket.destroy()
        return
      }
      if (seen.length < end) continue
      socket.removeListener('readable', read)
      if (seen.length > end) socket.unshift(seen.subarray(end))
      done(parse<Ticket>(seen.toString('utf8', lengthBytes, end)))
      return
    }
  }
  socket.on('readable', read)
}

/** Written by `relayUpgrade` of the same version. */
function parse<Ticket>(text: string): Relayed<Ticket> {
  const { parcel, ticket } = JSON.parse(text) as {
    readonly parcel: Omit<UpgradeParcel, 'head'> & { readonly head: string }
    readonly ticket: Ticket
  }
  return { parcel: { ...parcel, head: Buffer.from(parcel.head, 'base64') }, ticket }
}
