/**
 * The bare client: plain `ws`, one frame in flight per connection, until it is killed.
 *
 * arguments: json|canned URL CONNECTIONS CORPUS
 * Prints {"ready":true} when all are connected and booted; for every line of standard input, what it
 * counted.
 */
import { readFileSync } from 'node:fs'
import { WebSocket } from 'ws'
import type { Corpus } from './corpus.ts'

/** So far. */
export interface ClientCount {
  readonly exchanges: number
}

const [mode, url = '', connections = '', corpusFile = ''] = process.argv.slice(2)
const { boot, requests } = JSON.parse(readFileSync(corpusFile, 'utf8')) as Corpus
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

/** Resolves when its boot was answered; then it goes on by itself. */
function connect(connection: number): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(`${url}/B${connection}`, ['ocpp1.6'], { perMessageDeflate: false })
    ws.on('error', reject)
    ws.on('open', () =>
      ws.send(JSON.stringify([2, `boot-${connection}`, boot.action, boot.payload])),
    )
    ws.once('message', () => {
      ws.on('message', (data: Buffer) => {
        if (mode === 'json') JSON.parse(data.toString())
        exchanges += 1
        ws.send(frameFor(connection))
      })
      resolve(() => ws.send(frameFor(connection)))
    })
  })
}

const begins: (() => void)[] = []
for (let i = 0; i < Number(connections); i += 50) {
  const batch = Array.from({ length: Math.min(50, Number(connections) - i) }, (_, k) =>
    connect(i + k),
  )
  begins.push(...(await Promise.all(batch)))
}
for (const begin of begins) begin()
process.stdout.write(`${JSON.stringify({ ready: true })}\n`)
process.stdin.on('data', () => {
  const count: ClientCount = { exchanges }
  process.stdout.write(`${JSON.stringify(count)}\n`)
})
