import { afterEach, describe, expect, test } from 'vitest'
import { type MetricsEndpoint, startMetricsEndpoint } from './metrics-endpoint.ts'

let endpoint: MetricsEndpoint | undefined

afterEach(async () => {
  await endpoint?.stop()
})

describe('startMetricsEndpoint', () => {
  test('serves what it is told at every scrape, on the loopback address', async () => {
    let scrapes = 0
    endpoint = await startMetricsEndpoint(0, () => {
      scrapes += 1
      return `up ${scrapes}\n`
    })
    expect(endpoint.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*\/metrics$/)
    const first = await fetch(endpoint.url)
    expect(first.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(await first.text()).toBe('up 1\n')
    expect(await (await fetch(`${endpoint.url}?x=1`)).text()).toBe('up 2\n')
    expect((await fetch(endpoint.url.replace('metrics', 'other'))).status).toBe(404)
    expect((await fetch(endpoint.url, { method: 'POST' })).status).toBe(405)
  })

  test('a port that is in use is CSMS_PORT_IN_USE', async () => {
    endpoint = await startMetricsEndpoint(0, () => '')
    const port = Number(new URL(endpoint.url).port)
    await expect(startMetricsEndpoint(port, () => '')).rejects.toMatchObject({
      code: 'CSMS_PORT_IN_USE',
      exit: 104,
    })
  })
})
