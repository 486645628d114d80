import { basename } from 'node:path'
import { expect } from 'vitest'
import type { EvidenceRow } from '../../scripts/reference/ocpp16.ts'
import { actions16 } from '../../src/ocpp/v16/actions.ts'
import type { TappedFrame } from '../helpers/frame-tap.ts'
import type { Lab } from './lab.ts'
import { type Action16, type Request16, Seen } from './seen.ts'

/** What one role does because of an exchange. */
export interface Claim {
  /** `1.6 5.14`, `1.6 SWP A02`. */
  readonly clause: string
  /** What has to happen after the answer for the effect to show. */
  readonly afterwards?: () => unknown
  /**
   * Looks for the effect; tells in words what was seen, undefined while there is nothing. It is asked
   * once before the CALL, too, about all that was seen until then, and must find nothing.
   */
  readonly effect: (seen: Seen) => string | undefined | Promise<string | undefined>
}

export interface Exchange<Action extends Action16> {
  /** Who sends it; needed where both sides may. */
  readonly from?: 'station' | 'csms'
  /** Makes the side that sends it send it. */
  readonly call: () => unknown
  /** Which one is meant, where the same action comes more than once. */
  readonly which?: (request: Request16<Action>) => boolean
  readonly station: Claim
  readonly csms: Claim
}

/**
 * What the tests of one file saw. A row comes about only here: the tap saw the CALL and its CALLRESULT,
 * neither effect was there before, both were there after, and
 * neither side found anything wrong of the other.
 */
export class Evidence {
  readonly #name: string
  readonly #rows: EvidenceRow[] = []

  /** @param name of the file of this evidence */
  constructor(name: string) {
    this.#name = name
  }

  async shows<Action extends Action16>(
    lab: Lab,
    action: Action,
    exchange: Exchange<Action>,
  ): Promise<void> {
    const { from: may, profile } = actions16[action]
    const from = may === 'both' ? exchange.from : may
    if (from === undefined) throw new Error(`${action}: who sends it?`)
    await nothingYet(lab, action, exchange)
    const begun = lab.frames.length
    await exchange.call()
    const { answered, payload } = await lab.until(`${action} and its answer`, () =>
      answerIn(lab.frames, begun, { action, from, which: exchange.which }),
    )
    const effectOf = async (role: string, { afterwards, effect }: Claim): Promise<string> => {
      await afterwards?.()
      return lab.until(`the effect of ${action} (${role})`, () =>
        effect(new Seen(lab.frames.slice(answered + 1), payload)),
      )
    }
    const csms = await effectOf('central system', exchange.csms)
    const station = await effectOf('charge point', exchange.station)
    expect(lab.objections).toEqual([])
    this.#rows.push({
      action,
      profile,
      from,
      answer: inShort(payload),
      station: { effect: station, clause: exchange.station.clause },
      csms: { effect: csms, clause: exchange.csms.clause },
      test: basename(expect.getState().testPath ?? ''),
    })
  }

  /** What was seen is what docs/reference/ocpp16.md is made of; otherwise the test fails. */
  async isWrittenDown(): Promise<void> {
    const text = `${JSON.stringify(this.#rows, null, 2)}\n`
    await expect(text).toMatchFileSnapshot(`evidence/${this.#name}.json`)
  }
}

/** The status of an answer, or the names of its fields: what else is in it differs from run to run. */
function inShort(answer: object): string {
  return 'status' in answer ? String(answer.status) : `{${Object.keys(answer).join(', ')}}`
}

async function nothingYet<Action extends Action16>(
  lab: Lab,
  action: Action,
  { station, csms }: Exchange<Action>,
): Promise<void> {
  const history = new Seen(lab.frames.slice(), undefined)
  for (const { effect } of [station, csms]) {
    const seen = await effect(history)
    if (seen !== undefined) throw new Error(`seen before ${action} was sent: ${seen}`)
  }
}

/** Where the answer to the first CALL that is meant is, and what it says. */
function answerIn<Action extends Action16>(
  frames: readonly TappedFrame[],
  begun: number,
  wanted: {
    readonly action: Action
    readonly from: 'station' | 'csms'
    readonly which: ((request: Request16<Action>) => boolean) | undefined
  },
): { readonly answered: number; readonly payload: object } | undefined {
  const { action, from, which } = wanted
  const call = frames.find(
    (frame, at) =>
      at >= begun &&
      frame.kind === 'call' &&
      frame.action === action &&
      frame.from === from &&
      (which?.(frame.payload as Request16<Action>) ?? true),
  )
  if (!call) return undefined
  const answered = frames.findIndex(
    (frame) =>
      frame.kind !== 'call' &&
      frame.from !== from &&
      frame.id === call.id &&
      frame.connection === call.connection,
  )
  const answer = frames[answered]
  if (!answer) return undefined
  if (answer.kind === 'error') throw new Error(`${action}: ${JSON.stringify(answer.payload)}`)
  return { answered, payload: answer.payload }
}
