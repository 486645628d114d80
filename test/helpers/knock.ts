import type { StationTls } from '../../src/ocpp/dial.ts'
import { webSocketDial } from '../../src/transport/websocket-client.ts'

interface Knock {
  /** With the identity at its end. */
  readonly url: string
  readonly password?: string | undefined
  readonly tls?: StationTls
}

/** Tries to open a WebSocket as a station: `open`, or why it was not let in. */
export function knock({ url, password, tls = {} }: Knock): Promise<string> {
  const id = url.slice(url.lastIndexOf('/') + 1)
  const credentials = Buffer.from(`${id}:${password}`).toString('base64')
  const headers = password === undefined ? {} : { Authorization: `Basic ${credentials}` }
  return new Promise((resolve) => {
    webSocketDial({ resume: false })(
      { url, protocols: ['ocpp1.6'], headers, timeoutMs: 20_000, tls: () => tls },
      {
        opened(socket) {
          socket.terminate()
          resolve('open')
        },
        failed: (_failure, detail) => resolve(detail),
      },
    )
  })
}
