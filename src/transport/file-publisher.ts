import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FilePublisher } from '../ocpp/file-publisher.ts'

/** Stations of the same machine fetch from here. */
const host = '127.0.0.1'

/** Of all files together: they are held in memory. */
const mostBytes = 512 * 1024 * 1024

interface Published {
  readonly content: Uint8Array
  downloads: number
}

/**
 * Offers files over HTTP on a free port, from when the first one is published. Keeps no process
 * alive.
 *
 * @param most bytes of all files together; one more is not published
 */
export function filePublisher(most = mostBytes): FilePublisher & { close(): void } {
  const files = new Map<string, Published>()
  const bytesBeside = (name: string) =>
    [...files].reduce((sum, [other, { content }]) => sum + (other === name ? 0 : content.length), 0)
  let listening: Promise<Server | undefined> | undefined
  return {
    async publish(name, content) {
      listening ??= listen((request, response) => serve(files, request, response))
      const server = await listening
      if (!server || bytesBeside(name) + content.length > most) return []
      files.set(name, { content, downloads: 0 })
      const { port } = server.address() as AddressInfo
      return [`http://${host}:${port}/${name.split('/').map(encodeURIComponent).join('/')}`]
    },
    withdraw(name) {
      const file = files.get(name)
      if (!file) return 'unknown'
      if (file.downloads > 0) return 'busy'
      files.delete(name)
      return 'withdrawn'
    },
    close() {
      files.clear()
      void listening?.then((server) => server?.close().closeAllConnections())
      listening = undefined
    },
  }
}

/** Undefined where there is no port to be had. */
async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server | undefined> {
  const server = createServer(answer)
  server.unref()
  server.listen(0, host)
  try {
    await once(server, 'listening')
    return server
  } catch {
    return undefined
  }
}

function serve(
  files: ReadonlyMap<string, Published>,
  { method, url = '/' }: IncomingMessage,
  response: ServerResponse,
): void {
  const file = files.get(nameIn(url))
  if (!file || (method !== 'GET' && method !== 'HEAD')) {
    response.writeHead(file ? 405 : 404).end()
    return
  }
  file.downloads += 1
  response.once('close', () => {
    file.downloads -= 1
  })
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': file.content.length,
  })
  response.end(method === 'HEAD' ? undefined : file.content)
}

/** Empty where it is none. */
function nameIn(url: string): string {
  try {
    return (url.split('?')[0] ?? '').slice(1).split('/').map(decodeURIComponent).join('/')
  } catch {
    return ''
  }
}
