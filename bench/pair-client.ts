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
const { boot, requests, sessions } = JSON.parse(readFileSync(corpusFile, 'utf8')) as Corpus
const cannedFrames = requests.map(({ action, payload }) =>
  JSON.stringify([2, 'abcdef-1-1', action, payload]),
)

let exchanges = 0

/** What one connection says next, without end. */
class Speaker {
  readonly #connection: number
  readonly #session: Corpus['requests']
  #ordinal = 0
  #transactionId = 0

  constructor(connection: number) {
    this.#connection = connection
    this.#session = sessions[connection % sessions.length] ?? []
  }

  next(): string {
    this.#ordinal += 1
    if (mode === 'canned') return cannedFrames[this.#ordinal % cannedFrames.length] ?? ''
    const request = this.#session[(this.#ordinal - 1) % this.#session.length]
    let payload = request?.payload
    if (payload && 'transactionId' in payload) {
      payload = { ...payload, transactionId: this.#transactionId }
    }
    const id = `abcdef-${this.#connection.toString(36)}-${this.#ordinal.toString(36)}`
    return JSON.stringify([2, id, request?.action, payload])
  }

  hear(data: Buffer): void {
    if (mode === 'canned') return
    const [, , answer] = JSON.parse(data.toString()) as [number, string, object]
    if ('transactionId' in answer) this.#transactionId = Number(answer.transactionId)
  }
}

/** Resolves when its boot was answered; then it goes on by itself. */
function connect(connection: number): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const speaker = new Speaker(connection)
    const ws = new WebSocket(`${url}/B${connection}`, ['ocpp1.6'], { perMessageDeflate: false })
    ws.on('error', reject)
    ws.on('open', () =>
      ws.send(JSON.stringify([2, `boot-${connection}`, boot.action, boot.payload])),
    )
    ws.once('message', () => {
      ws.on('message', (data: Buffer) => {
        speaker.hear(data)
        exchanges += 1
        ws.send(speaker.next())
      })
      resolve(() => ws.send(speaker.next()))
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
