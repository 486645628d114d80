import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { realClock } from '../../platform/real-clock.ts'
import type { Order } from './hook.ts'
import { loadHooks } from './load-hooks.ts'
import { PlannedHook } from './planned-hook.ts'

interface Seen {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly authorization: string | undefined
  readonly body: unknown
}

/** Answers of the API, in their order; the last one again and again. */
type Answers = readonly ((response: ServerResponse) => void)[]

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function api(answers: Answers) {
  const seen: Seen[] = []
  const read = async (request: IncomingMessage, response: ServerResponse) => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const { method, url, headers } = request
    const body: unknown = text === '' ? undefined : JSON.parse(text)
    seen.push({ method, url, authorization: headers.authorization, body })
    answers[Math.min(seen.length, answers.length) - 1]?.(response)
  }
  const server = createServer((request, response) => void read(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  const { port } = server.address() as AddressInfo
  return { seen, url: `http://127.0.0.1:${port}` }
}

const answer =
  (status: number, body = '', headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, headers).end(body)

function hookOf(text: string, tell: (words: string) => void = () => undefined): PlannedHook {
  const loaded = loadHooks({ file: 'hooks.yaml', text }, {}, (path) => path)
  if ('problems' in loaded) throw new Error(loaded.problems.map((one) => one.message).join())
  const { timeoutMs, headers } = loaded.plan
  return new PlannedHook(loaded.plan, { clock: realClock, timeoutMs, headers, folder: '.' }, tell)
}

const reset: Order = {
  stationId: 'CP 1',
  version: 'ocpp2.0.1',
  action: 'Reset',
  payload: { type: 'OnIdle', evseId: 2 },
}

describe('by HTTP', () => {
  test('an operation is ordered as its template says', async () => {
    const { url, seen } = await api([answer(200)])
    const hook = hookOf(`
api: ${url}/v2
headers: {Authorization: Bearer abc}
operations:
  Reset:
    http: {url: "{{api}}/cp/{{station}}/reset", method: PUT, body: {kind: "{{payload.type}}", evse: "{{payload.evseId}}", now: "{{payload.none}}"}}
`)
    expect(await hook.order(reset)).toEqual({ kind: 'accepted' })
    expect(seen).toEqual([
      {
        method: 'PUT',
        url: '/v2/cp/CP%201/reset',
        authorization: 'Bearer abc',
        body: { kind: 'OnIdle', evse: 2 },
      },
    ])
  })

  test('a busy API is asked again when it says so', async () => {
    const { url, seen } = await api([answer(429, '', { 'Retry-After': '0' }), answer(202)])
    expect(await hookOf(`operations: {Reset: {http: "${url}"}}`).order(reset)).toEqual({
      kind: 'accepted',
    })
    expect(seen).toHaveLength(2)
  })

  test('an API that stays busy is asked six times', async () => {
    const { url, seen } = await api([answer(503, 'later', { 'Retry-After': '0' })])
    expect(await hookOf(`operations: {Reset: {http: "${url}"}}`).order(reset)).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('HTTP 503: later'),
    })
    expect(seen).toHaveLength(6)
  })

  test('nobody waits longer for a busy API than the hook may take', async () => {
    const { url, seen } = await api([answer(429, '', { 'Retry-After': '3600' })])
    expect(await hookOf(`operations: {Reset: {http: "${url}"}}`).order(reset)).toMatchObject({
      kind: 'failed',
    })
    expect(seen).toHaveLength(1)
  })

  test('a good status with the wrong answer is a failure', async () => {
    const { url } = await api([answer(200, '{"queued": false}')])
    const hook = hookOf(`operations: {Reset: {http: {url: "${url}", answer: {queued: true}}}}`)
    expect(await hook.order(reset)).toMatchObject({ kind: 'failed' })
  })

  test('an API that nobody runs is a failure with its reason', async () => {
    const hook = hookOf('operations: {Reset: {http: "http://u:secret@127.0.0.1:1"}}')
    const made = await hook.order(reset)
    expect(made).toMatchObject({ reason: expect.stringContaining('ECONNREFUSED') })
    expect(JSON.stringify(made)).not.toContain('secret')
  })

  test('an API that hangs up says so in words', async () => {
    const { url } = await api([(response) => void response.destroy()])
    expect(await hookOf(`operations: {Reset: {http: "${url}"}}`).order(reset)).toEqual({
      kind: 'failed',
      reason: expect.stringContaining('the connection was closed without an answer'),
    })
  })
})

