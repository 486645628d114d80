import type { CsmsEvent } from '../csms/events.ts'

/** One line for people: time, station, what happened. */
export function eventLine(event: CsmsEvent, time: string): string {
  const station = 'stationId' in event && event.stationId ? event.stationId : '-'
  return `${time.slice(11, 23)} ${station.padEnd(14)} ${textOf(event)}`.replace(unseen, '·')
}

/** What commands the terminal, ends the line or turns it round, were it printed: peers may send it. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** One line for machines: the event itself with its time. */
export function eventJson(event: CsmsEvent, time: string): string {
  return `{"time":"${time}",${JSON.stringify(event).slice(1)}`.replace(unseen, escaped)
}

/** As JSON may write it, too. */
function escaped(text: string): string {
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}

function textOf(event: CsmsEvent): string {
  switch (event.type) {
    case 'listening':
      return `listening on ${event.url} (message ids begin with ${event.runId})`
    case 'connected':
      return words(
        `connected, ${event.version}, from ${event.remoteAddress}`,
        event.tlsVersion && `(${event.tlsVersion}, security profile ${event.securityProfile})`,
      )
    case 'disconnected':
      return words('disconnected', String(event.code), event.reason)
    case 'refused':
      return `refused with ${event.status < 1000 ? 'HTTP ' : ''}${event.status}: ${event.reason} (${event.remoteAddress})`
    case 'handshakeFailed':
      // Who hung up has no address any more.
      return words(
        `TLS handshake failed: ${event.reason}`,
        event.remoteAddress && `(${event.remoteAddress})`,
      )
    case 'booted':
      return words(`boot ${event.status}:`, event.vendor, event.model, event.reason)
    case 'status':
      return words(`${connectorOf(event)} ${event.status}`, faultOf(event.errorCode))
    case 'transactionStarted':
      return words(
        `transaction ${event.transactionId} started on ${connectorOf(event)}`,
        event.idToken && `by ${event.idToken}`,
        event.authorization && event.authorization !== 'Accepted' && `(${event.authorization})`,
      )
    case 'reservation':
      return `reservation ${event.reservationId} for ${event.idToken}: ${event.state}`
    case 'transactionStopped':
      return words(
        `transaction ${event.transactionId} stopped,`,
        event.energyWh === undefined ? 'energy unknown' : `${event.energyWh} Wh`,
        event.reason && `(${event.reason})`,
      )
    case 'notified':
      return `${event.action} ${JSON.stringify(event.payload)}`
    case 'tokenChanged':
      return `token ${event.idToken} ${event.change} by ${event.by}`
    case 'command':
      return words(`${event.action} was sent: ${event.outcome}`, event.answer)
    case 'authorized':
      return `${event.idToken} asked: ${event.status}`
    case 'stationChanged':
      return `${event.change} by ${event.by}`
    case 'certificateRevoked':
      return `certificate ${event.serial} revoked by ${event.by} (${event.reason})`
    case 'finding':
      return `broke ${event.finding.rule} (${event.finding.level}): ${event.finding.detail}`
    case 'frame':
      return `${event.direction === 'in' ? '<-' : '->'} ${event.text}`
    case 'handlerFailed':
      return `FAULT in csms while handling ${event.action}: ${event.error.split('\n')[0]}`
    case 'processEnded':
      return `FAULT in csms: ${event.message}`
    case 'script':
      return `script: ${event.message}`
    case 'store':
      return `store: ${event.message}`
  }
  // What `csms watch` hears of a csms of another version.
  return JSON.stringify(event)
}

function connectorOf(event: {
  readonly evseId: number | undefined
  readonly connectorId: number | undefined
}): string {
  const { evseId, connectorId } = event
  if (evseId === undefined) return connectorId === 0 ? 'station' : `connector ${connectorId ?? '?'}`
  return connectorId === undefined ? `EVSE ${evseId}` : `EVSE ${evseId} connector ${connectorId}`
}

function faultOf(code: string | undefined): string {
  return code === undefined || code === 'NoError' ? '' : `(${code})`
}

function words(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part).join(' ')
}
