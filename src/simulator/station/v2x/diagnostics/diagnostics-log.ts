import { isSecret } from '../../../../ocpp/redact.ts'
import { type LogSpan, transactionLines } from '../../log-text.ts'
import { placedName } from '../provisioning/device-model/variable.ts'
import type { Station2x } from '../station-2x.ts'

/** How a station stands, its device model, and its transactions in this span of time; no secrets. */
export function diagnosticsLog(station: Station2x, span: LogSpan): string {
  const { services, model, connectors, version } = station
  return [
    `station ${services.id}`,
    `time ${services.wireTime()}`,
    `protocol ${version}`,
    `registration ${services.registration}`,
    `waiting transaction messages ${services.queue.length}`,
    '',
    '[connectors]',
    ...services.evses.flatMap((evse) => {
      evse.advance()
      const fault = evse.fault === undefined ? '' : ` ${evse.fault.code}`
      return evse.plan.connectors.map((_type, at) => {
        const status = connectors.status(evse, at + 1)
        return `${evse.id}.${at + 1} ${status}${fault} ${evse.registerWh} Wh`
      })
    }),
    '',
    '[variables]',
    ...model
      .places()
      .filter(({ name, spec }) => !isSecret(name) && spec.mutability !== 'WriteOnly')
      .map((place) => `${placedName(place.name, place.at)} ${model.valueOf(place)}`),
    '',
    `[transactions from ${span.from ?? '-'} to ${span.to ?? '-'}]`,
    ...transactionLines(services.books(), span),
    '',
  ].join('\n')
}
