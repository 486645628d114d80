import type { RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { ordered } from '../../play/order.ts'
import type { Incoming } from '../../play/probe.ts'
import type { Move } from '../case.ts'
import { does } from '../moves.ts'

type Request = RequestOf<Actions201, 'GetVariables'>
type Row = Request['getVariableData'][number]
type Answered = ResponseOf<Actions201, 'GetVariables'>['getVariableResult'][number]

/** A variable that is to be read, and its value. */
export type Variable = Pick<Row, 'component' | 'variable'> & { readonly value: string }

interface Wanted {
  /** In one message, however it is read. */
  readonly atMost?: number
  readonly clause: string
}

/**
 * The CSMS reads these variables and nothing else. Without `atMost` in one message; other attributes
 * than the actual value may be asked for, too.
 */
export function reads(variables: readonly Variable[], { atMost, clause }: Wanted): Move {
  const names = variables.map(nameOf)
  return does(
    `the CSMS is made to read ${names.join(', ')}${atMost === undefined ? '' : `, at most ${atMost} at once`}`,
    async (scene) => {
      const { probe, timeoutMs } = scene.stage
      const getVariableData = variables.map(({ component, variable }) => ({ component, variable }))
      const asked = new Set<string>()
      const order = { action: 'GetVariables', payload: { getVariableData } }
      let incoming = await ordered(scene, order)
      let frame: number | undefined
      while (incoming) {
        frame = incoming.frame
        const rows = rowsOf(incoming)
        probe.result(incoming, { getVariableResult: rows.map((row) => answerTo(row, variables)) })
        for (const row of rows.filter(isActual)) asked.add(nameOf(row))
        if (atMost === undefined) break
        scene.check(`at most ${atMost} variables`, rows.length <= atMost, {
          detail: `${rows.length} variables in one message`,
          clause,
          frame,
        })
        incoming = names.every((name) => asked.has(name))
          ? undefined
          : await probe.arrivals.next('GetVariables', timeoutMs)
      }
      const missing = names.filter((name) => !asked.has(name))
      const others = [...asked].filter((name) => !names.includes(name))
      scene.check('GetVariables', missing.length + others.length === 0, {
        detail: `${listed('asked for', [...asked])}; ${listed('missing', missing)}; ${listed('not ordered', others)}`,
        clause,
        frame,
      })
    },
    ['GetVariables'],
  )
}

/** Those that can be read: what is no valid request is seen as such. */
function rowsOf({ payload }: Incoming): readonly Row[] {
  const { getVariableData } = payload as Partial<Request>
  return Array.isArray(getVariableData) ? getVariableData.filter(isRow) : []
}

function isRow(row: unknown): row is Row {
  const { component, variable } = (row ?? {}) as Partial<Row>
  return typeof component?.name === 'string' && typeof variable?.name === 'string'
}

/** The station has the actual value of what it knows, and no other attribute [2.0.1 B06.FR.06 to FR.11]. */
function answerTo(row: Row, variables: readonly Variable[]): Answered {
  const { component, variable, attributeType = 'Actual' } = row
  const known = variables.find((one) => nameOf(one) === nameOf(row))
  const result = { component, variable, attributeType }
  if (!known) return { ...result, attributeStatus: 'UnknownVariable' }
  if (!isActual(row)) return { ...result, attributeStatus: 'NotSupportedAttributeType' }
  return { ...result, attributeStatus: 'Accepted', attributeValue: known.value }
}

function isActual({ attributeType = 'Actual' }: Row): boolean {
  return attributeType === 'Actual'
}

function nameOf({ component, variable }: Pick<Row, 'component' | 'variable'>): string {
  const { name, instance } = variable
  return `${component.name}.${name}${instance === undefined ? '' : `[${instance}]`}`
}

function listed(what: string, names: readonly string[]): string {
  return `${what}: ${names.join(', ') || 'nothing'}`
}
