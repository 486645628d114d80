import { action } from '../../../document/fields/actions.ts'
import { list, object } from '../../../document/fields/collections.ts'
import { errorCode } from '../../../document/fields/error-code.ts'
import { type Field, mapped, withDefault } from '../../../document/fields/field.ts'
import { duration, percent } from '../../../document/fields/quantities.ts'
import { everyAction, type Said, traitsPlan } from '../traits-plan.ts'

/** An action of the CSMS, or all of them. */
const actionOrAll: Field<Said<undefined>> = {
  wants: 'an action of the CSMS, or all',
  parse(node, reader) {
    const isAll = node.kind === 'scalar' && node.text === everyAction
    const name = isAll ? everyAction : action('csms').parse(node, reader)
    return name === undefined ? undefined : { action: name, value: undefined, span: node.span }
  },
  schema: () => ({ anyOf: [action('csms').schema(), { enum: [everyAction] }] }),
}

/** Several actions, or one without the list around it. */
const actions: Field<readonly Said<undefined>[]> = {
  wants: 'actions of the CSMS like [Reset, ClearCache], or all',
  parse(node, reader) {
    if (node.kind === 'list') return list(actionOrAll).parse(node, reader)
    const one = actionOrAll.parse(node, reader)
    return one && [one]
  },
  schema: () => ({ anyOf: [actionOrAll.schema(), list(actionOrAll).schema()] }),
}

/** A value for all actions, or for each that is named. */
function byAction<Value>(value: Field<Value>): Field<readonly Said<Value>[]> {
  return {
    wants: `${value.wants}, for all actions or by action`,
    parse(node, reader) {
      if (node.kind !== 'map') {
        const read = value.parse(node, reader)
        return read === undefined
          ? undefined
          : [{ action: everyAction, value: read, span: node.span }]
      }
      const said = node.entries.map(({ key, keySpan: span, value: inner }) => {
        const name = actionOrAll.parse({ kind: 'scalar', value: key, text: key, span }, reader)
        const read = value.parse(inner, reader)
        return name && read !== undefined ? { action: name.action, value: read, span } : undefined
      })
      return said.every((one) => one !== undefined) ? said : undefined
    },
    schema: () => ({
      anyOf: [
        value.schema(),
        {
          type: 'object',
          propertyNames: actionOrAll.schema(),
          additionalProperties: value.schema(),
        },
      ],
    }),
  }
}

const shape = object(
  {
    rejects: withDefault(
      actions,
      'Answered with the status that refuses, and nothing else is done.',
      [],
      'none',
    ),
    ignores: withDefault(actions, 'Never answered.', [], 'none'),
    callErrors: withDefault(byAction(errorCode()), 'Answered with this CALLERROR.', [], 'none'),
    garbage: withDefault(actions, 'Answered against the schema of the answer.', [], 'none'),
    slow: withDefault(
      byAction(duration({ min: 1 })),
      'Real time before the answer, and before what the station does.',
      [],
      'none',
    ),
    share: withDefault(
      percent(),
      'So many of the stations; which, is a matter of seed and identity alone.',
      1,
      '100%',
    ),
  },
  { wants: 'traits like {rejects: [Reset], slow: 2s}' },
)

/** What stations of a fleet do with CALLs of the CSMS that a good station would just serve. */
export const traits = mapped(shape, traitsPlan)
