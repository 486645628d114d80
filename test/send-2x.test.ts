import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actionsOf } from '../src/ocpp/action.ts'
import { JsonLinesChild } from './helpers/child.ts'
import { root } from './helpers/cli.ts'
import { LabPki } from './helpers/lab-pki.ts'
import { runInMemory } from './helpers/memory-cli.ts'
import { Serve } from './helpers/serve.ts'

/* docs/guide/send-2x.md, line by line: every action that a CSMS sends in 2.0.1 and 2.1. */

const image = Buffer.alloc(50_000, 1)
const versions = ['ocpp2.0.1', 'ocpp2.1'] as const

/** After them a station boots. */
const restarts = ['Reset', 'UpdateFirmware']

type Version = (typeof versions)[number]
type Answer = Record<string, unknown>

let page: string
let folder: string
let pki: LabPki

beforeAll(async () => {
  page = await readFile(join(root, 'docs/guide/send-2x.md'), 'utf8')
  folder = await mkdtemp(join(tmpdir(), 'csms-send-2x-'))
  await mkdir(join(folder, 'files'))
  await writeFile(join(folder, 'files/fw-2.0.1.bin'), image)
  pki = await LabPki.make()
})
afterAll(async () => {
  await pki[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

/** A line of the page. */
interface Line {
  readonly text: string
  readonly station: string
  readonly action: string
  /** Between quotes. */
  readonly payload: string | undefined
  /** What is piped into it. */
  readonly from: string | undefined
  /** The status, as it stands behind the line. */
  readonly status: string | undefined
}

function linesOf(text: string): readonly Line[] {
  const form = /^(?:(.*) \| )?csms send (\w+) (\w+)(?: '(.*?)'| -)?(?: # (.*))?$/gm
  return [...text.matchAll(form)].map(
    ([whole, from, station = '', action = '', payload, status]) => {
      return { text: whole, station, action, payload, from, status }
    },
  )
}

/** The chapter that begins with this heading. */
function chapter(heading: string): string {
  const [, body = ''] = page.split(`\n## ${heading}\n`)
  return body.split('\n## ')[0] ?? ''
}

class Lab implements AsyncDisposable {
  readonly #serve: Serve
  readonly #fleet: JsonLinesChild

  private constructor(serve: Serve, fleet: JsonLinesChild) {
    this.#serve = serve
    this.#fleet = fleet
  }

  /** The stations of the page, in this version. */
  static async start(version: Version): Promise<Lab> {
    const [, yaml = ''] = /^```yaml\n(.*?)^```/ms.exec(page) ?? []
    const file = join(folder, `${version}.yaml`)
    const [both = '', only21 = ''] = yaml.split(/(?=^ {2}- name: cabinets)/m)
    const text = version === 'ocpp2.1' ? both + only21 : both.replaceAll('ocpp2.1', version)
    await writeFile(file, text)
    const serve = await Serve.start('--files', join(folder, 'files'), '--ca', pki.folder)
    const args = ['simulate', file, '--target', serve.url, '--out', join(folder, 'reports')]
    const fleet = new JsonLinesChild(process.execPath, [join(root, 'bin/csms.js'), ...args])
    const lab = new Lab(serve, fleet)
    for (const id of version === 'ocpp2.1' ? ['CP1', 'BS1'] : ['CP1']) {
      await expect.poll(() => lab.#pluggedIn(id)).toContain('Occupied')
    }
    return lab
  }

  /** Types a line, and looks for what the page says of it. */
  async play(line: Line): Promise<void> {
    const payload = await this.#fill(await this.#payloadOf(line))
    const boots = this.#boots
    const run = await this.#send(line.station, line.action, payload)
    expect(run, line.text).toMatchObject({ code: 0, stderr: '' })
    expect(statusIn(JSON.parse(run.stdout) as Answer), line.text).toBe(line.status)
    if (restarts.includes(line.action)) await expect.poll(() => this.#boots).toBe(boots + 1)
  }

  get findings(): readonly Answer[] {
    return this.#serve.child.lines.filter(({ type }) => type === 'finding')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#fleet[Symbol.asyncDispose]()
    await this.#serve[Symbol.asyncDispose]()
  }

  #send(station: string, action: string, payload: string) {
    return runInMemory(['send', '--api', this.#serve.api, station, action, payload])
  }

  get #boots(): number {
    return this.#serve.child.lines.filter(({ type }) => type === 'booted').length
  }

  async #pluggedIn(id: string): Promise<readonly string[]> {
    const stations = await this.#serve.get<readonly Known[]>('/api/v1/stations')
    const station = stations.find((one) => one.id === id)
    return station?.connectors.map(({ status }) => status) ?? []
  }

  /** Does what `jq` does in the page. */
  async #payloadOf({ payload = '{}', from, station }: Line): Promise<string> {
    if (from === undefined) return payload
    const [, before = '', file] = /^jq -Rs '\{(.*?):\.\}' pki\/(\S+)$/.exec(from) ?? []
    if (file !== undefined) {
      const [key = '', ...rest] = before.split(',').reverse()
      const type = /certificateType:"(\w+)"/.exec(rest[0] ?? '')?.[1]
      return JSON.stringify({
        ...(type !== undefined && { certificateType: type }),
        [key]: await pki.text(file),
      })
    }
    const [, action = '', question = ''] = /csms send \w+ (\w+) '(.*?)' \| jq/.exec(from) ?? []
    const { stdout } = await this.#send(station, action, question)
    const { certificateHashDataChain: chains } = JSON.parse(stdout) as {
      readonly certificateHashDataChain: readonly { readonly certificateHashData: object }[]
    }
    return JSON.stringify({ certificateHashData: chains[0]?.certificateHashData })
  }

  async #fill(payload: string): Promise<string> {
    const here = payload
      .replaceAll('http://127.0.0.1:9000', this.#serve.api)
      .replaceAll('ws://127.0.0.1:9000', this.#serve.url)
      .replaceAll('$MD5', createHash('md5').update(image).digest('hex'))
    if (!here.includes('$TX')) return here
    const path = '/api/v1/transactions?stationId=CP1&open=true'
    const [open] = await expect
      .poll(() => this.#serve.get<readonly { transactionId: string }[]>(path))
      .toHaveLength(1)
      .then(() => this.#serve.get<readonly { transactionId: string }[]>(path))
    return here.replaceAll('$TX', open?.transactionId ?? '')
  }
}

interface Known {
  readonly id: string
  readonly connectors: readonly { readonly status: string }[]
}

/** `Accepted`, or of a list `setVariableResult: Accepted`. */
function statusIn(answer: Answer): string | undefined {
  if (typeof answer['status'] === 'string') return answer['status']
  for (const [name, rows] of Object.entries(answer)) {
    const [row] = Array.isArray(rows) ? (rows as readonly Answer[]) : []
    const status = row?.['status'] ?? row?.['attributeStatus']
    if (typeof status === 'string') return `${name}: ${status}`
  }
  return undefined
}

describe('the guide shows every action that a CSMS sends', () => {
  test.each([
    ['ocpp2.0.1', ['2.0.1 and 2.1']],
    ['ocpp2.1', ['2.0.1 and 2.1', 'Only 2.1']],
  ] as const)('of %s, and stations answer each as it says', async (version, chapters) => {
    const lines = chapters.flatMap((heading) => linesOf(chapter(heading)))
    const ofCsms = Object.entries(actionsOf[version]).filter(([, { from }]) => from !== 'station')
    expect([...new Set(lines.map(({ action }) => action))].sort()).toEqual(
      ofCsms.map(([action]) => action).sort(),
    )
    await using lab = await Lab.start(version)
    for (const line of lines) await lab.play(line)
    expect(lab.findings).toEqual([])
  })
})
