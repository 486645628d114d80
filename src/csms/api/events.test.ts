import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Api } from '../../../test/helpers/api.ts'
import { readEvents, type ServerSentEvent } from '../../cli/api/event-stream.ts'

/** A reader of the event stream. */
class Reader implements AsyncDisposable {
  readonly events: ServerSentEvent[] = []
  readonly #over = new AbortController()
  readonly #reading: Promise<void>

  private constructor(response: Response, over: AbortController) {
    this.#over = over
    this.#reading = this.#read(response)
  }

  static async open(api: Api, query = '', lastId?: string): Promise<Reader> {
    const over = new AbortController()
    const headers = lastId === undefined ? {} : { 'Last-Event-ID': lastId }
    const { signal } = over
    const response = await fetch(`${api.base}/api/v1/events${query}`, { headers, signal })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    return new Reader(response, over)
  }

  /** The first event of a type, now or later. */
  async heard(type: string): Promise<Record<string, unknown>> {
    await expect.poll(() => this.events.map((event) => event.type)).toContain(type)
    return JSON.parse(this.events.find((event) => event.type === type)?.data ?? '')
  }

  get types(): readonly string[] {
    return this.events.map(({ type }) => type)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort()
    await this.#reading
  }

  async #read(response: Response): Promise<void> {
    try {
      if (!response.body) return
      for await (const event of readEvents(response.body)) this.events.push(event)
    } catch {
      // Hung up.
    }
  }
}

describe.each([1, 2])('the events of %i process(es)', (processes) => {
  let api: Api
  beforeAll(async () => {
    api = await Api.start({ processes })
  })
  afterAll(() => api.close())

  test('are told as they happen, frames not', async () => {
    await using reader = await Reader.open(api)
    const { id, station } = await api.booted()
    expect(await reader.heard('booted')).toMatchObject({ stationId: id, vendor: 'Acme' })
    station.socket.close(1000, '')
    const left = await reader.heard('disconnected')
    expect(left).toMatchObject({ stationId: id, time: expect.stringMatching(/Z$/) })
    await api.send('PUT', '/api/v1/tokens/T', {})
    expect(await reader.heard('tokenChanged')).toMatchObject({ idToken: 'T', change: 'created' })
    expect(reader.types).toEqual(['connected', 'booted', 'disconnected', 'tokenChanged'])
  })

  test('are told by station and by type', async () => {
    const one = api.freshId()
    const two = api.freshId()
    await using ofOne = await Reader.open(api, `?stationId=${one}`)
    await using boots = await Reader.open(api, '?types=booted,tokenChanged')
    await api.booted(two)
    await api.booted(one)
    await ofOne.heard('booted')
    await expect.poll(() => boots.types).toEqual(['booted', 'booted'])
    expect(ofOne.types).toEqual(['connected', 'booted'])
  })

  test('have every frame for who asks, without its secrets', async () => {
    const id = api.freshId()
    await using reader = await Reader.open(api, `?stationId=${id}&types=frame`)
    const { station, commands } = await api.booted(id)
    station.serve = () => ({ status: 'Accepted' })
    const change = '{"key":"AuthorizationKey","value":"0123456789abcdef"}'
    await api.post(`${commands}/ChangeConfiguration`, change)
    await expect.poll(() => reader.events.length).toBe(4)
    expect(await reader.heard('frame')).toMatchObject({ direction: 'in', stationId: id })
    expect(JSON.stringify(reader.events)).not.toContain('0123456789abcdef')
    expect(JSON.stringify(reader.events)).toContain('AuthorizationKey')
  })

  test('go on where a reader was, or say that something was missed', async () => {
    let lastId: string | undefined
    {
      await using reader = await Reader.open(api)
      await api.booted()
      await reader.heard('booted')
      lastId = reader.events.at(-1)?.id
    }
    const { id } = await api.booted()
    await api.get(`/api/v1/stations/${id}`)
    await using back = await Reader.open(api, '', lastId)
    await back.heard('booted')
    expect(back.events.map(({ data }) => JSON.parse(data).stationId)).toEqual([id, id])
    await using stranger = await Reader.open(api, '', 'another-7')
    expect(await stranger.heard('missed')).toEqual({ after: 'another-7' })
  })
})

describe('readers', () => {
  test('that do not read are told so and let go; the others go on', async () => {
    await using api = await Api.start({ messageLog: 0 })
    await using good = await Reader.open(api, '?types=frame')
    const slow = connect(api.server.port, '127.0.0.1')
    slow.write(
      `GET /api/v1/events?frames=true HTTP/1.1\r\nHost: 127.0.0.1:${api.server.port}\r\nConnection: close\r\n\r\n`,
    )
    await once(slow, 'readable')
    const { station } = await api.booted()
    const big = { vendorId: 'v', data: 'x'.repeat(200_000) }
    let asked = 0
    const streams = async () => /^csms_event_streams (\d+)$/m.exec((await api.get('/metrics')).body)
    // It has a few seconds for its last word: nothing is sent after that.
    for (; (await streams())?.[1] === '2'; asked += 1) await station.ask('DataTransfer', big)
    let text = ''
    slow.on('data', (chunk) => {
      text += String(chunk)
    })
    await once(slow, 'close')
    expect(text).toContain(
      'event: dropped\ndata: {"reason":"more than 1048576 bytes were not read"}',
    )
    expect(text.length).toBeLessThan(20_000_000)
    await expect.poll(() => good.events.length).toBe(2 + 2 * asked)
  })

  test('are so many and no more', async () => {
    await using api = await Api.start({})
    const readers = await Promise.all(Array.from({ length: 64 }, () => Reader.open(api)))
    expect(await api.get('/api/v1/events')).toMatchObject({
      status: 429,
      body: { error: { code: 'TOO_MANY_STREAMS' } },
    })
    await readers[0]?.[Symbol.asyncDispose]()
    await expect
      .poll(async () => (await api.get('/metrics')).body)
      .toContain('csms_event_streams 63\n')
    await using late = await Reader.open(api)
    await api.booted()
    await late.heard('booted')
    await Promise.all(readers.map((reader) => reader[Symbol.asyncDispose]()))
  })

  test('see the end when the server stops', async () => {
    const api = await Api.start({})
    const reader = await Reader.open(api)
    await api.close()
    await reader[Symbol.asyncDispose]()
    expect(reader.events).toEqual([])
  })
})
