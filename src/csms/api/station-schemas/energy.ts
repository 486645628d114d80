import {
  instant,
  list,
  map,
  number,
  oneOf,
  record,
  type Schema,
  text,
  whole,
  yesNo,
} from '../schema.ts'

const swappedBattery = record('A battery.', {
  evseId: whole('Its slot.', 1),
  serialNumber: text('As the station reads it.'),
  soC: number('State of charge, percent.'),
  soH: number('State of health, percent.'),
})

/** What is known of the energy of one station: limits, profiles, EVs, the grid. */
export const energySchemas: Readonly<Record<string, Schema>> = {
  EnergyServices: record(
    'What a station that takes energy back was told.',
    {
      energyTransfers: list(
        'The latest transactions.',
        record('What the EV of a transaction may have.', {
          transactionId: text('Its id.'),
          allowed: list('EnergyTransferModeEnumType.', text('A mode.')),
          since: instant('When the station took it.'),
        }),
      ),
    },
    {
      afrrSignal: record('The last that the station follows.', {
        signal: number('As the curve of the schedule has it.'),
        timestamp: instant('From then on.'),
      }),
    },
  ),
  Der: record(
    'A station as a distributed energy resource.',
    {
      controls: list(
        'What it follows when the grid calls for it.',
        record(
          'A DER control.',
          {
            controlId: text('Its id.'),
            controlType: text('DERControlEnumType.'),
            isDefault: yesNo('Holds always; else it is scheduled.'),
            isSuperseded: yesNo('Another one of its type counts for more.'),
            content: map('As it stood on the wire, under the name of its field.'),
          },
          { startedAt: instant('A scheduled one began.') },
        ),
      ),
      alarms: list(
        'The latest, oldest first.',
        record(
          'A control that the grid made act.',
          {
            controlType: text('DERControlEnumType.'),
            startedAt: instant('By the station’s clock.'),
          },
          {
            gridEventFault: text('GridEventFaultEnumType.'),
            endedAt: instant('Absent while it lasts.'),
          },
        ),
      ),
    },
    {
      report: record('What the last GetDERControl asked for.', {
        requestId: whole('Its id.'),
        controls: whole('So many were reported.', 0),
        complete: yesNo('All of them.'),
      }),
    },
  ),
  BatterySwap: record(
    'One driver’s swap.',
    { requestId: whole('What its messages are told apart by.'), idToken: text('The driver.') },
    {
      requestedAt: instant('The station accepted our request; absent: it began by itself.'),
      batteriesIn: list('Put into slots.', swappedBattery),
      inAt: instant('When we heard of it.'),
      batteriesOut: list('Taken out of slots.', swappedBattery),
      outAt: instant('When we heard of it.'),
      notTaken: list('Offered, and nobody took them.', swappedBattery),
    },
  ),
  ChargingProfile: record(
    'A charging profile that the station accepted and, as far as is known, still has.',
    {
      profile: map('As it stood on the wire.'),
      since: instant('When it was accepted.'),
    },
    {
      connectorId: whole('0: the station; absent: of a remote start that left it open.', 0),
      evseId: whole('2.x, likewise.', 0),
      transactionId: { oneOf: [{ type: 'integer' }, { type: 'string' }] },
      idToken: text('Of a remote start whose transaction has not begun.'),
      remoteStartId: whole('2.x, likewise.'),
      source: text('2.x: who set it, where it was not the CSMS.'),
    },
  ),
  ChargingLimit: record('A limit that somebody else set.', {
    evseId: whole('0: the whole station.', 0),
    source: text('ChargingLimitSourceEnumType.'),
    isGridCritical: yesNo('The grid is in danger otherwise.'),
    isLocalGeneration: yesNo('It adds to what others allow.'),
    schedules: list('Where the station tells them.', map('ChargingScheduleType.')),
    since: instant('When it was heard of.'),
  }),
  EvCharging: record(
    'What the EV at an EVSE told over ISO 15118.',
    {
      evseId: whole('The EVSE.', 1),
      renegotiations: whole('How often its schedule was beyond what it may.', 0),
    },
    {
      transactionId: { oneOf: [{ type: 'integer' }, { type: 'string' }] },
      needs: map('ChargingNeedsType.'),
      needsAt: instant('When they were told.'),
      answer: text('What they were answered.'),
      profileId: whole('Of the profile that was made for it.'),
      schedule: map('ChargingScheduleType: how it means to charge.'),
      scheduleStatus: text('Whether that was within what it may.'),
    },
  ),
  CompositeSchedule: record(
    'What the accepted profiles leave, from now on, by what is known here.',
    {
      scheduleStart: instant('Now.'),
      duration: whole('Seconds; less than asked for where there were too many periods.', 0),
      chargingRateUnit: oneOf('Of the limits.', ['A', 'W']),
      chargingSchedulePeriod: list(
        'Periods.',
        record(
          'A period.',
          {
            startPeriod: number('Seconds after scheduleStart.'),
            numberPhases: whole('Phases.', 0),
          },
          { limit: number('Absent: no limit.') },
        ),
      ),
    },
    {
      connectorId: whole('1.6; 0: the station as a whole.', 0),
      evseId: whole('2.x, likewise.', 0),
      minChargingRate: number('Below it charging is not efficient.'),
    },
  ),
}
