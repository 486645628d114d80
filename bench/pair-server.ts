/**
 * The independent minimal server: plain `ws`, nothing else.
 *
 * json: one JSON.parse and one JSON.stringify per exchange. canned: answers every frame with the
 * same text and looks at nothing. Prints its port; for every line of standard input, what it counted.
 */
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { Corpus } from './corpus.ts'

/** So far. */
export interface ServerCount {
  readonly exchanges: number
  readonly connections: number
}

const [mode, corpusFile = ''] = process.argv.slice(2)
const { answers } = JSON.parse(readFileSync(corpusFile, 'utf8')) as Corpus
const canned = JSON.stringify([3, 'abcdef-1-1', answers['MeterValues'] ?? {}])

let exchanges = 0
const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  backlog: 4096,
  perMessageDeflate: false,
  handleProtocols: () => 'ocpp1.6',
})
server.on('connection', (ws) => {
  ws.on('error', () => undefined)
  ws.on('message', (data: Buffer) => {
    exchanges += 1
    if (mode === 'canned') {
      ws.send(canned)
      return
    }
    const frame = JSON.parse(data.toString()) as [number, string, string, object]
    ws.send(JSON.stringify([3, frame[1], answers[frame[2]]]))
  })
})
server.on('listening', () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`)
})
process.stdin.on('data', () => {
  const count: ServerCount = { exchanges, connections: server.clients.size }
  process.stdout.write(`${JSON.stringify(count)}\n`)
})
