import { expect, test } from 'vitest'
import { realClock } from '../platform/real-clock.ts'
import { webSocketDial } from './websocket-client.ts'
import { listenWebSocket } from './websocket-server.ts'

// 127.0.0.2 is there without being set up on Linux and Windows.
test.skipIf(process.platform === 'darwin')(
  'connections leave from the local addresses in turn, and arrive at any address listened on',
  async () => {
    const from: string[] = []
    const listener = await listenWebSocket<undefined>({
      clock: realClock,
      hosts: ['127.0.0.1', '127.0.0.3'],
      port: 0,
      maxPayload: 1024,
      maxConnections: 10,
      compression: false,
      admit({ remoteAddress }) {
        from.push(remoteAddress)
        return { ticket: undefined, protocol: 'ocpp1.6' }
      },
      accepted: () => undefined,
      request: () => undefined,
    })
    const dial = webSocketDial({ localAddresses: ['127.0.0.2', '127.0.0.4'] })
    for (const host of ['127.0.0.1', '127.0.0.3', '127.0.0.3']) {
      await new Promise<void>((resolve, reject) => {
        dial(
          {
            url: `ws://${host}:${listener.port}/CP1`,
            protocols: ['ocpp1.6'],
            headers: {},
            timeoutMs: 5000,
          },
          { opened: () => resolve(), failed: (_kind, detail) => reject(new Error(detail)) },
        )
      })
    }
    expect(from).toEqual(['127.0.0.2', '127.0.0.4', '127.0.0.2'])
    await listener.close(1001, '', 50)
  },
)
