import type { ConformanceCase } from '../../src/conformance/cases/case.ts'
import type { Hook } from '../../src/conformance/hooks/hook.ts'
import type { CaseResult } from '../../src/conformance/play/verdict.ts'
import { runConformance } from '../../src/conformance/run/conformance-run.ts'
import { defaultFixtures, type Fixtures } from '../../src/conformance/run/fixtures.ts'
import type { Dial } from '../../src/ocpp/dial.ts'
import { memorySockets } from '../../src/ocpp/memory-socket.ts'
import { encodeCall, encodeCallResult, messageType, parseFrame } from '../../src/ocpp/rpc/frame.ts'
import { PayloadValidators } from '../../src/ocpp/schemas.ts'
import { officialValidators } from '../../src/platform/official-validators.ts'
import { realClock } from '../../src/platform/real-clock.ts'

type Payload = Readonly<Record<string, unknown>>

interface Reaction {
  /** Of its answer; default: it is empty. */
  readonly answer?: object
  /** What it asks the station then. */
  readonly asks?: readonly [action: string, payload: object]
  /** It hangs up after its answer. */
  readonly closes?: boolean
  /** It hangs up in place of an answer, with this reason. */
  readonly fails?: string
}

const currentTime = '2026-01-01T00:00:00Z'
const accepted = { idTokenInfo: { status: 'Accepted' } }
const sound: Readonly<Record<string, object>> = {
  BootNotification: { status: 'Accepted', interval: 300, currentTime },
  Heartbeat: { currentTime },
  Authorize: accepted,
  TransactionEvent: accepted,
}

/** A CSMS of 2.x in a few words: sound, but for what a test has it say. */
export class MadeUpCsms {
  /** Ids of its CALLs that the station answered. */
  readonly answered: string[] = []
  readonly #reaction: (action: string, payload: Payload) => Reaction
  readonly #obeys: ((action: string, payload: Payload) => readonly object[]) | undefined
  /** CALLs that hooks ordered and that wait for the one before them. */
  readonly #waiting: { readonly action: string; readonly payload: object }[] = []
  #ordered = 0
  #send: (text: string) => void = () => {}

  /** @param obeys the payloads that it sends where a hook orders something; default: no hook is there */
  constructor(
    reaction: (action: string, payload: Payload) => Reaction,
    obeys?: (action: string, payload: Payload) => readonly object[],
  ) {
    this.#reaction = reaction
    this.#obeys = obeys
  }

  /**
   * The verdict of a case, and what it is about.
   *
   * @param fixtures beside the usual ones
   * @param timeoutMs for what is to come: longer where it is not made in memory
   */
  async judge(
    one: ConformanceCase,
    fixtures: Partial<Fixtures> = {},
    timeoutMs = 200,
  ): Promise<readonly string[]> {
    const results = await runConformance({
      version: one.version,
      target: { url: 'ws://csms/', headers: {} },
      cases: [one],
      hooks: this.#obeys ? [this.#hook(this.#obeys)] : [],
      fixtures: { ...defaultFixtures, ...fixtures },
      stationId: () => 'CS1',
      dial: this.#dial,
      validators,
      clock: realClock,
      runId: 'made',
      parallel: 1,
      retries: 0,
      timeoutMs,
      silenceMs: 50,
    })
    return results.flatMap(wordsOf)
  }

  #hook(obeys: (action: string, payload: Payload) => readonly object[]): Hook {
    return {
      name: 'made up',
      can: () => true,
      order: ({ action, payload }) => {
        const sends = obeys(action, { ...payload }).map((one) => ({ action, payload: one }))
        this.#waiting.push(...sends)
        this.#next()
        return Promise.resolve({ kind: 'accepted' })
      },
    }
  }

  #next(): void {
    const next = this.#waiting.shift()
    if (!next) return
    this.#ordered += 1
    this.#send(encodeCall(`ordered-${this.#ordered}`, next.action, next.payload))
  }

  readonly #dial: Dial = ({ protocols }, { opened }) => {
    const version = protocols[0] === 'ocpp2.1' ? 'ocpp2.1' : 'ocpp2.0.1'
    const [ours, theirs] = memorySockets(protocols[0] ?? '')
    this.#send = (text) => ours.send(text)
    ours.listen({
      text: (text) => {
        const { frame } = parseFrame(text, version)
        if (frame?.type === messageType.callResult) {
          this.answered.push(frame.id)
          this.#next()
        }
        if (frame?.type !== messageType.call) return
        const { id, action, payload } = frame
        const reaction = this.#reaction(action, { ...payload })
        const { answer = sound[action] ?? {}, asks, closes = false, fails } = reaction
        if (fails !== undefined) {
          ours.close(1011, fails)
          return
        }
        ours.send(encodeCallResult(id, answer))
        if (asks) ours.send(encodeCall(`asks-${id}`, ...asks))
        if (closes) ours.close(1008)
      },
      binary: () => {},
      closed: () => {},
    })
    queueMicrotask(() => opened(theirs))
    return () => {}
  }
}

const validators = new PayloadValidators(officialValidators)

function wordsOf({ verdict, checks }: CaseResult): readonly string[] {
  return [verdict, ...checks.filter(({ passed }) => !passed).map(({ detail }) => detail)]
}

/** What a CSMS makes of the needs of an EV. */
export interface EvPlanning {
  /** Of its answer; default Accepted. */
  readonly status?: string
  /** That its profile is for; default the one that runs. */
  readonly transactionId?: string
  readonly schedules: readonly object[]
}

/** One that sends a TxProfile of these schedules for whatever an EV needs. */
export function planningCsms({
  status = 'Accepted',
  transactionId,
  schedules,
}: EvPlanning): MadeUpCsms {
  let known = ''
  return new MadeUpCsms((action, payload) => {
    const { transactionInfo } = payload
    if (transactionInfo) known = (transactionInfo as { transactionId: string }).transactionId
    if (action === 'NotifyEVChargingSchedule') return { answer: { status: 'Accepted' } }
    if (action !== 'NotifyEVChargingNeeds') return {}
    const chargingProfile = {
      id: 1,
      stackLevel: 0,
      chargingProfilePurpose: 'TxProfile',
      chargingProfileKind: 'Absolute',
      transactionId: transactionId ?? known,
      chargingSchedule: schedules,
    }
    return { answer: { status }, asks: ['SetChargingProfile', { evseId: 1, chargingProfile }] }
  })
}
