import type { ConformanceCase, Move } from '../case.ts'
import { case21 } from './moves21.ts'
import { booted21, noticed, status, stillThere } from './states21.ts'

type State = 'Available' | 'Occupied' | 'Reserved' | 'Unavailable' | 'Faulted'

/** Only by NotifyEvent: StatusNotification is on its way out [2.1 G01]. */
const becomes = (state: State): Move =>
  noticed('Connector', 'AvailabilityState', {
    evseId: 1,
    actualValue: state,
    clause: '2.1 G01.FR.03, N07.FR.03',
  })

/** G. Availability. */
export const connectorStates21: readonly ConformanceCase[] = [
  case21({
    id: 'G_01',
    title: 'A connector tells its state, as an event and as a status',
    source: {
      document: 'OCPP 2.1 Part 2; the id is as implementers publish it',
      edition: '1, errata 2025-09',
    },
    moves: [
      ...booted21,
      becomes('Occupied'),
      becomes('Available'),
      becomes('Reserved'),
      becomes('Unavailable'),
      becomes('Available'),
      status(1, 'Occupied'),
      status(1, 'Available'),
      stillThere,
    ],
  }),
]
