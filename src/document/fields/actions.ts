import { actionInfo, actionsOf } from '../../ocpp/action.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import { ocppVersions } from '../../ocpp/version.ts'
import type { Reader } from '../reader.ts'
import type { Span } from '../source-node.ts'
import type { Field, JsonSchema } from './field.ts'

/** What 1.6 and 2.x call the same thing. */
const counterparts: Readonly<Record<string, string>> = {
  RemoteStartTransaction: 'RequestStartTransaction',
  RemoteStopTransaction: 'RequestStopTransaction',
  GetConfiguration: 'GetVariables',
  ChangeConfiguration: 'SetVariables',
  StartTransaction: 'TransactionEvent',
  StopTransaction: 'TransactionEvent',
  RequestStartTransaction: 'RemoteStartTransaction',
  RequestStopTransaction: 'RemoteStopTransaction',
  GetVariables: 'GetConfiguration',
  SetVariables: 'ChangeConfiguration',
}

/** Who sends a CALL. */
export type Side = 'station' | 'csms'

const sides: Readonly<Record<Side, string>> = { station: 'a station', csms: 'a CSMS' }

/** An action that this side may send in a version of the part being read. */
export function action(from: Side): Field<string> {
  const wants = `an OCPP action that ${sides[from]} sends`
  return {
    wants,
    parse(node, reader) {
      if (node.kind !== 'scalar') {
        return reader.refuse(node, wants)
      }
      return checkAction(node.text, node.span, from, reader)
    },
    schema: () => ({ $ref: `#/definitions/${definitionNames[from]}` }),
  }
}

/** The name if it is one; otherwise undefined, and reported. */
export function checkAction(
  name: string,
  span: Span,
  from: Side,
  reader: Reader,
): string | undefined {
  const versions = reader.scope?.versions
  if (versions === undefined) return name
  const infos = versions.flatMap((version) => actionInfo(version, name) ?? [])
  if (infos.some((info) => info.from === from || info.from === 'both')) return name
  const [first] = versions
  const only = versions.length === 1 ? first : undefined
  const where = only ?? 'OCPP'
  if (infos.length > 0)
    return reader.report(span, `In ${where} ${sides[from]} never sends ${name}.`)
  const names = [...new Set(versions.flatMap((version) => actionsFrom(version, from)))]
  const counterpart = counterparts[name]
  if (only !== undefined && counterpart !== undefined && names.includes(counterpart)) {
    return reader.report(span, `${only} has no ${name}; there it is ${counterpart}.`)
  }
  return reader.reportUnknown(span, `${where} has no action "${name}"`, name, names)
}

/** The actions of a version that this side may send. */
export function actionsFrom(version: OcppVersion, from: Side): readonly string[] {
  return Object.keys(actionsOf[version]).filter((name) => {
    const info = actionInfo(version, name)
    return info?.from === from || info?.from === 'both'
  })
}

const definitionNames = { station: 'stationAction', csms: 'csmsAction' } as const

/** What the schemas of `action` refer to: the names of all versions. */
export function actionDefinitions(): Readonly<Record<string, JsonSchema>> {
  const everyAction = (from: Side) =>
    [...new Set(ocppVersions.flatMap((version) => actionsFrom(version, from)))].sort()
  return {
    [definitionNames.station]: { enum: everyAction('station') },
    [definitionNames.csms]: { enum: everyAction('csms') },
  }
}
