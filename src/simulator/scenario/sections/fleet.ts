import { checkAction } from '../../../document/fields/actions.ts'
import { list, mapOf, object } from '../../../document/fields/collections.ts'
import {
  type Field,
  mapped,
  optional,
  required,
  withDefault,
} from '../../../document/fields/field.ts'
import { integer, oneOf, text } from '../../../document/fields/scalars.ts'
import { steps } from '../../../document/fields/steps.ts'
import type { Reader } from '../../../document/reader.ts'
import { entryOf, type MapNode, type SourceNode } from '../../../document/source-node.ts'
import type { StepPlan } from '../../../document/step-form.ts'
import { type OcppVersion, ocppVersions } from '../../../ocpp/version.ts'
import { defaultTokenType } from '../../steps/id-token.ts'
import { builtinNames } from '../../steps/variables.ts'
import { traits } from '../fields/traits.ts'
import { FleetScope, fleetOf } from '../fleet-scope.ts'
import type { FleetPlan, StationTemplate } from '../plan.ts'
import { type ArrivalsDraft, arrivals } from './arrivals.ts'
import { connection } from './connection.ts'
import { identityTemplate } from './identity.ts'
import { security } from './security.ts'
import { defaultStation, station } from './station.ts'
import { checkBesideFile, readStationsFile, stations } from './stations.ts'
import { traffic } from './traffic.ts'

/** How many stations one fleet may have; the machine is the limit long before. */
const mostStations = 1_000_000

const token = object(
  {
    idToken: required(identityTemplate(36), 'A template like the id.'),
    type: withDefault(text({ longest: 20 }), 'Its kind in 2.x.', defaultTokenType),
  },
  { wants: 'an idToken like "T{station:05}"', shorthand: 'idToken' },
)

const reactions = mapOf(steps(), { wants: 'steps by action of the CSMS' })

const shape = object(
  {
    name: required(
      text({ wants: 'a name of letters, digits, "-" and "_"', pattern: /^[A-Za-z0-9_-]{1,40}$/ }),
      'What reports call it.',
    ),
    count: withDefault(integer({ min: 1, max: mostStations }), 'How many stations.', 1),
    id: withDefault(
      identityTemplate(48, ['fleet', 'index', 'station']),
      'Template of the identities.',
      '{fleet}-{index:05}',
    ),
    stations: optional(stations, 'The stations by name, in place of "count" and "id".'),
    protocol: withDefault(oneOf(ocppVersions), 'What the stations speak.', 'ocpp1.6'),
    password: optional(identityTemplate(40), 'Template of the Basic auth passwords.', 'none'),
    security: optional(
      security,
      'How they prove who they are, and what protects the connection.',
      'what URL and password come to',
    ),
    connection: optional(connection, 'What the connections are like.', 'plain'),
    token: withDefault(
      token,
      "Template of the stations' own idTokens.",
      { idToken: 'T{station:05}', type: defaultTokenType },
      'T{station:05}',
    ),
    station: optional(station, 'What the stations are made of.', 'one 22 kW connector'),
    traits: optional(
      traits,
      'What they do with CALLs of the CSMS that good stations would just serve.',
      'none',
    ),
    script: optional(steps(), 'What each station does.'),
    on: withDefault(reactions, 'What a CALL of the CSMS sets off, after its answer.', {}, '{}'),
    arrivals: optional(
      arrivals,
      'Drivers in the course of the simulated day: the stations stand, and each driver plays the script once on a free one.',
      'the script as the load says',
    ),
    traffic: withDefault(list(traffic), 'Open-model traffic besides the script.', [], '[]'),
  },
  { wants: 'a fleet {name, count, script}' },
)

/** A fleet as the file says it; ranges over the whole run are filled in later. */
export type FleetDraft = Omit<FleetPlan, 'firstIndex' | 'arrivals'> & {
  readonly arrivals: ArrivalsDraft | undefined
  /** False where the file says nothing of it: then the stations just boot. */
  readonly hasScript: boolean
  readonly node: MapNode
}

/** @param override the version of the command line, in place of the file's */
export function fleet(override: OcppVersion | undefined): Field<FleetDraft> {
  const drafted = mapped(shape, (given, node, reader): FleetDraft | undefined => {
    if (node.kind !== 'map') return undefined
    const { token: own, script, protocol, stations: named, ...rest } = given
    const version = fleetOf(reader)?.version ?? protocol
    const checkProtocol = override === undefined
    checkBesideFile(node, reader)
    const rows =
      named &&
      readStationsFile(named.file, node, reader, { fleet: rest.name, version, checkProtocol })
    if (named && !rows) return undefined
    return {
      ...rest,
      count: rows?.length ?? rest.count,
      stations: rows,
      node,
      script: script ?? bootOnly(node, reader),
      hasScript: script !== undefined,
      version,
      token: own.idToken,
      tokenType: own.type,
      station: given.station ?? defaultStation(reader, node.span),
    }
  })
  return {
    ...drafted,
    parse(node, reader) {
      if (node.kind !== 'map') {
        return reader.refuse(node, shape.wants)
      }
      const scope = scopeOf(node, override, reader)
      return reader.within(scope, () => {
        const draft = drafted.parse(node, reader)
        checkReactions(node, reader)
        reader.checkTemplates(scope, Object.keys(builtinNames))
        if (draft) checkPassword(draft, reader)
        return draft
      })
    },
  }
}

/** Version and plugs are read first: the steps are checked against them. */
function scopeOf(node: MapNode, override: OcppVersion | undefined, reader: Reader): FleetScope {
  const written = entryOf(node, 'protocol')?.value
  const said = ocppVersions.find(
    (version) => written?.kind === 'scalar' && version === written.text,
  )
  return new FleetScope(override ?? said ?? 'ocpp1.6', stationOf(node, reader).evses)
}

function bootOnly({ span }: MapNode, reader: Reader): StepPlan[] {
  const boot = { kind: 'scalar', value: 'boot', text: 'boot', span } as const
  return steps().parse({ kind: 'list', items: [boot], span }, reader) ?? []
}

/** Reports nothing of its own: what is wrong in it comes up again when the fleet is read. */
function stationOf(node: MapNode, reader: Reader): StationTemplate {
  const written = entryOf(node, 'station')?.value
  const parsed = written && station.parse(written, reader)
  return parsed ?? defaultStation(reader, node.span)
}

function checkReactions(node: MapNode, reader: Reader): void {
  const on = entryOf(node, 'on')?.value
  if (on?.kind !== 'map') return
  for (const { key, keySpan } of on.entries) checkAction(key, keySpan, 'csms', reader)
}

/** Profiles 1 and 2 are Basic authentication [1.6 SWP 2.3, 2.4]; a file may name passwords. */
function checkPassword(draft: FleetDraft, reader: Reader): void {
  const { security: plan, password, stations: rows } = draft
  const asks = plan?.profile === 1 || plan?.profile === 2
  if (!asks || password !== undefined || rows?.every((row) => row.password !== undefined)) return
  const message = `Security profile ${plan.profile} needs a "password", such as "{id}-0123456789".`
  reader.report(placeIn(draft, 'security'), message)
}

/** Where a fleet's key stands, for messages about several fleets. */
export function placeIn(draft: FleetDraft, key: string): SourceNode['span'] {
  return entryOf(draft.node, key)?.value.span ?? draft.node.span
}
