import { object, oneOrMore } from '../../document/fields/collections.ts'
import { answering, besideAnswering } from '../../document/fields/ending.ts'
import { optional, withDefault } from '../../document/fields/field.ts'
import { energy, percent, power } from '../../document/fields/quantities.ts'
import { boolean, integer } from '../../document/fields/scalars.ts'
import { fixed, sample } from '../scenario/distributions.ts'
import { distribution } from '../scenario/fields/distribution.ts'
import { idToken, presented } from './id-token.ts'
import { judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'

const slots = oneOrMore(integer({ min: 1, wants: 'the EVSE number of a slot' }))

export const swapBattery = defineStep({
  name: 'swapBattery',
  summary: 'A driver puts used batteries into empty slots and takes charged ones (OCPP 2.1).',
  args: object(
    {
      in: withDefault(slots, 'Slots that get the used batteries.', [1], '1'),
      out: optional(slots, 'Slots whose batteries are taken.', 'as many of the fullest'),
      battery: withDefault(
        distribution(energy({ min: 100 })),
        'Capacity of each used battery.',
        fixed(2_000),
        '2kWh',
      ),
      soc: withDefault(distribution(percent()), 'What is left in it.', fixed(0.15), '15%'),
      soh: withDefault(distribution(percent()), 'Its state of health.', fixed(0.95), '95%'),
      maxPower: withDefault(power({ min: 100 }), 'What it takes at most.', 1_000, '1kW'),
      collect: withDefault(boolean(), 'The driver takes the charged batteries in time.', true),
      idToken: optional(idToken(), 'Who swaps.', "the CSMS's request, or the station's own token"),
      ...answering,
    },
    { wants: 'a swap like {in: [1], out: [3]}' },
  ),
  beside: besideAnswering,
  example: '- swapBattery: {in: [1, 2], out: [3, 4], soc: 20%}',
  async run(given, context) {
    const { actor } = context
    const { in: into, out, maxPower, collect, idToken: token, ...wanted } = given
    const batteries = into.map((evse) => ({
      evse,
      soh: sample(given.soh, actor.random),
      ev: {
        batteryWh: sample(given.battery, actor.random),
        soc: sample(given.soc, actor.random),
        maxPowerW: maxPower,
        phases: 3 as const,
        taperFrom: 1,
      },
    }))
    const shown = token && presented(token, context)
    const act = { kind: 'batteriesSwapped', batteries, out, collect, token: shown } as const
    judge(await actor.act({ evse: into[0] ?? 1, connector: 1 }, act), wanted, context)
  },
})
