import { list, object, oneOrMore } from '../../../document/fields/collections.ts'
import { optional, required, withDefault } from '../../../document/fields/field.ts'
import { duration, energy, power } from '../../../document/fields/quantities.ts'
import { boolean, integer, number, oneOf, text } from '../../../document/fields/scalars.ts'
import { keyNames, keySpec } from '../../station/v16/configuration-keys.ts'
import type { TxStartPoint, TxStopPoint } from '../plan.ts'
import { configuration } from './configuration.ts'
import { type FirmwareSection, firmware } from './firmware.ts'
import { identityTemplate } from './identity.ts'

const stopPoints = [
  'ParkingBayOccupancy',
  'EVConnected',
  'Authorized',
  'PowerPathClosed',
  'EnergyTransfer',
] as const satisfies readonly TxStopPoint[]
const startPoints = [...stopPoints, 'DataSigned'] as const satisfies readonly TxStartPoint[]

const standardStart: readonly TxStartPoint[] = ['PowerPathClosed']
const standardStop: readonly TxStopPoint[] = ['EVConnected', 'Authorized']

const connectorType = text({
  wants: 'a connector type like cCCS2',
  pattern: /^[A-Za-z][\w-]{0,19}$/,
})
const phases = integer({ min: 1, max: 3, wants: 'a number of phases' })
const current = oneOf(['AC', 'DC'])

/** One EVSE of a station. */
export const evse = object(
  {
    connectors: withDefault(oneOrMore(connectorType), 'Their types.', ['cType2'], '[cType2]'),
    maxPower: optional(power({ min: 1 }), 'What it gives at most.', "the station's"),
    phases: optional(phases, 'Phases of the supply.', "the station's"),
    current: optional(current, 'AC or DC.', 'by connector type and power'),
    discharge: optional(power(), 'What it takes back from an EV at most.', "the station's"),
  },
  { wants: 'an EVSE like {connectors: [cCCS2], maxPower: 150kW}', shorthand: 'connectors' },
)

const grid = object(
  {
    maxPower: required(power({ min: 1 }), 'What the connection carries, the building included.'),
    load: withDefault(power(), 'What the building draws besides the EVs.', 0, '0W'),
  },
  { wants: 'a grid connection like {maxPower: 50kW, load: 8kW}', shorthand: 'maxPower' },
)

const meter = object(
  {
    type: optional(text({ longest: 25 }), 'meterType of BootNotification.', 'none sent'),
    serial: optional(text({ longest: 25 }), 'meterSerialNumber of BootNotification.', 'none sent'),
    energyUnit: withDefault(oneOf(['Wh', 'kWh']), 'Of energy; reactive: varh or kvarh.', 'Wh'),
    powerUnit: withDefault(oneOf(['W', 'kW']), 'Of power; reactive: var or kvar.', 'W'),
    temperatureUnit: withDefault(
      oneOf(['Celsius', 'Celcius', 'Fahrenheit', 'K']),
      'Of temperatures; Celcius is the spelling of the first 1.6 schemas.',
      'Celsius',
    ),
    location: optional(
      oneOf(['Body', 'Cable', 'EV', 'Inlet', 'Outlet']),
      'Where it measures what has no place of its own.',
      'not sent, which means Outlet',
    ),
    signedData: optional(
      text({ longest: 5000 }),
      'A SignedData value beside the register at the beginning and the end of a transaction; ' +
        '{register} (Wh) and {time} are filled in. Opaque: csms signs nothing.',
      'none sent',
    ),
    powerFactor: withDefault(
      number({ min: 0.1, max: 1, wants: 'a power factor' }),
      'Active over apparent power of what flows.',
      1,
    ),
    main: withDefault(
      boolean(),
      'Clock-aligned values of connector 0 too, the sum of the EVSEs at the inlet.',
      false,
    ),
  },
  { wants: 'a meter like {type: Acme M1, energyUnit: kWh}' },
)

const modem = object(
  {
    iccid: optional(text({ longest: 20 }), 'Of its SIM card.', 'none sent'),
    imsi: optional(text({ longest: 20 }), 'Of its SIM card.', 'none sent'),
  },
  { wants: 'a modem like {iccid: "8949...", imsi: "262..."}' },
)

/** What may be said of a station, but its name. */
export const stationShape = {
  vendor: withDefault(text({ longest: 20 }), 'chargePointVendor, vendorName.', 'csms'),
  serial: optional(identityTemplate(25), 'Serial number; a template like the id.', 'none sent'),
  firmware: optional<FirmwareSection>(
    firmware,
    'Firmware version, and how updates and logs go.',
    'none sent',
  ),
  connectors: optional(
    integer({ min: 1, max: 100, wants: 'a number of connectors' }),
    'So many EVSEs with one connector each.',
    '1',
  ),
  evses: optional(list(evse), 'EVSEs with their connectors, one by one.'),
  maxPower: withDefault(power({ min: 1 }), 'Of each EVSE.', 22_000, '22kW'),
  phases: withDefault(phases, 'Phases of the supply.', 3),
  current: optional(current, 'AC or DC.', 'by connector type and power'),
  discharge: optional(power(), 'What each EVSE takes back from an EV at most (V2X).', 'nothing'),
  grid: optional(grid, 'The connection to the grid that the EVSEs share with a building.'),
  voltage: withDefault(
    number({ min: 50, max: 2000, wants: 'a voltage in volts' }),
    'Phase to neutral, in volts.',
    230,
  ),
  meterStart: withDefault(energy(), 'Import register at the start.', 0, '0Wh'),
  txStart: withDefault(
    oneOrMore(oneOf(startPoints)),
    '2.x: what starts a transaction (TxStartPoint).',
    standardStart,
    'PowerPathClosed',
  ),
  txStop: withDefault(
    oneOrMore(oneOf(stopPoints)),
    '2.x: what ends it (TxStopPoint).',
    standardStop,
    '[EVConnected, Authorized]',
  ),
  configuration: withDefault(
    configuration,
    '1.6 keys, and 2.x variables as Component.Variable.',
    {},
    '{}',
  ),
  meter: optional(meter, 'Its energy meters, and how 1.6 meter values are written.'),
  modem: optional(modem, 'The modem that BootNotification names.', 'none sent'),
  rebootRequired: optional(
    oneOrMore(oneOf(keyNames.filter((name) => !keySpec(name).readonly))),
    '1.6 keys that the CSMS changes with the next boot only (RebootRequired).',
    'none',
  ),
  callTimeout: withDefault(
    duration({ min: 1 }),
    'Real time a CALL may stay unanswered.',
    30_000,
    '30s',
  ),
}
