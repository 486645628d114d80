import { object } from '../../document/fields/collections.ts'
import { mapped, optional } from '../../document/fields/field.ts'
import { power } from '../../document/fields/quantities.ts'
import { number, oneOf } from '../../document/fields/scalars.ts'
import { defineStep } from './step-definition.ts'

/** What no frequency and no voltage shows [2.1 GridEventFaultEnumType]. */
const gridFaults = [
  'none',
  'CurrentImbalance',
  'LocalEmergency',
  'LowInputPower',
  'OverCurrent',
  'PhaseRotation',
  'RemoteEmergency',
  'VoltageImbalance',
] as const

const args = object(
  {
    frequency: optional(number({ min: 40, max: 70 }), 'Of the grid, Hz; it was 50 before.'),
    voltage: optional(
      number({ min: 1, max: 2000 }),
      'Phase to neutral, in volts; it was that of the station before.',
    ),
    load: optional(power(), 'What the building draws besides the EVs.'),
    generation: optional(power(), 'What the building generates more than it draws.'),
    charge: optional(power(), 'What the energy management of the site wants each EV to take.'),
    discharge: optional(power(), 'What the energy management of the site wants each EV to give.'),
    fault: optional(oneOf(gridFaults), 'Something else is wrong with the grid, or no longer is.'),
  },
  { wants: 'a change of the grid like {frequency: 49.8}' },
)

export const gridEvent = defineStep({
  name: 'gridEvent',
  summary: 'The grid that the station hangs on changes, and stays so until the next event.',
  args: mapped(args, (given, node, reader) => {
    const twice = (one: unknown, other: unknown) => one !== undefined && other !== undefined
    if (twice(given.load, given.generation)) {
      return reader.report(node.span, 'A building has a load or a generation, not both.')
    }
    if (twice(given.charge, given.discharge)) {
      return reader.report(node.span, 'Energy management wants a charge or a discharge, not both.')
    }
    return given
  }),
  example: '- gridEvent: {frequency: 49.8, load: 12kW}',
  run({ frequency, voltage, load, generation, charge, discharge, fault }, { actor }) {
    const loadW = load ?? (generation === undefined ? undefined : -generation)
    const externalW = charge ?? (discharge === undefined ? undefined : -discharge)
    actor.gridEvent({
      ...(frequency !== undefined && { frequencyHz: frequency }),
      ...(voltage !== undefined && { voltageV: voltage }),
      ...(loadW !== undefined && { loadW }),
      ...(externalW !== undefined && { externalW }),
      ...(fault !== undefined && { fault }),
    })
  },
})
