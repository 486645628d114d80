import type { PerMessageDeflateOptions } from 'ws'

/** Base-two logarithm of the window that this side compresses with, 4 KiB: most frames are shorter. */
const windowBits = 12

/**
 * permessage-deflate [RFC 7692] with a bound to what a connection holds: its window is small, nothing
 * of it outlives a message, and as many messages are worked on at a time as there are threads. zlib's own
 * settings take 268 KiB of a connection that once compressed, these 32.
 */
const bounded = {
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  zlibDeflateOptions: { memLevel: 5, chunkSize: 4096 },
  zlibInflateOptions: { chunkSize: 4096 },
  concurrencyLimit: 4,
} as const satisfies PerMessageDeflateOptions

/** What a CSMS takes stations up on; what is short costs more to compress than to send. */
export const acceptedCompression: PerMessageDeflateOptions = {
  ...bounded,
  serverMaxWindowBits: windowBits,
  threshold: 1024,
}

/** What a station offers: as small devices do, it compresses whatever it sends. */
export const offeredCompression: PerMessageDeflateOptions = {
  ...bounded,
  clientMaxWindowBits: windowBits,
  threshold: 0,
}

/**
 * Whether a client would have this side compress with a smaller window only [RFC 7692 7.1.2.1]. `ws`
 * refuses the whole upgrade then; without the extension it is as good a WebSocket as any.
 */
export function asksForSmallerWindow(extensions: string): boolean {
  return extensions.split(',').every((offer) => {
    const asked = /;\s*server_max_window_bits\s*=\s*"?(\d+)/.exec(offer)?.[1]
    return asked !== undefined && Number(asked) < windowBits
  })
}
