import { answering, besideAnswering } from '../../document/fields/ending.ts'
import { mapped, optional, withDefault } from '../../document/fields/field.ts'
import { energy, percent, power } from '../../document/fields/quantities.ts'
import { integer } from '../../document/fields/scalars.ts'
import { fixed, sample } from '../scenario/distributions.ts'
import { distribution } from '../scenario/fields/distribution.ts'
import { physical } from '../scenario/fields/place.ts'
import { fleetOf } from '../scenario/fleet-scope.ts'
import { needs, needsOf } from './ev-needs.ts'
import { judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'

const args = physical(
  {
    battery: withDefault(
      distribution(energy({ min: 100 })),
      'Usable capacity of the battery.',
      fixed(60_000),
      '60kWh',
    ),
    soc: withDefault(distribution(percent()), 'State of charge on arrival.', fixed(0.2), '20%'),
    maxPower: optional(
      distribution(power({ min: 100 })),
      'What the EV takes at most.',
      'what the EVSE gives',
    ),
    phases: optional(
      integer({ min: 1, max: 3, wants: 'a number of phases' }),
      'Phases of the on-board charger.',
      'those of the EVSE',
    ),
    taperFrom: withDefault(
      distribution(percent()),
      'State of charge above which the EV takes less and less.',
      fixed(0.8),
      '80%',
    ),
    discharge: optional(power({ min: 1 }), 'What it gives back at most (V2X).', 'nothing'),
    reserve: withDefault(percent(), 'State of charge at which it stops giving back.', 0.2, '20%'),
    efficiency: withDefault(
      percent(),
      'What arrives at the meter of what leaves the battery.',
      0.95,
      '95%',
    ),
    needs: optional(needs, '2.x: what it tells over ISO 15118.', 'it does not speak it'),
    ...answering,
  },
  { wants: 'an EV like {battery: 60kWh, soc: 20%}' },
)

export const plugIn = defineStep({
  name: 'plugIn',
  summary: 'An electric vehicle arrives and is plugged in.',
  args: mapped(args, (given, _node, reader) => {
    const evse = fleetOf(reader)?.evses[given.at.evse - 1]
    const phases: 1 | 2 | 3 = given.phases === 1 || given.phases === 2 ? given.phases : 3
    return {
      ...given,
      phases: given.phases === undefined ? (evse?.phases ?? 3) : phases,
      maxPower: given.maxPower ?? fixed(evse?.maxPowerW ?? 22_000),
    }
  }),
  beside: besideAnswering,
  example: '- plugIn: {battery: 60kWh, soc: {between: [10%, 40%]}, connector: 2}',
  async run(given, context) {
    const { actor } = context
    const ev = {
      batteryWh: sample(given.battery, actor.random),
      soc: sample(given.soc, actor.random),
      maxPowerW: sample(given.maxPower, actor.random),
      phases: given.phases,
      taperFrom: sample(given.taperFrom, actor.random),
      ...(given.needs && { needs: needsOf(given.needs) }),
      ...(given.discharge !== undefined && {
        discharge: {
          maxPowerW: given.discharge,
          reserveSoc: given.reserve,
          efficiency: Math.max(0.01, given.efficiency),
        },
      }),
    }
    judge(await actor.plugIn(given.at, ev), given, context)
  },
})
