import type { Domain } from '../domain/domain.ts'
import type { Station } from '../domain/station.ts'
import { type Parameters, type ValuesOf, wholeParameter } from './parameters.ts'
import { list, map, ref, type Schema } from './schema.ts'

/** Parameters of a part, plain data on its way to the process that owns the station. */
export type PartQuery = Readonly<Record<string, unknown>>

/** What a part is read from, in the process that owns the station. */
export interface PartSources {
  readonly station: Station
  readonly domain: Domain
}

/** Something that is known of one station, at `/api/v1/stations/{stationId}/<name>`. */
export interface Part {
  readonly summary: string
  readonly query: Parameters
  readonly schema: Schema
  readonly view: (sources: PartSources, query: PartQuery) => unknown
}

function part<const Query extends Parameters = Readonly<Record<never, never>>>(
  definition: Omit<Part, 'query' | 'view'> & {
    readonly query?: Query
    readonly view: (sources: PartSources, query: ValuesOf<Query>) => unknown
  },
): Part {
  const { view, query, ...rest } = definition
  return {
    ...rest,
    query: query ?? {},
    view: (sources, values) => view(sources, values as ValuesOf<Query>),
  }
}

/** Every part by its path segment: a line here is a route, a row of the document and of the client. */
export const stationParts = {
  connectors: part({
    summary: 'The last status of every connector',
    query: { connectorId: wholeParameter('Only this connector.', 0) },
    schema: list('Connectors, in the order in which they were heard of.', ref('Connector')),
    view: ({ station }, { connectorId }) =>
      station.record.connectors.filter(
        (connector) => connectorId === undefined || connector.connectorId === connectorId,
      ),
  }),
  configuration: part({
    summary: '1.6: the configuration keys as the station last told them',
    schema: map('By key. Secrets have no value.', ref('ConfigurationValue')),
    view: ({ station }) => station.record.configuration,
  }),
  variables: part({
    summary: '2.x: the device model as the station last reported it',
    schema: list('Component variables.', ref('Variable')),
    view: ({ station }) => Object.values(station.record.variables),
  }),
  'meter-values': part({
    summary: 'The latest meter values of every connector',
    schema: list('As they stood on the wire.', ref('MeterValue')),
    view: ({ station }) => station.meterValues.list(),
  }),
} as const satisfies Readonly<Record<string, Part>>

export type PartName = keyof typeof stationParts
