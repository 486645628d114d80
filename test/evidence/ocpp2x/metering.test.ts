import { describe, test } from 'vitest'
import type { Actions201 } from '../../../src/ocpp/v201/actions.ts'
import { Evidence } from '../evidence.ts'
import { cancel, ev, plug, token } from '../lab.ts'
import type { Seen } from '../seen.ts'
import { startLab2x, versions2x } from './lab2x.ts'

/* J. What meters tell outside of transactions. */

interface Row {
  readonly evseId: number
  readonly meterValue: {
    readonly sampledValue: readonly { readonly measurand?: string; readonly context?: string }[]
  }
}

const registers = (seen: Seen<Actions201>): readonly number[] =>
  seen
    .calls('MeterValues')
    .flatMap(({ meterValue }) => meterValue)
    .flatMap(({ sampledValue }) => sampledValue)
    .filter(({ measurand }) => measurand === 'Energy.Active.Import.Register')
    .map(({ value }) => value)

describe.each(versions2x)('%s', (version) => {
  const evidence = new Evidence<Actions201>(version, 'metering')

  test('[2.0.1 J01] MeterValues', async () => {
    await using lab = await startLab2x(version)
    const actor = await lab.connect({ speed: 200 })
    await evidence.shows(lab, 'MeterValues', {
      call: () =>
        lab.command('SetVariables', {
          setVariableData: [
            {
              component: { name: 'AlignedDataCtrlr' },
              variable: { name: 'Interval' },
              attributeValue: '60',
            },
          ],
        }),
      csms: {
        clause: '2.0.1 J01',
        async effect() {
          const [row] = (await lab.known<readonly Row[]>('meter-values')) ?? []
          const [sample] = row?.meterValue.sampledValue ?? []
          return (
            sample &&
            `the latest values of EVSE ${row?.evseId} are stored: ${sample.measurand}, ${sample.context}`
          )
        },
      },
      station: {
        clause: '2.0.1 J01.FR.01',
        async afterwards() {
          await actor.plugIn(plug, ev)
          await actor.authorize(plug, token('T1'), cancel)
          await actor.start(plug, cancel)
          await actor.charge(plug, { untilEnergyWh: 1000 }, cancel)
          await actor.stop(plug, {}, cancel)
          await actor.unplug(plug, cancel)
        },
        effect: (seen) =>
          registers(seen).some((register) => register >= 1000)
            ? 'the meter is read anew each time: after a session the register has grown'
            : undefined,
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})
