import type { IncomingMessage, ServerResponse } from 'node:http'

/** How long a body may stand still in either direction; real time. */
const stallMs = 30_000

/** Reads a body; a peer that sends nothing of it for too long is hung up on. */
export async function readSteadily<Value>(
  { socket }: IncomingMessage,
  read: () => Promise<Value>,
): Promise<Value> {
  // Node hangs up where nobody else listens for the timeout.
  socket.setTimeout(stallMs)
  try {
    return await read()
  } finally {
    // Whatever the answer takes is no fault of the peer.
    socket.setTimeout(0)
  }
}

/** Hangs up on a peer that takes nothing of its answer for too long. */
export function expectReading({ socket }: ServerResponse): void {
  socket?.setTimeout(stallMs)
}
