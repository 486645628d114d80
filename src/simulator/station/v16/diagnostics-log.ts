import { isSecret } from '../../../ocpp/redact.ts'
import type { StationServices } from '../behaviour.ts'
import type { LedgerEntry } from '../ledger.ts'
import type { Behaviour16 } from './behaviour16.ts'
import { configurationKeys, type KeyName } from './configuration-keys.ts'

/** Time stamps of the CSMS; a side that is missing is open. */
export interface LogSpan {
  readonly from: string | undefined
  readonly to: string | undefined
}

export function within(time: string, { from, to }: LogSpan): boolean {
  const at = Date.parse(time)
  return (
    (from === undefined || at >= Date.parse(from)) && (to === undefined || at <= Date.parse(to))
  )
}

/** Longest name in an answer [1.6 5.9]. */
const longestName = 255

/** `CP-1-diagnostics-20260102T030405Z.log`: harmless on every file system. */
export function logFileName(station: StationServices, kind: 'diagnostics' | 'security'): string {
  const time = station.wireTime().replace(/[-:]|\.\d+/g, '')
  const ending = `-${kind}-${time}.log`
  const id = station.id.replace(/[^A-Za-z0-9._-]+/g, '_').replace(/^[._-]+/, '')
  return `${(id || 'station').slice(0, longestName - ending.length)}${ending}`
}

/** How a station stands, and its transactions in this span of time; no secrets. */
export function diagnosticsLog(behaviour: Behaviour16, span: LogSpan): string {
  const { station } = behaviour
  const { vendor, model, firmware } = station.template
  return [
    `station ${station.id}`,
    `time ${station.wireTime()}`,
    `vendor ${vendor}`,
    `model ${model}`,
    `serial ${station.serial ?? '-'}`,
    `firmware ${station.memory.firmwareVersion ?? firmware ?? '-'}`,
    `registration ${station.registration}`,
    `waiting transaction messages ${station.queue.length}`,
    '',
    '[connectors]',
    ...connectors(behaviour),
    '',
    '[configuration]',
    ...configuration(behaviour),
    '',
    `[transactions from ${span.from ?? '-'} to ${span.to ?? '-'}]`,
    ...station
      .books()
      .filter((entry) => touches(entry, span))
      .map(transactionLine),
    '',
  ].join('\n')
}

function connectors({ station, statuses }: Behaviour16): string[] {
  return station.evses.flatMap((evse) => {
    evse.advance()
    const ids = Array.from({ length: evse.connectors }, (_, at) => evse.firstConnectorId + at)
    return ids.map((id) => {
      const fault = evse.fault === undefined ? '' : ` ${evse.fault.code}`
      return `${id} ${statuses.status(id)}${fault} ${Math.round(evse.registerWh)} Wh`
    })
  })
}

function configuration({ settings }: Behaviour16): string[] {
  const names = Object.keys(configurationKeys) as KeyName[]
  return names.filter((name) => !isSecret(name)).map((name) => `${name} ${settings.value(name)}`)
}

/** Open ones reach into the future. */
function touches({ startedAt, stoppedAt }: LedgerEntry, { from, to }: LogSpan): boolean {
  const startsInTime = within(startedAt, { from: undefined, to })
  return startsInTime && (stoppedAt === undefined || within(stoppedAt, { from, to: undefined }))
}

function transactionLine(entry: LedgerEntry): string {
  const { transactionId, evse, startedAt, stoppedAt, meterStartWh, meterWh } = entry
  const name = transactionId === '' ? '?' : transactionId
  const registers = `${Math.round(meterStartWh)} Wh ${Math.round(meterWh)} Wh`
  return `${name} evse ${evse} ${startedAt} ${stoppedAt ?? 'open'} ${registers}`
}
