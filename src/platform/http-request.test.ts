import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { httpRequest, textOf } from './http-request.ts'

test('a server that closes its idle connections fails no request: each has one of its own', async () => {
  const server = createServer((_request, response) => void response.end('done'))
  let connections = 0
  server.on('connection', () => (connections += 1))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const signal = AbortSignal.timeout(60_000)
  const ask = async () =>
    textOf(await httpRequest(`http://127.0.0.1:${port}/`, { method: 'POST', signal }))

  expect([await ask(), await ask()]).toEqual(['done', 'done'])
  expect(connections).toBe(2)
  await new Promise((resolve) => server.close(resolve))
})
