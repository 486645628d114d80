/**
 * The server half of the bare pairs: plain `ws`, nothing else.
 *
 * json: one JSON.parse and one JSON.stringify per exchange. canned: answers every frame with the
 * same text and looks at nothing. Prints its port; when standard input ends, what it used.
 */
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { Corpus } from './corpus.ts'

const [mode, corpusFile = ''] = process.argv.slice(2)
const { answers } = JSON.parse(readFileSync(corpusFile, 'utf8')) as Corpus
const canned = JSON.stringify([3, 'abcdef-1-1', answers['MeterValues'] ?? {}])

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  perMessageDeflate: false,
  handleProtocols: () => 'ocpp1.6',
})
server.on('connection', (ws) => {
  ws.on('message', (data: Buffer) => {
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

let before = process.cpuUsage()
process.stdin.setEncoding('utf8')
process.stdin.on('data', () => {
  before = process.cpuUsage()
})
process.stdin.on('end', () => {
  const used = process.cpuUsage(before)
  const usage = {
    cpuSeconds: (used.user + used.system) / 1e6,
    rssBytes: process.memoryUsage.rss(),
  }
  process.stdout.write(`${JSON.stringify(usage)}\n`, () => process.exit(0))
})
