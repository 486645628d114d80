import type { ConformanceCase } from '../../src/conformance/cases/case.ts'
import type { Hook } from '../../src/conformance/hooks/hook.ts'
import { runConformance } from '../../src/conformance/run/conformance-run.ts'
import { EmbeddedTarget } from '../../src/conformance/run/embedded-target.ts'
import type { Fixtures } from '../../src/conformance/run/fixtures.ts'
import { ScriptDirector } from '../../src/csms/script/director.ts'
import type { AnswerKind, ScriptPart } from '../../src/csms/script/plan.ts'
import { PayloadValidators } from '../../src/ocpp/schemas.ts'
import type { OcppVersion } from '../../src/ocpp/version.ts'
import { officialValidators } from '../../src/platform/official-validators.ts'
import { realClock } from '../../src/platform/real-clock.ts'
import { webSocketDial } from '../../src/transport/websocket-client.ts'
import { shortId } from './red-cases.ts'

/** What a CSMS answers that it should not. */
interface FaultyAnswer {
  /** In words: the name of its test. */
  readonly is: string
  readonly action: string
  /** Which CALLs; default: all of them. */
  readonly when?: unknown
  /** Default: CALLERROR InternalError. */
  readonly what?: AnswerKind
  /** So many are answered well before. */
  readonly after?: number
}

/** A fault, and the cases that see it. */
export interface SeenFault extends FaultyAnswer {
  /** Which cases are played. */
  readonly ids: RegExp
  /** Which of them are red, without `TC_` and `_CSMS`. */
  readonly red: string
}

/** Other fields than those that the CSMS would answer. */
export const change = (payload: object): AnswerKind => ({ kind: 'change', payload })

const fails: AnswerKind = { kind: 'callError', code: 'InternalError', description: '' }

interface Played {
  readonly cases: readonly ConformanceCase[]
  /** Index of the fault; undefined: none. */
  readonly fault?: number
  readonly hooks?: readonly Hook[]
  /** In place of those of the target. */
  readonly fixtures?: Partial<Fixtures>
  readonly timeoutMs?: number
  /** Default 4. */
  readonly parallel?: number
}

/** One for all: to compile a schema takes longer than to play a case. */
const validators = new PayloadValidators(officialValidators)

/** The embedded CSMS, which has each of its faults where stations with certain names are concerned. */
export class FaultyTarget implements AsyncDisposable {
  readonly #version: OcppVersion
  readonly #target: EmbeddedTarget

  private constructor(version: OcppVersion, target: EmbeddedTarget) {
    this.#version = version
    this.#target = target
  }

  static async start(version: OcppVersion, faults: readonly FaultyAnswer[]): Promise<FaultyTarget> {
    const script = new ScriptDirector({
      name: 'faults',
      description: '',
      file: '',
      vars: [],
      parts: faults.map((fault, at) => partOf(version, fault, at)),
      until: { stations: undefined, withinMs: undefined, idleMs: 0 },
      tolerate: [],
    })
    return new FaultyTarget(version, await EmbeddedTarget.start({ script }))
  }

  get hooks(): readonly Hook[] {
    return this.#target.hooks
  }

  /** The cases that are not green, of those that may be played side by side and without waiting. */
  async redOf(played: Played): Promise<string> {
    const { cases, fault, hooks = this.hooks, fixtures, timeoutMs = 10_000, parallel = 4 } = played
    const results = await runConformance({
      version: this.#version,
      target: this.#target.target,
      cases: cases.filter(({ tags }) => !tags.includes('alone') && !tags.includes('slow')),
      hooks,
      fixtures: { ...this.#fixtures, ...fixtures },
      stationId: (lane) => stationOf(fault ?? 'none', lane),
      dial: webSocketDial(),
      validators,
      clock: realClock,
      runId: 'fault',
      parallel,
      retries: 0,
      timeoutMs,
      silenceMs: 500,
    })
    const red = results.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip')
    return red.map(({ id }) => shortId(id)).join(' ')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#target[Symbol.asyncDispose]()
  }

  /** Its script is that of the faults: it keeps nobody Pending. */
  get #fixtures(): Fixtures {
    const { pendingModel: _keptByNobody, ...fixtures } = this.#target.fixtures
    return fixtures
  }
}

const stationOf = (fault: number | string, lane: number | string) => `FAULT${fault}-${lane}`

function partOf(
  version: OcppVersion,
  { action, when, what = fails, after }: FaultyAnswer,
  at: number,
): ScriptPart {
  const plan = { when: when === undefined ? undefined : { matches: when }, afterMs: 0 }
  const well = { ...plan, what: { kind: 'own' }, times: after } as const
  const badly = { ...plan, what, times: undefined }
  return {
    stations: [stationOf(at, '*')],
    protocol: version,
    answers: { [action]: after === undefined ? [badly] : [well, badly] },
    script: undefined,
  }
}
