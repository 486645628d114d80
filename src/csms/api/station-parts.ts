import { certificatesView } from '../domain/certificates.ts'
import { compositeView } from '../domain/composite-view.ts'
import { displayMessagesOf } from '../domain/display-messages.ts'
import type { Domain } from '../domain/domain.ts'
import { reservationsOf } from '../domain/reservations.ts'
import { securityView } from '../domain/security.ts'
import type { Station } from '../domain/station.ts'
import { eventsOf } from '../domain/station-events.ts'
import { variablesOf } from '../domain/variables.ts'
import {
  choiceParameter,
  flagParameter,
  type Parameters,
  textParameter,
  type ValuesOf,
  wholeParameter,
} from './parameters.ts'
import { list, map, ref, type Schema, text } from './schema.ts'

/** Parameters of a part, plain data on its way to the process that owns the station. */
export type PartQuery = Readonly<Record<string, unknown>>

/** What a part is read from, in the process that owns the station. */
interface PartSources {
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

/** Seconds: a year. */
const longestSchedule = 366 * 86_400
const mostConnectors = 1_000

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
    query: {
      component: textParameter('Only components of this name.'),
      variable: textParameter('Only variables of this name.'),
      evseId: wholeParameter('Only what belongs to this EVSE; 0: to none.', 0),
      settable: flagParameter('Only what can be set, or what cannot.'),
    },
    schema: list('Component variables.', ref('Variable')),
    view: ({ station }, query) => variablesOf(station.record, query),
  }),
  reports: part({
    summary: '2.x: how far the latest reports of the device model have come, by requestId',
    schema: map('Reports.', ref('Report')),
    view: ({ station }) => Object.fromEntries(station.reports),
  }),
  'network-profiles': part({
    summary: '2.x: the connection profiles that the station accepted, by slot',
    schema: list('Profiles, without their secrets.', ref('NetworkProfile')),
    view: ({ station }) => station.record.networkProfiles ?? [],
  }),
  availability: part({
    summary: 'What was ordered of each connector last',
    schema: list('Orders.', ref('Availability')),
    view: ({ station }) => station.record.availability ?? [],
  }),
  reservations: part({
    summary: 'Reservations that the station accepted, oldest first, as they stand now',
    query: { active: flagParameter('Only those that are Active, or have ended.') },
    schema: list('Reservations.', ref('Reservation')),
    view: ({ station, domain }, { active }) =>
      reservationsOf(station.record, domain.clock.wallMs()).filter(
        ({ state }) => active === undefined || (state === 'Active') === active,
      ),
  }),
  'display-messages': part({
    summary: '2.x: the messages that the station shows, as far as they are known',
    schema: list('Messages.', ref('DisplayMessage')),
    view: ({ station, domain }) =>
      displayMessagesOf(station.record, (id) => station.transaction(id), domain.clock.wallMs()),
  }),
  'charging-profiles': part({
    summary: 'Charging profiles that the station has, as far as is known',
    schema: list('Profiles.', ref('ChargingProfile')),
    view: ({ station }) => station.record.chargingProfiles ?? [],
  }),
  'composite-schedule': part({
    summary: 'What the accepted profiles leave from now on; it knows no hardware',
    query: {
      connectorId: wholeParameter('0: the station as a whole; default 1.', 0, mostConnectors),
      evseId: wholeParameter('2.x, likewise.', 0, mostConnectors),
      duration: wholeParameter('Seconds; default a day.', 1, longestSchedule),
      unit: choiceParameter('Of the limits; default W.', ['A', 'W']),
      voltage: wholeParameter('Phase to neutral; default 230.', 1, 1_000),
    },
    schema: ref('CompositeSchedule'),
    view: (
      { station, domain },
      { connectorId = 1, evseId, duration = 86_400, unit = 'W', voltage = 230 },
    ) => compositeView(domain, station, { place: evseId ?? connectorId, duration, unit, voltage }),
  }),
  'charging-limits': part({
    summary: '2.x: limits that somebody else set at the station, as it told',
    schema: list('Limits, oldest first.', ref('ChargingLimit')),
    view: ({ station }) => station.record.chargingLimits ?? [],
  }),
  'ev-charging': part({
    summary: '2.x: what the EVs at the station told over ISO 15118, by EVSE',
    schema: list('EVs.', ref('EvCharging')),
    view: ({ station }) => station.record.evCharging ?? [],
  }),
  'priority-charging': part({
    summary: '2.1: transactions that have priority',
    schema: list('Transaction ids.', text('As the station made it.')),
    view: ({ station }) => station.record.priorityCharging ?? [],
  }),
  'local-list': part({
    summary: 'What is known of the local authorization list',
    schema: ref('LocalList'),
    view: ({ station }) => station.record.localList ?? {},
  }),
  firmware: part({
    summary: 'The latest firmware update',
    schema: ref('Firmware'),
    view: ({ station }) => station.record.firmware ?? {},
  }),
  publications: part({
    summary: '2.x: firmware that a local controller was told to publish, oldest first',
    schema: list('Publications.', ref('Publication')),
    view: ({ station }) => station.record.publications ?? [],
  }),
  logs: part({
    summary: 'Diagnostics and logs that the station was asked for, oldest first',
    schema: list('Logs.', ref('Log')),
    view({ station }) {
      const { diagnostics, logs = [] } = station.record
      return diagnostics ? [diagnostics, ...logs] : logs
    },
  }),
  monitoring: part({
    summary:
      '2.x: monitoring base and level as set here, and the monitors as far as they are known',
    schema: ref('Monitoring'),
    view: ({ station }) => station.record.monitoring ?? { monitors: [] },
  }),
  events: part({
    summary: '2.x: the latest events that the station told, oldest first',
    query: {
      component: textParameter('Only of components of this name.'),
      variable: textParameter('Only of variables of this name.'),
      monitorId: wholeParameter('Only of this monitor.', 0),
      severity: wholeParameter('Only as severe as this, or more: 0 is the most severe.', 0, 9),
    },
    schema: list('Events.', ref('StationEvent')),
    view: ({ station }, query) => eventsOf(station.record, query),
  }),
  'event-streams': part({
    summary: '2.1: periodic event streams, oldest first, each with its latest values',
    schema: list('Streams.', ref('EventStream')),
    view: ({ station }) => station.record.eventStreams ?? [],
  }),
  'customer-information': part({
    summary: '2.x: what the station was asked of customers and told, oldest first',
    schema: list('Requests.', ref('CustomerInformation')),
    view: ({ station }) => station.record.customerInformation ?? [],
  }),
  certificates: part({
    summary: 'Certificates that were signed for the station, and the roots it has',
    schema: ref('Certificates'),
    view: ({ station }) => certificatesView(station.record),
  }),
  'security-events': part({
    summary: 'Security events that the station told, oldest first',
    schema: list('Events.', ref('SecurityEvent')),
    view: ({ station }) => station.record.securityEvents ?? [],
  }),
  security: part({
    summary: 'How the station connected last, and what its next connection must be like',
    schema: ref('Security'),
    view: ({ station }) => securityView(station.record),
  }),
  tariffs: part({
    summary: '2.1: the tariffs that the station has, as far as is known',
    schema: list('Tariffs.', ref('StationTariff')),
    view: ({ station }) => station.record.tariffs ?? [],
  }),
  settlements: part({
    summary: '2.1: payments at the terminal of the station, oldest first',
    schema: list('Settlements.', ref('Settlement')),
    view: ({ station }) => station.record.settlements ?? [],
  }),
  'vat-numbers': part({
    summary: '2.1: VAT numbers that the terminal of the station had validated, oldest first',
    schema: list('VAT numbers.', ref('VatNumber')),
    view: ({ station }) => station.record.vatNumbers ?? [],
  }),
  'web-payments': part({
    summary: '2.1: payments on the web that the station was told of, oldest first',
    schema: list('Payments.', ref('WebPayment')),
    view: ({ station }) => station.record.webPayments ?? [],
  }),
  'data-transfers': part({
    summary: 'The latest DataTransfers, oldest first',
    schema: list('DataTransfers.', ref('DataTransfer')),
    view: ({ station }) => station.record.dataTransfers ?? [],
  }),
  v2x: part({
    summary: '2.1: energy transfers that EVs were allowed, and the last aFRR signal',
    schema: ref('EnergyServices'),
    view({ station }) {
      const { energyTransfers = [], afrrSignal } = station.record
      return { energyTransfers, ...(afrrSignal && { afrrSignal }) }
    },
  }),
  der: part({
    summary: '2.1: DER controls that the station has, as far as is known, and its alarms',
    schema: ref('Der'),
    view({ station }) {
      const { derControls: controls = [], derAlarms: alarms = [], derReport } = station.record
      return { controls, alarms, ...(derReport && { report: derReport }) }
    },
  }),
  'battery-swaps': part({
    summary: '2.1: the latest battery swaps, oldest first',
    schema: list('Swaps.', ref('BatterySwap')),
    view: ({ station }) => station.record.batterySwaps ?? [],
  }),
  'meter-values': part({
    summary: 'The latest meter values of every connector',
    schema: list('As they stood on the wire.', ref('MeterValue')),
    view: ({ station }) => station.meterValues.list(),
  }),
} as const satisfies Readonly<Record<string, Part>>

export type PartName = keyof typeof stationParts
