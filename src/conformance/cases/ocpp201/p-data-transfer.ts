import type { ConformanceCase } from '../case.ts'
import { now, oneOf } from '../values.ts'
import { call, case201 } from './moves201.ts'
import { booted201, event, unplugged } from './states201.ts'

/** Nobody's: RFC 2606 keeps the domain free. */
const vendorId = 'com.example.csms-conformance'

const customData = { vendorId, remark: 'for nobody', nested: { list: [1, 'two', false] } } as const

/** P. Data transfer. */
export const dataTransfer201: readonly ConformanceCase[] = [
  case201({
    id: 'P_02',
    title: 'Data of a vendor that the CSMS does not know is turned down by its status',
    profile: 'Core',
    moves: [
      ...booted201,
      call(
        'DataTransfer',
        { vendorId, messageId: 'NobodyKnowsThis', data: { some: 'data' } },
        {
          expect: { status: oneOf('UnknownVendorId', 'UnknownMessageId', 'Rejected') },
          prefer: { status: 'UnknownVendorId' },
          clause: '2.0.1 P02.FR.06',
        },
      ),
    ],
  }),
  case201({
    id: 'P_03',
    title: 'customData in any place of a message is no reason to refuse it',
    profile: 'Core',
    moves: [
      ...booted201,
      call('StatusNotification', {
        evseId: 1,
        connectorId: 1,
        connectorStatus: 'Occupied',
        timestamp: now(),
        customData,
      }),
      event('Started', 'CablePluggedIn', {
        customData,
        info: { chargingState: 'EVConnected', customData },
      }),
      ...unplugged,
    ],
  }),
]
