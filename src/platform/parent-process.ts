import { Server, Socket } from 'node:net'
import process from 'node:process'

/** The way back to whoever forked this process. */
export interface Parent<Outgoing> {
  readonly send: (message: Outgoing) => void
  /** Ends this process once everything that was sent is on its way. */
  readonly leave: () => void
}

/**
 * The child's end of a `Child`'s channel. The process ends when its parent is gone, and leaves it to
 * the parent what a signal to the whole group (Ctrl-C) means.
 */
export function serveParent<Incoming, Outgoing extends object>(
  receive: (message: Incoming, handle: Socket | Server | undefined) => void,
): Parent<Outgoing> {
  process.on('message', (message, handle) => {
    const isKnown = handle instanceof Socket || handle instanceof Server
    receive(message as Incoming, isKnown ? handle : undefined)
  })
  process.on('disconnect', () => process.exit(0))
  process.on('SIGINT', ignore).on('SIGTERM', ignore)
  let unsent = 0
  let leaving = false
  const sent = (): void => {
    unsent -= 1
    if (leaving && unsent === 0) process.exit(0)
  }
  return {
    send(message) {
      if (!process.connected) return
      unsent += 1
      process.send?.(message, undefined, undefined, sent)
    },
    leave() {
      leaving = true
      if (unsent === 0) process.exit(0)
    },
  }
}

function ignore(): void {
  // Nothing to do.
}
