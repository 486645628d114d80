import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MadeUpCsms } from '../../../../test/helpers/made-up-csms.ts'
import { logs21 } from './n-logs.ts'

const overHttp = logs21.filter(({ id }) => id === 'TC_N_102_CSMS')

let server: Server
let guardedUploadUrl: string
/** What the server says to an upload. */
let says: (request: IncomingMessage) => number
let heard: string[]

beforeEach(async () => {
  heard = []
  server = createServer((request, response) => {
    const { method, url, headers } = request
    heard.push(`${method} ${url} ${headers.authorization ?? 'nobody'}`)
    request.resume()
    response.writeHead(says(request), { Location: '/elsewhere' }).end('x'.repeat(100_000))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  guardedUploadUrl = `http://st%40tion:s%3Acret@127.0.0.1:${port}/logs/`
})
afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())))

const login = `Basic ${Buffer.from('st@tion:s:cret').toString('base64')}`
const guarded = ({ headers }: IncomingMessage) => (headers.authorization === login ? 201 : 401)

/** A CSMS that tells the place it is ordered to, or another. The server is a real one. */
function judged(told: (place: string) => string = (place) => place) {
  const csms = new MadeUpCsms(
    () => ({}),
    (_action, payload) => {
      const { remoteLocation } = payload['log'] as { readonly remoteLocation: string }
      return [{ ...payload, log: { remoteLocation: told(remoteLocation) } }]
    },
  )
  const verdicts = overHttp.map((one) => csms.judge(one, { guardedUploadUrl }, 20_000))
  return Promise.all(verdicts).then((all) => all.flat())
}

test('[2.1 N01.FR.25] a log is refused from strangers, and taken from who has the password', async () => {
  says = guarded
  expect(await judged()).toEqual(['pass'])
  expect(heard).toEqual(['POST /logs/probe.log nobody', `POST /logs/probe.log ${login}`])
})

test('[2.1 N01.FR.17] a place that takes logs from everybody wants no password', async () => {
  says = () => 204
  expect(await judged()).toEqual(['fail', 'HTTP 204'])
})

test('[2.1 N01.FR.26] a place that sends stations elsewhere takes nothing', async () => {
  says = (request) => (guarded(request) === 201 ? 307 : 401)
  expect(await judged()).toEqual(['fail', 'HTTP 307'])
  expect(heard).toHaveLength(2)
})

test('[2.1 N01.FR.29] a place that names a file is used as it is, at the host of the fixture', async () => {
  says = guarded
  const elsewhere = () => 'http://st%40tion:s%3Acret@logs.example:1/put?to=CP1.log'
  expect(await judged(elsewhere)).toEqual(['pass'])
  expect(heard).toEqual(['POST /put?to=CP1.log nobody', `POST /put?to=CP1.log ${login}`])
})

test('a password that is not the one of the place brings nothing', async () => {
  says = guarded
  expect(await judged((place) => place.replace('s%3Acret', '%ff'))).toEqual(['fail', 'HTTP 401'])
})

test('without an answer there is no verdict', async () => {
  guardedUploadUrl = 'http://station:secret@127.0.0.1:1/logs/'
  const [verdict] = await judged()
  expect(verdict).toBe('error')
})
