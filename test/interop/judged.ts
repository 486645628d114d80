import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { CheckReport, ConformanceReport } from '../../src/conformance/report/result.ts'
import { runCli } from '../helpers/cli.ts'
import type { PeerCsms } from './peer-csms.ts'

/** How long stations have to answer a peer that is judged; its fixtures say so. */
export const callTimeoutMs = 3000

/** An operator's API in front of a peer, and what `csms conformance` makes of the two. */
export class JudgedPeer implements AsyncDisposable {
  readonly #peer: PeerCsms
  readonly #options: readonly string[]
  readonly #end: () => Promise<void>

  private constructor(peer: PeerCsms, options: readonly string[], end: () => Promise<void>) {
    this.#peer = peer
    this.#options = options
    this.#end = end
  }

  /** @param hooks what a hooks file says, beside where the API is; YAML */
  static async start(peer: PeerCsms, protocol: string, hooks: string): Promise<JudgedPeer> {
    const folder = await mkdtemp(join(tmpdir(), 'csms-judged-'))
    const api = createServer((request, response) => {
      void obeyed(peer, request).then(
        () => response.end('{}'),
        (error: unknown) => response.writeHead(500).end(String(error)),
      )
    })
    await new Promise<void>((resolve) => void api.listen(0, '127.0.0.1', resolve))
    const { port } = api.address() as AddressInfo
    const files = { hooks: join(folder, 'hooks.yaml'), fixtures: join(folder, 'fixtures.yaml') }
    await writeFile(files.hooks, `api: http://127.0.0.1:${port}\n${hooks}`)
    await writeFile(files.fixtures, fixtures)
    const known = ['--hooks', files.hooks, '--fixtures', files.fixtures]
    const options = ['--protocol', protocol, '--target', peer.url, '--timeout', '8s', ...known]
    return new JudgedPeer(peer, options, async () => {
      api.closeAllConnections()
      api.close()
      await rm(folder, { recursive: true, force: true })
    })
  }

  /** Every case, as its user plays them. */
  async judge(): Promise<ConformanceReport> {
    const playing = ['--parallel', '8', '--json']
    const told = await runCli(['conformance', ...this.#options, ...playing])
    if (told.stdout === '') throw new Error(told.stderr)
    return JSON.parse(told.stdout) as ConformanceReport
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end()
    await this.#peer[Symbol.asyncDispose]()
  }
}

/** Odd identities are let in, as all others. */
const fixtures = `callTimeout: ${callTimeoutMs}ms
pipeStation: PEER|PIPE
spaceStation: PEER SPACE
longStation: ${'PEER'.padEnd(48, '0')}
`

/** `POST /ocpp1.6/CP1/Reset` with the payload: done when the station has answered. */
async function obeyed(peer: PeerCsms, request: IncomingMessage): Promise<void> {
  const [station = '', action = ''] = (request.url ?? '').split('/').slice(2)
  const texts: string[] = []
  for await (const text of request.setEncoding('utf8')) texts.push(text as string)
  const payload = JSON.parse(texts.join('')) as object
  await peer.call(action, payload, decodeURIComponent(station))
}

/** What did not hold, `MUST 1.6 4.1`, with the cases that say so: ids without `TC_` and `_CSMS`. */
function findingsOf({ cases }: ConformanceReport): Readonly<Record<string, string>> {
  const found: Record<string, string[]> = {}
  for (const { id, verdict, checks } of cases) {
    const what = new Set(wrongOf(checks).map(({ level, clause }) => `${level} ${clause}`))
    if (verdict === 'error') what.add('error')
    for (const one of what) (found[one] ??= []).push(id.replace(/^TC_|_CSMS$/g, ''))
  }
  return Object.fromEntries(Object.entries(found).map(([what, ids]) => [what, ids.join(' ')]))
}

const wrongOf = (checks: readonly CheckReport[]) => checks.filter(({ passed }) => !passed)

/** Findings that lack what somebody needs who repairs a CSMS: the clause, and the frame that decided. */
function vagueFindings({ cases }: ConformanceReport): readonly string[] {
  return cases.flatMap(({ id, checks, trace }) =>
    wrongOf(checks)
      .filter(({ clause, frame, detail }) => {
        const isMissing = /^no |silence|extensions: none|connections of one/.test(detail)
        const isThere = frame === null ? isMissing : trace[frame] !== undefined
        return !isThere || !/^(1\.6|2\.0\.1|2\.1|RFC)/.test(clause)
      })
      .map(({ name, clause, frame }) => `${id} ${name}, ${clause}, ${frame}`),
  )
}

/** A case that a CSMS fails which lets everybody charge. */
const everybodyMay = { 'ocpp1.6': 'TC_023_3_CSMS', 'ocpp2.0.1': 'TC_C_06_CSMS' }

/** It finds exactly this; a line that it prints, run as it stands, finds it again. */
export async function expectFindings(
  judged: JudgedPeer,
  protocol: keyof typeof everybodyMay,
  findings: Readonly<Record<string, string>>,
): Promise<void> {
  const report = await judged.judge()
  expect(findingsOf(report)).toEqual(findings)
  expect(vagueFindings(report)).toEqual([])
  const repeat = report.cases.find(({ id }) => id === everybodyMay[protocol])?.repeat ?? []
  expect(repeat[0]).toBe('csms')
  const again = await runCli(repeat.slice(1))
  expect(again.code).toBe(3)
  expect(again.stdout).toContain('"Blocked"')
}
