import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CheckReport, ConformanceReport } from '../../src/conformance/report/result.ts'
import { runCli } from '../helpers/cli.ts'
import type { PeerCsms } from './peer-csms.ts'

/** How long stations have to answer a peer that is judged; its fixtures say so. */
export const callTimeoutMs = 3000

/** What a hooks file says beside where the API of the peer is, YAML. */
type Hooks = string

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

  static async start(peer: PeerCsms, protocol: string, hooks: Hooks): Promise<JudgedPeer> {
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
    const options = [
      ...['--protocol', protocol, '--target', peer.url, '--timeout', '8s'],
      ...['--hooks', files.hooks, '--fixtures', files.fixtures],
    ]
    return new JudgedPeer(peer, options, async () => {
      api.closeAllConnections()
      api.close()
      await rm(folder, { recursive: true, force: true })
    })
  }

  /** Cases that options name. */
  async judge(...options: readonly string[]): Promise<ConformanceReport> {
    const told = await runCli([
      'conformance',
      ...this.#options,
      ...options,
      ...['--parallel', '8', '--json'],
    ])
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

/** By case, what did not hold: `MUST 1.6 4.1`. */
export function findingsOf(report: ConformanceReport): Readonly<Record<string, readonly string[]>> {
  const wrong = report.cases.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip')
  return Object.fromEntries(
    wrong.map(({ id, reason, checks }) => [
      id,
      reason === undefined ? wordsOf(checks) : [...wordsOf(checks), `error: ${reason}`],
    ]),
  )
}

function wordsOf(checks: readonly CheckReport[]): readonly string[] {
  const wrong = checks.filter(({ passed }) => !passed)
  return [...new Set(wrong.map(({ level, clause }) => `${level} ${clause}`))]
}
