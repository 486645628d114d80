import { ScriptValues } from '../../document/script-values.ts'
import { isoTime } from '../../shared/clock.ts'
import type { ConnectorRef, StationActor } from './actor.ts'

/** Names that templates of a script know without a `save`. */
export const builtinNames: Readonly<Record<string, string>> = {
  id: "the station's identity",
  fleet: "the fleet's name",
  station: "the station's number in the run, from 1",
  token: "the station's own idToken",
  now: "the station's time, RFC 3339; {now+10min} is later, {now-1h} earlier",
  files: 'where the embedded CSMS offers files over HTTP; see csms.files',
  ftp: 'the same over FTP',
  firmwareVersion: 'what the station runs now',
  transactionId: "of the connector's last transaction",
  reservationId: 'of the reservation that this transaction ended',
  display: '2.x: what the display of the station shows now',
  totalCost: '2.x: what the last transaction of the EVSE costs so far, or has cost, taxes included',
  currency: '2.x: of that',
  tariffId: '2.1: by which tariff the station calculates it',
  priceMessage: '2.x: what the driver is told of prices',
  receiptUrl: '2.1: where the receipt of the last card is to be found',
  paymentUrl: '2.1: what the QR code for payments on the web says now',
  request: 'in `on`: the payload of the CALL, as in {request.connectorId}',
}

const firstConnector: ConnectorRef = { evse: 1, connector: 1 }

/** What templates of one station's script may name; `at` is the connector of a step. */
export type Variables = ScriptValues<ConnectorRef>

/** What the templates of a station's script may name; nothing is saved yet. */
export function variablesOf(actor: StationActor): Variables {
  return new ScriptValues((name, at = firstConnector) => builtin(actor, name, at))
}

function builtin(actor: StationActor, name: string, at: ConnectorRef): unknown {
  switch (name) {
    case 'id':
      return actor.id
    case 'fleet':
      return actor.fleet
    case 'station':
      return actor.index + 1
    case 'token':
      return actor.ownToken.idToken
    case 'now':
      return isoTime(actor.clocks.simulated.wallMs())
    default:
      return actor.variable(name, at)
  }
}
