import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { bootPayload, dialStation } from '../../test/helpers/bare-station.ts'
import { startOf } from '../../test/helpers/bundled-children.ts'
import { ownerOf } from './owner.ts'
import type { FromCsmsProcess, ToCsmsProcess } from './process-messages.ts'
import { shareFolder } from './store/deal-data.ts'

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

function forked() {
  const child = fork(startOf('csms/process').path)
  children.push(child)
  const messages: FromCsmsProcess[] = []
  child.on('message', (message: FromCsmsProcess) => void messages.push(message))
  const exited = once(child, 'exit')
  return {
    child,
    exited,
    send: (message: ToCsmsProcess) => child.send(message),
    async first<Kind extends FromCsmsProcess['kind']>(kind: Kind) {
      const find = () => messages.find((message) => message.kind === kind)
      await expect.poll(find).toBeDefined()
      return find() as Extract<FromCsmsProcess, { kind: Kind }>
    },
  }
}

const now = Date.now()
const clock = { speed: 60, originWallMs: now - 3_600_000, originRealWallMs: now }

test('starts, tells where it listens and what it uses, stops and tells what happened', async () => {
  const csms = forked()
  csms.send({ kind: 'start', settings: { port: 0, runId: 'p' }, clock, events: true })
  const { urls, port } = await csms.first('listening')
  expect(urls).toEqual([`ws://127.0.0.1:${port}`])
  expect(await csms.first('event')).toMatchObject({ event: { type: 'listening', runId: 'p' } })
  const health = await fetch(`http://127.0.0.1:${port}/health`)
  expect(await health.json()).toMatchObject({ status: 'ok', runId: 'p' })
  expect(await csms.first('usage')).toMatchObject({ connections: 0 })
  csms.send({ kind: 'stop' })
  const stopped = await csms.first('stopped')
  expect(stopped.counters).toMatchObject({ messagesReceived: 0, findings: {} })
  expect(stopped.cpuSeconds).toBeGreaterThan(0)
  expect(stopped.rssBytes).toBeGreaterThan(1_000_000)
  expect(await csms.exited).toEqual([0, null])
})

test('tells why it cannot start, and ends', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const address = taken.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  const csms = forked()
  csms.send({ kind: 'start', settings: { port }, clock })
  expect(await csms.first('failed')).toMatchObject({
    code: 'CSMS_PORT_IN_USE',
    message: expect.stringContaining(String(port)),
  })
  expect(await csms.exited).toEqual([0, null])
  taken.close()
})

test.each([
  ['is in a snapshot', 1, 'none'],
  ['was acknowledged', 1, 'batch'],
  ['was acknowledged', 2, 'batch'],
] as const)(
  'what %s of %i process(es) survives kill -9, durability %s',
  async (_what, processes, durability) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'csms-kill-'))
    const settings = { port: 0, dataDir, durability, snapshotDelayMs: 20 }
    const share = shareFolder(dataDir, ownerOf('CP1', processes), processes)
    const killed = forked()
    killed.send({ kind: 'start', settings, processes, clock })
    const first = await killed.first('listening')
    const station = await dialStation(`${first.urls[0]}/CP1`, 'ocpp1.6')
    await station.ask('BootNotification', bootPayload('ocpp1.6'))
    const timestamp = '2026-01-01T00:00:00Z'
    const start = { connectorId: 1, idTag: 'T1', meterStart: 7, timestamp }
    const { transactionId } = await station.ask('StartTransaction', start)
    const saved = () => readFile(join(share, 'csms.json'), 'utf8').catch(() => '')
    if (durability === 'none') await expect.poll(saved).toContain('"meterStartWh":7')
    killed.child.kill('SIGKILL')
    await killed.exited

    const restarted = forked()
    restarted.send({ kind: 'start', settings, processes, clock })
    const second = await restarted.first('listening')
    const again = await dialStation(`${second.urls[0]}/CP1`, 'ocpp1.6')
    const stop = { transactionId, meterStop: 107, timestamp }
    expect(await again.ask('StopTransaction', stop)).toEqual({})
    const transactions = await fetch(`http://127.0.0.1:${second.port}/api/v1/transactions`)
    expect(await transactions.json()).toMatchObject([{ transactionId, energyWh: 100 }])
    await rm(dataDir, { recursive: true, force: true })
  },
)

test('does not outlive its parent', async () => {
  const csms = forked()
  csms.send({ kind: 'start', settings: { port: 0 }, clock })
  await csms.first('listening')
  csms.child.disconnect()
  expect(await csms.exited).toEqual([0, null])
})
