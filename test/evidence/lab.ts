import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CsmsOptions } from '../../src/csms/options.ts'
import { type Csms, startCsms } from '../../src/csms/start-csms.ts'
import {
  type ConnectedStation,
  type ConnectStationOptions,
  connectStation,
} from '../../src/harness/connect-station.ts'
import type { RequestOf, ResponseOf } from '../../src/ocpp/rpc/service.ts'
import { PayloadValidators } from '../../src/ocpp/schemas.ts'
import type { OcppVersion } from '../../src/ocpp/version.ts'
import { officialValidators } from '../../src/platform/official-validators.ts'
import { Cancel } from '../../src/shared/cancel.ts'
import type { StationActor } from '../../src/simulator/steps/actor.ts'
import { FrameTap, type TapOptions, type TappedFrame } from '../helpers/frame-tap.ts'

export const plug = { evse: 1, connector: 1 } as const
export const secondPlug = { evse: 2, connector: 1 } as const
export const ev = {
  batteryWh: 100_000,
  soc: 0.2,
  maxPowerW: 11_000,
  phases: 3,
  taperFrom: 0.8,
} as const
export const cancel = new Cancel()
export const token = (idToken: string) => ({ idToken, type: 'Central' })

/** The file that stations fetch as firmware: its name says which version. */
const firmwareFile = 'ac22-2.0.1.bin'

/** One compilation of the schemas serves the management systems of a whole test file. */
const validators = new PayloadValidators(officialValidators)

/** What changes without a frame or an event is looked for so often. */
const lookAgainMs = 25

export interface LabOptions extends CsmsOptions {
  /** Stations speak TLS to the tap, and present a certificate. */
  readonly tls?: TapOptions['tls']
  /** How long anything may take until it counts as missing; default 20,000. */
  readonly patienceMs?: number
}

/** A station whose time flies is half an hour ahead of everybody sooner or later. */
const ahead = 'TIME_STATION_AHEAD'

/** Told of every frame and event. */
interface Notice {
  changed: () => void
  /** Of the station. */
  timeFlies: boolean
  /** What the management system found wrong of the station, or failed at. */
  readonly objections: string[]
}

/**
 * A real management system, the tap before it, and the station CP1 that connects through the tap.
 *
 * `Actions` are the payloads that a test speaks of. What 2.0.1 and 2.1 share is tested once for both, with
 * the types of 2.0.1.
 */
export class Lab<Actions> implements AsyncDisposable {
  readonly version: OcppVersion
  readonly csms: Csms
  readonly tap: FrameTap
  readonly #notice: Notice
  readonly #patienceMs: number
  #station: ConnectedStation | undefined
  /** Of the file server. */
  readonly #folder: string

  private constructor(
    version: OcppVersion,
    csms: Csms,
    tap: FrameTap,
    own: { readonly folder: string; readonly notice: Notice; readonly patienceMs: number },
  ) {
    this.version = version
    this.csms = csms
    this.tap = tap
    this.#folder = own.folder
    this.#notice = own.notice
    this.#patienceMs = own.patienceMs
  }

  static async start<Actions>(
    version: OcppVersion,
    { tls, patienceMs = 20_000, ...options }: LabOptions = {},
  ): Promise<Lab<Actions>> {
    const notice: Notice = { changed: () => undefined, timeFlies: false, objections: [] }
    const folder = await mkdtemp(join(tmpdir(), 'csms-evidence-'))
    await writeFile(join(folder, firmwareFile), Buffer.alloc(100_000, 7))
    const csms = await startCsms({
      port: 0,
      validators,
      filesDir: folder,
      messageLog: 1000,
      tokens: [
        { idToken: 'T1', status: 'Accepted' },
        { idToken: 'GUEST', status: 'Accepted' },
      ],
      observer(event) {
        const expected =
          notice.timeFlies && event.type === 'finding' && event.finding.rule === ahead
        if (!expected && (event.type === 'finding' || event.type === 'handlerFailed')) {
          notice.objections.push(JSON.stringify(event))
        }
        notice.changed()
      },
      ...options,
    })
    const heard = () => notice.changed()
    const tap = await FrameTap.start(csms.url, tls ? { tls, heard } : { heard })
    return new Lab(version, csms, tap, { folder, notice, patienceMs })
  }

