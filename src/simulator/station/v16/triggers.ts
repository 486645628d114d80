import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { StationServices } from '../behaviour.ts'
import type { Behaviour16 } from './behaviour16.ts'
import type { StatusTrigger } from './file-jobs.ts'
import { signChargePointCertificate } from './sign-certificate.ts'

type TriggerStatus = 'Accepted' | 'Rejected' | 'NotImplemented'

type Connector = number | undefined

/**
 * Sends a message that the CSMS asked for, after the answer to its CALL went out; returns that answer.
 *
 * @param connectorId heeded by messages about connectors only; undefined: all of them [1.6 5.17]
 */
type Trigger = (behaviour: Behaviour16, connectorId: Connector) => TriggerStatus

const boot: Trigger = ({ station }) => later(station, () => station.bootAgain())

const heartbeat: Trigger = ({ station }) => later(station, () => station.heartbeat(true))

const status: Trigger = ({ station, statuses }, connectorId) => {
  const all = Array.from({ length: statuses.connectors + 1 }, (_, i) => i)
  const asked = connectorId === undefined ? all : all.filter((id) => id === connectorId)
  if (asked.length === 0) return 'Rejected'
  return later(station, () => {
    for (const id of asked) statuses.trigger(id)
  })
}

/** Of every connector, and of connector 0 where it has a meter. */
const meterValues: Trigger = ({ station, statuses, metering }, connectorId) => {
  const main = metering.hasMain ? [undefined] : []
  const named = connectorId === undefined ? undefined : statuses.evseOf(connectorId)
  const places = connectorId === 0 ? main : named ? [named] : []
  const asked = connectorId === undefined ? [...main, ...station.evses] : places
  if (asked.length === 0) return 'Rejected'
  return later(station, () => {
    for (const place of asked) station.unattended(metering.triggered(place))
  })
}

/** Of firmware and logs. */
const standing =
  (action: StatusTrigger): Trigger =>
  (behaviour) => {
    const { settings, station } = behaviour
    const whitepaper = action === 'LogStatusNotification' || action.startsWith('Signed')
    if (!whitepaper && !settings.supports('FirmwareManagement')) return 'NotImplemented'
    return later(station, () => behaviour.files.trigger(action))
  }

const certificate: Trigger = (behaviour) =>
  signChargePointCertificate(behaviour) ? 'Accepted' : 'Rejected'

type Messages<Action extends keyof Actions16> =
  RequestOf<Actions16, Action> extends {
    requestedMessage: infer Message extends string
  }
    ? Readonly<Record<Message, Trigger>>
    : never

/** [1.6 7.32] */
export const triggers: Messages<'TriggerMessage'> = {
  BootNotification: boot,
  DiagnosticsStatusNotification: standing('DiagnosticsStatusNotification'),
  FirmwareStatusNotification: standing('FirmwareStatusNotification'),
  Heartbeat: heartbeat,
  MeterValues: meterValues,
  StatusNotification: status,
}

/** [1.6 SWP 6.16]; FirmwareStatusNotification means that of a signed update. */
export const extendedTriggers: Messages<'ExtendedTriggerMessage'> = {
  BootNotification: boot,
  FirmwareStatusNotification: standing('SignedFirmwareStatusNotification'),
  Heartbeat: heartbeat,
  LogStatusNotification: standing('LogStatusNotification'),
  MeterValues: meterValues,
  SignChargePointCertificate: certificate,
  StatusNotification: status,
}

function later(station: StationServices, send: () => void): TriggerStatus {
  station.afterwards(send)
  return 'Accepted'
}
