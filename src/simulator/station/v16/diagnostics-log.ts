import { isSecret } from '../../../ocpp/redact.ts'
import { type LogSpan, transactionLines } from '../log-text.ts'
import type { Behaviour16 } from './behaviour16.ts'
import { configurationKeys, type KeyName } from './configuration-keys.ts'

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
    ...transactionLines(station.books(), span),
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