  /** Connects CP1 through the tap and boots it. */
  async connect(options: ConnectStationOptions = {}): Promise<StationActor> {
    this.#notice.timeFlies = (options.speed ?? 1) > 1
    this.#station = await connectStation(this.tap.url, {
      id: 'CP1',
      token: 'T1',
      protocol: this.version,
      ...options,
    })
    return this.#station.actor
  }

  get frames(): readonly TappedFrame[] {
    return this.tap.frames
  }

  /** What either side found wrong of the other. */
  get objections(): readonly string[] {
    return [...this.#notice.objections, ...Object.keys(this.#station?.violations() ?? {})]
  }

  /** A CALL as the operator sends it; to the payload of its CALLRESULT. */
  async command<Action extends string & keyof Actions>(
    action: Action,
    payload: RequestOf<Actions, Action>,
  ): Promise<ResponseOf<Actions, Action>> {
    const path = `/api/v1/stations/CP1/commands/${action}`
    const answer = (await this.#ask('POST', path, payload)) as {
      readonly payload?: ResponseOf<Actions, Action>
    }
    if (!answer.payload) throw new Error(`${action}: ${JSON.stringify(answer)}`)
    return answer.payload
  }

  /** What the operator is told of CP1, or of a part of it; undefined while nobody knows it. */
  async known<Part>(part = ''): Promise<Part | undefined> {
    const path = `/api/v1/stations/CP1${part === '' ? '' : `/${part}`}`
    return (await this.#ask('GET', path)) as Part | undefined
  }

  async transactions<Row>(): Promise<readonly Row[]> {
    return (await this.#ask('GET', '/api/v1/transactions')) as readonly Row[]
  }

  /** The operator changes a token. */
  async patchToken(idToken: string, change: object): Promise<void> {
    await this.#ask('PATCH', `/api/v1/tokens/${idToken}`, change)
  }

  /** Where stations fetch firmware, and bring logs. */
  get files(): { readonly firmware: string; readonly uploads: string; readonly path: string } {
    const base = `http://127.0.0.1:${this.csms.port}/files`
    return {
      firmware: `${base}/${firmwareFile}`,
      uploads: `${base}/uploads/`,
      path: join(this.#folder, firmwareFile),
    }
  }

  /** What a station brought, as the operator reads it; undefined while there is nothing. */
  async upload(name: string | undefined): Promise<string | undefined> {
    if (name === undefined) return undefined
    return (await this.#ask('GET', `/api/v1/files/uploads/${name}`)) as string | undefined
  }

  /** Looks at every frame and event until there is something to see. */
  async until<Found>(
    what: string,
    look: () => Found | undefined | Promise<Found | undefined>,
  ): Promise<Found> {
    const deadline = Date.now() + this.#patienceMs
    for (;;) {
      const changed = this.#change()
      const found = await look()
      if (found !== undefined) return found
      if (Date.now() > deadline) throw new Error(`nothing to see of ${what}: ${this.#latest()}`)
      await changed
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#station?.close()
    await this.tap[Symbol.asyncDispose]()
    await this.csms.close({ timeoutMs: 100 })
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** The next frame or event, or a while. */
  #change(): Promise<void> {
    return new Promise((resolve) => {
      const later = setTimeout(resolve, lookAgainMs)
      this.#notice.changed = () => {
        clearTimeout(later)
        resolve()
      }
    })
  }

  #latest(): string {
    return this.frames
      .slice(-12)
      .map(
        ({ from, kind, action, payload }) =>
          `\n${from} ${kind} ${action} ${JSON.stringify(payload)}`,
      )
      .join('')
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${this.csms.port}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (response.status === 404) return undefined
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`)
    return response.headers.get('content-type') === 'application/json' ? JSON.parse(text) : text
  }
}
