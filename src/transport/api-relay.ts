import { once } from 'node:events'
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'

/** Who really asks: the front trusts it, because only its own processes reach the socket. */
const askerHeader = 'x-csms-asker'

/** Passes a request on to the front's API at `path`, and the answer back as it comes. */
export function relayRequest(
  path: string,
  incoming: IncomingMessage,
  response: ServerResponse,
): void {
  const { method, url, headers, socket } = incoming
  const outgoing = httpRequest({
    socketPath: path,
    agent: false,
    ...(method !== undefined && { method }),
    ...(url !== undefined && { path: url }),
    headers: { ...headers, [askerHeader]: socket.remoteAddress ?? '' },
  })
  outgoing.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
    answer.on('error', () => response.destroy())
  })
  outgoing.on('error', () => {
    if (response.headersSent) response.destroy()
    else response.writeHead(502).end()
  })
  response.on('close', () => outgoing.destroy())
  incoming.pipe(outgoing)
}

/** The front's side: answers what `relayRequest` passes on as if the asker had connected itself. */
export async function listenRelayedRequests(
  path: string,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server> {
  const server = createServer((request, response) => {
    const asker = request.headers[askerHeader]
    delete request.headers[askerHeader]
    // One request per connection: `agent: false`.
    Object.defineProperty(request.socket, 'remoteAddress', { value: asker })
    answer(request, response)
  })
  server.listen(path)
  await once(server, 'listening')
  return server
}
