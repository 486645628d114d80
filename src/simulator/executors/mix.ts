import { checkAction } from '../../document/fields/actions.ts'
import { mapOf } from '../../document/fields/collections.ts'
import { number } from '../../document/fields/scalars.ts'
import { entryOf } from '../../document/source-node.ts'
import { isNeutralAction } from '../scenario/fields/traffic-action.ts'
import { FleetScope } from '../scenario/fleet-scope.ts'
import type { ExecutorCheck } from './executor.ts'

/** Weights by action. */
export type Mix = Readonly<Record<string, number>>

/** Weights by action of what stations send. */
export const mixField = mapOf(number({ min: 0, max: 1_000_000 }), {
  wants: 'weights by action like {MeterValues: 50, Heartbeat: 50}',
})

/** What a station makes of its physical state, without a payload in the file. */
export const drawnActions: readonly string[] = [
  'Heartbeat',
  'MeterValues',
  'StartTransaction',
  'StopTransaction',
  'TransactionEvent',
  'Authorize',
  'StatusNotification',
  'BootNotification',
  'DataTransfer',
]

/** Every fleet draws from the mix: its actions must be those of every version. */
export function checkMix(
  mix: Mix | undefined,
  { section, fleets, reader, at }: ExecutorCheck,
): void {
  if (mix && !Object.values(mix).some((weight) => weight > 0)) {
    reader.report(at('mix'), 'At least one weight must be above 0.')
  }
  const node = entryOf(section, 'mix')?.value
  if (node?.kind !== 'map') return
  for (const { version, station } of fleets) {
    reader.within(new FleetScope(version, station.evses), () => {
      for (const { key, keySpan } of node.entries) {
        if (isNeutralAction(key)) continue
        const action = checkAction(key, keySpan, 'station', reader)
        if (action === undefined || drawnActions.includes(action)) continue
        const message = `A mix cannot make the payload of ${action}; it draws ${drawnActions.join(', ')}.`
        reader.report(keySpan, message)
      }
    })
  }
}

/** `50 % MeterValues, 50 % Heartbeat` */
export function mixText(mix: Mix): string {
  const total = Object.values(mix).reduce((sum, weight) => sum + weight, 0)
  const parts = Object.entries(mix).map(
    ([action, weight]) => `${Number(((100 * weight) / total).toPrecision(3))} % ${action}`,
  )
  return parts.join(', ')
}
