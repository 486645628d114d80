import process from 'node:process'

/**
 * The child's end of a `Child`'s channel. The process ends when its parent is gone, and leaves it to
 * the parent what a signal to the whole group (Ctrl-C) means.
 */
export function serveParent<Incoming, Outgoing extends object>(
  receive: (message: Incoming) => void,
): (message: Outgoing) => void {
  process.on('message', (message) => receive(message as Incoming))
  process.on('disconnect', () => process.exit(0))
  process.on('SIGINT', ignore).on('SIGTERM', ignore)
  return (message) => {
    if (process.connected) process.send?.(message, undefined, undefined, ignore)
  }
}

function ignore(): void {
  // Nothing to do.
}
