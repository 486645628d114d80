import { test } from 'vitest'
import type { Actions16 } from '../../../src/ocpp/v16/actions.ts'
import { Evidence } from '../evidence.ts'
import { startLab16 } from './lab16.ts'

/* Triggers, between a real station and a real management system. */

const triggers = new Evidence<Actions16>('ocpp1.6', 'remote-trigger')

interface SampledRow {
  readonly connectorId: number
  readonly meterValue: { readonly sampledValue: readonly { readonly context?: string }[] }
}

test('[1.6 5.17] TriggerMessage', async () => {
  await using lab = await startLab16()
  await lab.connect()
  await triggers.shows(lab, 'TriggerMessage', {
    call: () => lab.command('TriggerMessage', { requestedMessage: 'MeterValues', connectorId: 1 }),
    station: {
      clause: '1.6 5.17',
      effect(seen) {
        const [values] = seen.calls('MeterValues')
        const context = values?.meterValue[0]?.sampledValue[0]?.context
        return context && `MeterValues of connector ${values.connectorId} with context ${context}`
      },
    },
    csms: {
      clause: '1.6 4.7, 5.17',
      async effect() {
        const [row] = (await lab.known<readonly SampledRow[]>('meter-values')) ?? []
        const context = row?.meterValue.sampledValue[0]?.context
        return context && `values of connector ${row.connectorId}, context ${context}, are stored`
      },
    },
  })
})

test('docs/reference/ocpp16.md tells what was seen of triggers', () => triggers.isWrittenDown())