describe('by preset', () => {
  test('csms takes the payload at its operator’s API', async () => {
    const { url, seen } = await api([answer(200)])
    await hookOf(`{preset: csms, api: "${url}"}`).order(reset)
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: '/api/v1/stations/CP%201/commands/Reset',
      body: reset.payload,
    })
  })

  test('CitrineOS is told by module, station and tenant; what it did not send is a failure', async () => {
    const { url, seen } = await api([answer(200, '[{"success": false, "payload": "offline"}]')])
    const hook = hookOf(`{preset: citrineos, api: "${url}?tenantId=7"}`)
    expect(await hook.order(reset)).toMatchObject({
      reason: expect.stringContaining('CitrineOS did not send it'),
    })
    expect(seen[0]?.url).toBe('/ocpp/2.0.1/configuration/reset?tenantId=7&identifier=CP+1')
    expect(hook.can('ocpp1.6', 'ReserveNow')).toBe(false)
    expect(hook.can('ocpp2.0.1', 'ReserveNow')).toBe(true)
  })

  test('what CitrineOS or SteVe never sends is no failure', async () => {
    const unknown = 'Transaction T1 not found on station CP 1.'
    const citrineos = await api([
      answer(200, JSON.stringify([{ success: false, payload: unknown }])),
    ])
    expect(await hookOf(`{preset: citrineos, api: "${citrineos.url}"}`).order(reset)).toEqual({
      kind: 'unable',
      reason: `CitrineOS: ${unknown}`,
    })
    const over = 'This reservation is not active at this station.'
    const steve = await api([answer(400, JSON.stringify({ message: over }))])
    const cancel: Order = {
      stationId: 'CP1',
      version: 'ocpp1.6',
      action: 'CancelReservation',
      payload: { reservationId: 7 },
    }
    expect(await hookOf(`{preset: steve, api: "${steve.url}"}`).order(cancel)).toEqual({
      kind: 'unable',
      reason: `SteVe: ${over}`,
    })
  })

  test('a profile that SteVe has no words for is not left out: nothing is ordered', async () => {
    const { url, seen } = await api([answer(200, '{}')])
    const start: Order = {
      stationId: 'CP1',
      version: 'ocpp1.6',
      action: 'RemoteStartTransaction',
      payload: { idTag: 'A', chargingProfile: { chargingProfileId: 1 } },
    }
    expect(await hookOf(`{preset: steve, api: "${url}"}`).order(start)).toMatchObject({
      kind: 'unable',
    })
    expect(seen).toEqual([])
  })

  test('SteVe has words of its own', async () => {
    const { url, seen } = await api([answer(200, '{"exceptions": []}')])
    const hook = hookOf(`{preset: steve, api: "${url}/steve"}`)
    const list = [{ idTag: 'A', idTagInfo: { status: 'Accepted' } }, { idTag: 'B' }]
    const sendList: Order = {
      stationId: 'CP1',
      version: 'ocpp1.6',
      action: 'SendLocalList',
      payload: { listVersion: 3, updateType: 'Differential', localAuthorizationList: list },
    }
    expect(await hook.order(sendList)).toEqual({ kind: 'accepted' })
    expect(seen[0]).toMatchObject({
      url: '/steve/api/v1/operations/SendLocalList',
      body: {
        chargeBoxIdList: ['CP1'],
        listVersion: 3,
        updateType: 'Differential',
        sendEmptyListWhenFull: false,
        addUpdateList: ['A'],
        deleteList: ['B'],
      },
    })
    expect(hook.can('ocpp1.6', 'SetChargingProfile')).toBe(false)
    expect(hook.can('ocpp2.0.1', 'Reset')).toBe(false)
  })
})

describe('by command', () => {
  const run = (script: string) =>
    `operations: {Reset: {command: ["${process.execPath}", -e, ${JSON.stringify(script)}, "{{station}}"]}}`

  test('a program gets the payload on its standard input', async () => {
    const script =
      "let t='';process.stdin.on('data',d=>t+=d).on('end',()=>process.exit(JSON.parse(t).evseId===2&&process.argv[1]==='CP 1'?0:1))"
    expect(await hookOf(run(script)).order(reset)).toEqual({ kind: 'accepted' })
  })

  test('its exit code and last words are the reason of a failure', async () => {
    const hook = hookOf(run("console.error('no such station');process.exit(3)"))
    expect(await hook.order(reset)).toMatchObject({
      reason: expect.stringContaining('ended with code 3: no such station'),
    })
  })

  test('a program that is not there is a failure', async () => {
    const hook = hookOf('operations: {Reset: {command: [./not-there]}}')
    expect(await hook.order(reset)).toMatchObject({ reason: expect.stringContaining('ENOENT') })
  })
})

describe('by a person, or by nobody', () => {
  test('a person is told what to do, and has time', async () => {
    const told: string[] = []
    const hook = hookOf('{patience: 5min, operations: {Reset: {manual: Press R.}}}', (words) =>
      told.push(words),
    )
    expect(await hook.order(reset)).toEqual({ kind: 'accepted' })
    expect(told).toEqual(['Press R. (CP 1: Reset {"type":"OnIdle","evseId":2})'])
    expect(hook.patienceMs('ocpp2.0.1', 'Reset')).toBe(300_000)
  })

  test('what a CSMS does by itself is waited for as long as the file says', () => {
    const hook = hookOf('operations: {Reset: {passive: 60s}}')
    expect(hook.patienceMs('ocpp2.0.1', 'Reset')).toBe(60_000)
  })

  test('what the file says of an action comes before its preset', () => {
    const hook = hookOf(
      '{preset: csms, api: "http://127.0.0.1:1", operations: {Reset: {skip: true}}}',
    )
    expect(hook.can('ocpp2.0.1', 'Reset')).toBe(false)
    expect(hook.can('ocpp2.0.1', 'ClearCache')).toBe(true)
    expect(hook.can('ocpp2.0.1', 'Heartbeat')).toBe(false)
  })
})
