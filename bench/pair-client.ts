/**
 * The client half of the bare pairs: plain `ws`, one frame in flight per connection.
 *
 * arguments: json|canned URL CONNECTIONS WARMUP_SECONDS STEADY_SECONDS CORPUS
 * Prints {"steady":true} when the steady window begins, then what it counted and used in it.
 */
import { readFileSync } from 'node:fs'
import { WebSocket } from 'ws'
import type { Corpus } from './corpus.ts'

const [mode, url = '', connections = '', warmup = '', steady = '', corpusFile = ''] =
  process.argv.slice(2)
const { requests } = JSON.parse(readFileSync(corpusFile, 'utf8')) as Corpus
const cannedFrames = requests.map(({ action, payload }) =>
  JSON.stringify([2, 'abcdef-1-1', action, payload]),
)

let exchanges = 0
let ordinal = 0

function frameFor(connection: number): string {
  const at = (connection * 7919 + ordinal) % requests.length
  ordinal += 1
  if (mode === 'canned') return cannedFrames[at] ?? ''
  const request = requests[at]
  return JSON.stringify([
    2,
    `abcdef-${connection.toString(36)}-${ordinal.toString(36)}`,
    request?.action,
    request?.payload,
  ])
}

function connect(connection: number): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(`${url}/B${connection}`, ['ocpp1.6'], { perMessageDeflate: false })
    ws.on('error', reject)
    ws.on('open', () => resolve(ws))
    ws.on('message', (data: Buffer) => {
      if (mode === 'json') JSON.parse(data.toString())
      exchanges += 1
      ws.send(frameFor(connection))
    })
  })
}

const sleep = (seconds: string) =>
  new Promise((resolve) => setTimeout(resolve, Number(seconds) * 1000))

const sockets: WebSocket[] = []
for (let i = 0; i < Number(connections); i += 50) {
  const batch = Array.from({ length: Math.min(50, Number(connections) - i) }, (_, k) =>
    connect(i + k),
  )
  sockets.push(...(await Promise.all(batch)))
}
sockets.forEach((ws, connection) => ws.send(frameFor(connection)))
await sleep(warmup)
process.stdout.write(`${JSON.stringify({ steady: true })}\n`)
const [cpu, since, counted] = [process.cpuUsage(), performance.now(), exchanges]
await sleep(steady)
const used = process.cpuUsage(cpu)
const result = {
  exchanges: exchanges - counted,
  seconds: (performance.now() - since) / 1000,
  cpuSeconds: (used.user + used.system) / 1e6,
  rssBytes: process.memoryUsage.rss(),
}
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0))
