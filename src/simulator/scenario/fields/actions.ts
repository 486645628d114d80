import { actionInfo, actionsOf } from '../../../ocpp/action.ts'
import type { OcppVersion } from '../../../ocpp/version.ts'
import { ocppVersions } from '../../../ocpp/version.ts'
import type { Reader } from '../reader.ts'
import { type Span } from '../source-node.ts'
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

/** 1.6 names that traffic of 2.x stations may use: sent as TransactionEvent. */
const neutralNames: readonly string[] = ['StartTransaction', 'StopTransaction']

export function isNeutralAction(name: string): boolean {
  return neutralNames.includes(name)
}

type Side = 'station' | 'csms'

const sides: Readonly<Record<Side, string>> = { station: 'a station', csms: 'a CSMS' }

/** An action of the fleet's version that this side may send. */
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

/** As `action('station')`, and the version-neutral names of traffic. */
export function trafficAction(): Field<string> {
  const base = action('station')
  return {
    ...base,
    parse: (node, reader) =>
      node.kind === 'scalar' && isNeutralAction(node.text) ? node.text : base.parse(node, reader),
  }
}

/** The name if it is one; otherwise undefined, and reported. */
export function checkAction(
  name: string,
  span: Span,
  from: Side,
  reader: Reader,
): string | undefined {
  const version = reader.fleet?.version
  if (version === undefined) return name
  const info = actionInfo(version, name)
  if (info?.from === from || info?.from === 'both') return name
  if (info) return reader.report(span, `In ${version} ${sides[from]} never sends ${name}.`)
  const counterpart = counterparts[name]
  if (counterpart !== undefined && actionsFrom(version, from).includes(counterpart)) {
    return reader.report(span, `${version} has no ${name}; there it is ${counterpart}.`)
  }
  const message = `${version} has no action "${name}"`
  return reader.reportUnknown(span, message, name, actionsFrom(version, from))
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
