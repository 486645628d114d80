import { basename } from 'node:path'
import { expect } from 'vitest'
import type { EvidenceRow } from '../../scripts/reference/evidence.ts'
import { actionInfo } from '../../src/ocpp/action.ts'
import type { RequestOf } from '../../src/ocpp/rpc/service.ts'
import type { OcppVersion } from '../../src/ocpp/version.ts'
import type { TappedFrame } from '../helpers/frame-tap.ts'
import type { Lab } from './lab.ts'
import { Seen } from './seen.ts'

/** What one role does because of an exchange. */
export interface Claim<Actions> {
  /** `1.6 5.14`, `1.6 SWP A02`, `2.0.1 E03.FR.01`. */
  readonly clause: string
  /** What has to happen after the answer for the effect to show. */
  readonly afterwards?: () => unknown
  /**
   * Looks for the effect; tells in words what was seen, undefined while there is nothing. It is asked
   * once before the CALL, too, about all that was seen until then, and must find nothing.
   */
  readonly effect: (seen: Seen<Actions>) => string | undefined | Promise<string | undefined>
}

export interface Exchange<Actions, Action extends keyof Actions> {
  /** Who sends it; needed where both sides may. */
  readonly from?: 'station' | 'csms'
  /** Makes the side that sends it send it. */
  readonly call: () => unknown
  /** Which one is meant, where the same action comes more than once. */
  readonly which?: (request: RequestOf<Actions, Action>) => boolean
  readonly station: Claim<Actions>
  readonly csms: Claim<Actions>
}

/**
 * What the tests of one file saw. A row comes about only here: the tap saw the CALL and its CALLRESULT
 * (of a SEND, which has no answer: the SEND), neither effect was there before, both were there after,
 * and neither side found anything wrong of the other.
 */
export class Evidence<Actions> {
  readonly #version: OcppVersion
  readonly #name: string
  readonly #rows: EvidenceRow[] = []

  /** @param name of the file of this evidence */
  constructor(version: OcppVersion, name: string) {
    this.#version = version
    this.#name = name
  }

  async shows<Action extends string & keyof Actions>(
    lab: Lab<Actions>,
    action: Action,
    exchange: Exchange<Actions, Action>,
  ): Promise<void> {
    expect(lab.version).toBe(this.#version)
    const info = actionInfo(this.#version, action)
    const from = info?.from === 'both' ? exchange.from : info?.from
    if (!info || !from) throw new Error(`${action}: who sends it?`)
    await nothingYet(lab, action, exchange)
    const begun = lab.frames.length
    await exchange.call()
    const { settled, payload } = await lab.until(`${action} and its answer`, () =>
      settledIn(lab.frames, begun, { action, from, which: exchange.which }),
    )
    const effectOf = async (
      role: string,
      { afterwards, effect }: Claim<Actions>,
    ): Promise<string> => {
      await afterwards?.()
      return lab.until(`the effect of ${action} (${role})`, () =>
        effect(new Seen(lab.frames.slice(settled + 1), payload)),
      )
    }
    const csms = await effectOf('csms', exchange.csms)
    const station = await effectOf('station', exchange.station)
    expect(lab.objections).toEqual([])
    this.#rows.push({
      action,
      group: info.profile ?? info.block ?? '',
      from,
      answer: info.send ? 'nothing: SEND' : inShort(payload),
      station: { effect: station, clause: exchange.station.clause },
      csms: { effect: csms, clause: exchange.csms.clause },
      test: basename(expect.getState().testPath ?? ''),
    })
  }

  /** What was seen is what the page of docs/reference is made of; otherwise the test fails. */
  async isWrittenDown(): Promise<void> {
    const text = `${JSON.stringify(this.#rows, null, 2)}\n`
    await expect(text).toMatchFileSnapshot(`../seen/${this.#version}/${this.#name}.json`)
  }
}

/** The status of an answer, or the names of its fields: what else is in it differs from run to run. */
function inShort(answer: object): string {
  return 'status' in answer ? String(answer.status) : `{${Object.keys(answer).join(', ')}}`
}

async function nothingYet<Actions, Action extends string & keyof Actions>(
  lab: Lab<Actions>,
  action: Action,
  { station, csms }: Exchange<Actions, Action>,
): Promise<void> {
  const history = new Seen<Actions>(lab.frames.slice(), undefined)
  for (const { effect } of [station, csms]) {
    const seen = await effect(history)
    if (seen !== undefined) throw new Error(`seen before ${action} was sent: ${seen}`)
  }
}

/** Where the answer to the first CALL that is meant is, and what it says; or where the SEND is. */
function settledIn<Actions, Action extends keyof Actions>(
  frames: readonly TappedFrame[],
  begun: number,
  wanted: {
    readonly action: Action
    readonly from: 'station' | 'csms'
    readonly which: ((request: RequestOf<Actions, Action>) => boolean) | undefined
  },
): { readonly settled: number; readonly payload: object } | undefined {
  const { action, from, which } = wanted
  const asked = frames.findIndex(
    (frame, at) =>
      at >= begun &&
      (frame.kind === 'call' || frame.kind === 'send') &&
      frame.action === action &&
      frame.from === from &&
      (which?.(frame.payload as RequestOf<Actions, Action>) ?? true),
  )
  const call = frames[asked]
  if (!call) return undefined
  if (call.kind === 'send') return { settled: asked, payload: call.payload }
  const settled = frames.findIndex(
    ({ kind, id, connection, from: answerer }) =>
      (kind === 'result' || kind === 'error') &&
      answerer !== from &&
      id === call.id &&
      connection === call.connection,
  )
  const answer = frames[settled]
  if (!answer) return undefined
  if (answer.kind === 'error')
    throw new Error(`${String(action)}: ${JSON.stringify(answer.payload)}`)
  return { settled, payload: answer.payload }
}
