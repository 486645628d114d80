import { ordered } from '../../play/order.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { does } from '../moves.ts'
import { absent } from '../values.ts'
import { asked, case201 } from './moves201.ts'
import {
  booted201,
  charging,
  noticed,
  status,
  stillThere,
  stopAuthorized,
  told,
  unplugged,
} from './states201.ts'

interface Place {
  readonly id: number
  readonly connectorId?: number
}

/** The CSMS changes the availability of a place, or of the station: of nothing more, and nothing less. */
function changed(
  operationalStatus: 'Operative' | 'Inoperative',
  place: Place | undefined,
  answer: 'Accepted' | 'Scheduled' = 'Accepted',
): Move {
  return asked('ChangeAvailability', {
    order: { operationalStatus, ...(place && { evse: place }) },
    expect: {
      operationalStatus,
      evse: place ? { id: place.id, connectorId: place.connectorId ?? absent } : absent,
    },
    answer: { status: answer },
    clause: place ? '2.0.1 G03' : '2.0.1 G04.FR.01',
  })
}

/**
 * Back into service: not what these cases are about, but the CSMS is to be left as it was found. Whether
 * it does so is not judged.
 */
function restored(place: Place | undefined, evseIds: readonly number[]): readonly Move[] {
  const action = 'ChangeAvailability'
  const payload = { operationalStatus: 'Operative', ...(place && { evse: place }) }
  return [
    does(
      'the CSMS puts it back into service, if it can',
      async (scene) => {
        const incoming = await ordered(scene, { action, payload }).catch(() => undefined)
        if (incoming) scene.probe.result(incoming, { status: 'Accepted' })
      },
      [action],
    ),
    ...evseIds.map((id) => status(id, 'Available')),
  ]
}

const evse: Place = { id: 1 }
const connector: Place = { id: 1, connectorId: 1 }

/** What the driver's leaving makes of what was scheduled [2.0.1 G03.FR.05, G04.FR.06]. */
const afterwards: readonly Move[] = [...stopAuthorized, ...unplugged, ...told(1, 'Unavailable')]

/** G. Availability. */
export const availability201: readonly ConformanceCase[] = [
  case201({
    id: 'G_03',
    title: 'The CSMS takes an EVSE out of service',
    profile: 'Core',
    moves: [
      ...booted201,
      changed('Inoperative', evse),
      ...told(1, 'Unavailable'),
      ...restored(evse, [1]),
    ],
  }),
  case201({
    id: 'G_04',
    title: 'The CSMS puts an EVSE back into service',
    profile: 'Core',
    moves: [
      ...booted201,
      changed('Inoperative', evse),
      ...told(1, 'Unavailable'),
      changed('Operative', evse),
      ...told(1, 'Available'),
    ],
  }),
  case201({
    id: 'G_05',
    title: 'The CSMS takes a whole station out of service',
    profile: 'Core',
    moves: [
      ...booted201,
      changed('Inoperative', undefined),
      ...told(1, 'Unavailable'),
      ...told(2, 'Unavailable'),
      ...restored(undefined, [1, 2]),
    ],
  }),
  case201({
    id: 'G_06',
    title: 'The CSMS puts a whole station back into service',
    profile: 'Core',
    moves: [
      ...booted201,
      changed('Inoperative', undefined),
      ...told(1, 'Unavailable'),
      ...told(2, 'Unavailable'),
      changed('Operative', undefined),
      ...told(1, 'Available'),
      ...told(2, 'Available'),
    ],
  }),
  case201({
    id: 'G_07',
    title: 'The CSMS takes a connector out of service',
    profile: 'Core',
    moves: [
      ...booted201,
      changed('Inoperative', connector),
      ...told(1, 'Unavailable'),
      ...restored(connector, [1]),
    ],
  }),
  case201({
    id: 'G_08',
    title: 'The CSMS puts a connector back into service',
    profile: 'Core',
    moves: [
      ...booted201,
      changed('Inoperative', connector),
      ...told(1, 'Unavailable'),
      changed('Operative', connector),
      ...told(1, 'Available'),
    ],
  }),
  case201({
    id: 'G_11',
    title: 'An EVSE that charges is to go out of service: scheduled until the driver has left',
    profile: 'Core',
    moves: [
      ...charging,
      changed('Inoperative', evse, 'Scheduled'),
      ...afterwards,
      ...restored(evse, [1]),
    ],
  }),
  case201({
    id: 'G_14',
    title: 'A station that charges is to go out of service: its free EVSE at once, the other later',
    profile: 'Core',
    moves: [
      ...charging,
      changed('Inoperative', undefined, 'Scheduled'),
      ...told(2, 'Unavailable'),
      ...afterwards,
      ...restored(undefined, [1, 2]),
    ],
  }),
  case201({
    id: 'G_17',
    title: 'A connector that charges is to go out of service: scheduled until the driver has left',
    profile: 'Core',
    moves: [
      ...charging,
      changed('Inoperative', connector, 'Scheduled'),
      ...afterwards,
      ...restored(connector, [1]),
    ],
  }),
  case201({
    id: 'G_20',
    title: 'A connector that cannot be locked is told, and the CSMS takes note',
    profile: 'Core',
    moves: [
      ...booted201,
      noticed('ConnectorPlugRetentionLock', 'Problem', {
        evseId: 1,
        actualValue: 'true',
        clause: '2.0.1 G05.FR.03',
      }),
      stillThere,
    ],
  }),
]
