import { mkdtemp, readFile, rm, watch } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../src/report/result.ts'
import { Cli, root, runCli } from './helpers/cli.ts'
import { expectConserved } from './helpers/conserved.ts'
import { Serve } from './helpers/serve.ts'

const stations = 20
const sessions = 3

interface Transaction {
  readonly stationId: string
  readonly transactionId: string | number
  readonly stoppedAt?: string
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-kill-'))
})
afterAll(() => rm(folder, { recursive: true }))

const keyOf = ({ stationId, transactionId }: Transaction) => `${stationId} ${transactionId}`

/** The transactions of the first snapshot that satisfies; it is written anew once a second. */
async function snapshotWith(
  data: string,
  satisfies: (transactions: readonly Transaction[]) => boolean,
): Promise<readonly Transaction[]> {
  for await (const { filename } of watch(data)) {
    if (filename !== 'csms.json') continue
    const snapshot = JSON.parse(await readFile(join(data, filename), 'utf8'))
    const { transactions } = snapshot as { transactions: Transaction[] }
    if (satisfies(transactions)) return transactions
  }
  throw new Error('no such snapshot')
}

/** Without snapshots: what the server answered is what it has. */
async function answeredWith(
  server: Serve,
  satisfies: (transactions: readonly Transaction[]) => boolean,
): Promise<readonly Transaction[]> {
  for (;;) {
    const transactions = await server.get<Transaction[]>('/api/v1/transactions')
    if (satisfies(transactions)) return transactions
    await wait(20)
  }
}

async function endedEarly(cli: Cli): Promise<never> {
  const { stderr } = await cli.result()
  throw new Error(`the run ended before the server was killed: ${stderr}`)
}

describe('csms serve --data', () => {
  test.each(['none', 'batch'])(
    '--durability %s: killed in the middle of sessions and started again, it has lost nothing it had saved',
    async (durability) => {
      const data = join(folder, durability)
      const kept = ['--data', data, '--durability', durability]
      await using first = await Serve.start(...kept)
      const scenario = join(root, 'fixtures/interrupted-sessions.yaml')
      const books = ['--books', `${first.api}/api/v1/transactions`]
      const output = ['--json', '--quiet', '--out', join(folder, 'reports')]
      await using cli = new Cli(['simulate', scenario, '--target', first.url, ...books, ...output])

      // Every station is in its second session and has a second or more to go.
      const inSecondSession = (transactions: readonly Transaction[]) =>
        transactions.length === 2 * stations
      const saved = await Promise.race([
        durability === 'none'
          ? snapshotWith(data, inSecondSession)
          : answeredWith(first, inSecondSession),
        endedEarly(cli),
      ])
      first.child.process.kill('SIGKILL')
      await first.child.ended()
      expect(saved.filter(({ stoppedAt }) => stoppedAt === undefined)).toHaveLength(stations)

      await using second = await Serve.start(...kept, '--port', new URL(first.url).port)
      const { code, stdout, stderr } = await cli.result()
      expect(stderr).toBe('')
      const report = JSON.parse(stdout) as Report
      expect(report.reasons).toEqual([])
      expect(code).toBe(0)
      expectConserved(report)
      expect(report.stations).toMatchObject({ accepted: stations, reconnects: stations })
      expect(report.scripts).toMatchObject({ completed: stations, failed: 0 })
      const all = stations * sessions
      expect(report.transactions).toMatchObject({ started: all, stopped: all, lost: 0 })
      expect(report.books).toMatchObject({ checked: true, compared: all, mismatches: [] })

      const stored = await second.get<Transaction[]>('/api/v1/transactions?limit=1000')
      expect(stored.map(keyOf)).toEqual(expect.arrayContaining(saved.map(keyOf)))
      expect(stored.filter(({ stoppedAt }) => stoppedAt === undefined)).toEqual([])
    },
  )

  test('two servers never keep their data in one folder; the second says who is there', async () => {
    const data = join(folder, 'shared')
    await using first = await Serve.start('--data', data)
    const { code, stdout, stderr } = await runCli(['serve', '--port', '0', '--data', data])
    expect(stderr).toContain(`is in use by process ${first.child.process.pid}.`)
    expect({ code, stdout }).toEqual({ code: 104, stdout: '' })
    expect(await first.get('/health')).toMatchObject({ status: 'ok' })
  })
})
