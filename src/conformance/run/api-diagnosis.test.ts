import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { realClock } from '../../platform/real-clock.ts'
import { apiDiagnosis } from './api-diagnosis.ts'

const tools = { clock: realClock, timeoutMs: 5000, headers: { 'X-Tenant': 'acme' }, folder: '.' }

test('an API that answers is there, whatever it answers; where nobody listens is none', async () => {
  const asked: unknown[] = []
  const server = createServer(({ method, headers }, response) => {
    asked.push(method, headers['x-tenant'])
    response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const api = `http://me:secret@127.0.0.1:${port}/hooks`
  const there = await apiDiagnosis(api, tools)
  await new Promise((resolve) => server.close(resolve))
  const gone = await apiDiagnosis(api, tools)

  expect(asked).toEqual(['GET', 'acme'])
  expect(there).toMatchObject({ name: 'API', state: 'good', advice: '' })
  expect(gone).toMatchObject({ state: 'bad', value: expect.stringContaining('ECONNREFUSED') })
  expect(JSON.stringify([there, gone])).not.toContain('secret')
})
