import { checkAction } from '../../document/fields/actions.ts'
import { list, object } from '../../document/fields/collections.ts'
import { errorCode } from '../../document/fields/error-code.ts'
import { type Field, mapped, optional, withDefault } from '../../document/fields/field.ts'
import { duration } from '../../document/fields/quantities.ts'
import { rawFrame } from '../../document/fields/raw-frame.ts'
import { boolean, integer } from '../../document/fields/scalars.ts'
import { matcher, payload, template } from '../../document/fields/values.ts'
import type { Reader } from '../../document/reader.ts'
import type { SourceNode } from '../../document/source-node.ts'
import type { RpcErrorCode } from '../../ocpp/rpc/error-codes.ts'
import type { AnswerKind, AnswerPlan } from './plan.ts'

/** What may stand in place of the management system's own answer. */
export const answerShape = {
  with: optional(payload(), 'Answer with this payload, valid or not.'),
  change: optional(
    payload(),
    "Csms's own answer with these values in it; `$absent` leaves a key out.",
  ),
  callError: optional(errorCode(), 'Answer with a CALLERROR of this code.'),
  description: withDefault(template(255), 'Of the CALLERROR.', '', '""'),
  never: withDefault(boolean(), 'Do not answer at all.', false),
  raw: optional(
    rawFrame,
    'Send this text in place of an answer; `{messageId}` is the id of the CALL.',
  ),
  close: optional(
    integer({ min: 1000, max: 4999, wants: 'a close code' }),
    'Close the socket in place of an answer; 1006 drops it.',
  ),
  after: withDefault(duration(), 'Real time to let pass before the answer.', 0, '0s'),
} as const

interface Given {
  readonly with: object | undefined
  readonly change: object | undefined
  readonly callError: RpcErrorCode | undefined
  readonly description: string
  readonly never: boolean
  readonly raw: string | undefined
  readonly close: number | undefined
}

/** What an answer says, or undefined where it says more than one thing. */
export function answerKind(given: Given, node: SourceNode, reader: Reader): AnswerKind | undefined {
  const said: AnswerKind[] = []
  if (given.with) said.push({ kind: 'with', payload: given.with })
  if (given.change) said.push({ kind: 'change', payload: given.change })
  if (given.callError !== undefined) {
    said.push({ kind: 'callError', code: given.callError, description: given.description })
  }
  if (given.never) said.push({ kind: 'never' })
  if (given.raw !== undefined) said.push({ kind: 'raw', text: given.raw })
  if (given.close !== undefined) said.push({ kind: 'close', code: given.close })
  if (said.length <= 1) return said[0] ?? { kind: 'own' }
  const message =
    'An answer is one of "with", "change", "callError", "never: true", "raw" or "close".'
  return reader.report(node.span, message)
}

const shaped = object(
  {
    ...answerShape,
    times: optional(
      integer({ min: 1, max: 1_000_000 }),
      'For so many CALLs.',
      '1 in a list, else all there are',
    ),
    when: optional(matcher(), 'Only for CALLs that look like this.'),
  },
  { wants: 'an answer like {callError: InternalError}' },
)

const wants = 'own, or an answer like {callError: InternalError}'

const full = mapped(shaped, (given, node, reader): AnswerPlan | undefined => {
  if (node.kind === 'map' && node.entries.length === 0) return reader.refuse(node, wants)
  const what = answerKind(given, node, reader)
  return what && { what, when: given.when, afterMs: given.after, times: given.times }
})

/** One answer; `own` is what the management system answers by itself. */
export const answer = {
  wants,
  shape: shaped.shape,
  shorthand: undefined,
  parse(node: SourceNode, reader: Reader): AnswerPlan | undefined {
    if (node.kind !== 'scalar') return full.parse(node, reader)
    if (node.text !== 'own') return reader.refuse(node, wants)
    return { what: { kind: 'own' }, when: undefined, afterMs: 0, times: undefined }
  },
  schema: () => ({ anyOf: [{ enum: ['own'] }, shaped.schema()] }),
} satisfies Field<AnswerPlan> & { readonly shape: unknown; readonly shorthand: undefined }

const inTurn = list(answer, 'answers, each for the next CALL')

const table = 'answers by action like {Authorize: {after: 3s}}'

/** Answers by action: one for every CALL, or a list of them, each for the next. */
export const answers: Field<Readonly<Record<string, readonly AnswerPlan[]>>> = {
  wants: table,
  parse(node, reader) {
    if (node.kind !== 'map') return reader.refuse(node, table)
    const read = node.entries.map(({ key, keySpan, value }) => {
      const action = checkAction(key, keySpan, 'station', reader)
      const plans = reader.underKey(key, () => answersTo(value, reader))
      return action === undefined || !plans ? undefined : ([action, plans] as const)
    })
    return read.every((entry) => entry !== undefined) ? Object.fromEntries(read) : undefined
  },
  schema: () => ({
    type: 'object',
    propertyNames: { $ref: '#/definitions/stationAction' },
    additionalProperties: {
      anyOf: [answer.schema(), { type: 'array', items: answer.schema(), minItems: 1 }],
    },
  }),
}

function answersTo(node: SourceNode, reader: Reader): readonly AnswerPlan[] | undefined {
  if (node.kind !== 'list') {
    const one = answer.parse(node, reader)
    return one && [one]
  }
  if (node.items.length === 0) return reader.report(node.span, `An empty list; it wants ${wants}.`)
  return inTurn.parse(node, reader)?.map((plan) => ({ ...plan, times: plan.times ?? 1 }))
}
