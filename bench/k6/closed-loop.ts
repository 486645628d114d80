/**
 * What people write by hand: charge points for k6. One CALL in flight per socket, the next as soon
 * as the answer is there, latency from the actual send.
 *
 *   k6 run -e URL=ws://127.0.0.1:9000 -e CORPUS=/tmp/corpus.json -e VUS=100 bench/k6/closed-loop.ts
 */
import { check } from 'k6'
import exec from 'k6/execution'
import { Counter, Trend } from 'k6/metrics'
import { WebSocket } from 'k6/websockets'

interface Request {
  readonly action: string
  readonly payload: object
}

const url = __ENV['URL'] ?? ''
const sockets = Number(__ENV['SOCKETS'] ?? 1)
const seconds = Number(__ENV['SECONDS'] ?? 30)
const { boot, requests } = JSON.parse(open(__ENV['CORPUS'] ?? '')) as {
  readonly boot: Request
  readonly requests: readonly Request[]
}

const responseTime = new Trend('ocpp_response_time', true)
const exchanges = new Counter('ocpp_exchanges')

export const options = {
  scenarios: {
    stations: {
      executor: 'per-vu-iterations',
      vus: Number(__ENV['VUS'] ?? 1),
      iterations: 1,
      maxDuration: `${seconds + 30}s`,
    },
  },
}

// k6 runs the default export.
// oxlint-disable-next-line import/no-default-export
export default function stations(): void {
  for (let i = 0; i < sockets; i += 1) station(exec.vu.idInTest * sockets + i)
}

function station(index: number): void {
  // The typings reserve the second argument; the header asks for the subprotocol as well.
  const headers = { 'Sec-WebSocket-Protocol': 'ocpp1.6' }
  const ws = new WebSocket(`${url}/K${index}`, null, { headers })
  let ordinal = 0
  let sentAt = 0
  const send = ({ action, payload }: Request) => {
    ordinal += 1
    sentAt = Date.now()
    ws.send(JSON.stringify([2, `${index}-${ordinal}`, action, payload]))
  }
  ws.onopen = () => {
    send(boot)
    setTimeout(() => ws.close(), seconds * 1000)
  }
  ws.onmessage = (event) => {
    const [type, id] = JSON.parse(event?.data as string) as [number, string]
    check(type, { 'is a CALLRESULT': (it) => it === 3 })
    if (id !== `${index}-${ordinal}`) return
    responseTime.add(Date.now() - sentAt)
    exchanges.add(1)
    const next = requests[(index * 7919 + ordinal) % requests.length]
    if (next) send(next)
  }
}
