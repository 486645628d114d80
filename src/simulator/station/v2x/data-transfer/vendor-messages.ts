import type { ResponseOf } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import { rejected } from '../rejected.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'

type Answer = ResponseOf<Actions201, 'DataTransfer'>

/** What fits on the sticker inside the door. */
const longestNote = 200

/** What a technician left at the station; survives reboots. */
class ServiceNote {
  text = ''
}

const serviceNotes = new StationPart(() => new ServiceNote())

/** The messages of our stations' vendor, by messageId: what OCPP has no message for [2.0.1 P01.FR.01]. */
export const vendorMessages: Readonly<
  Record<string, (station: Station2x, data: unknown) => Answer>
> = {
  HealthReport: (station) => ({ status: 'Accepted', data: healthReport(station) }),
  ServiceNote(station, data) {
    if (typeof data !== 'string' || data.length > longestNote) {
      return rejected('InvalidValue', `data must be a text of at most ${longestNote} characters`)
    }
    serviceNotes.of(station).text = data
    return { status: 'Accepted' }
  },
}

/** What a technician asks first: transactions and energy since the run began, faults, the note. */
export function healthReport(station: Station2x) {
  const { services, sessions } = station
  const books = services.books()
  return {
    transactions: books.length,
    openTransactions: sessions.open.length,
    energyWh: books.reduce((sum, { meterWh, meterStartWh }) => sum + meterWh - meterStartWh, 0),
    faults: services.evses.flatMap(({ id, fault }) =>
      fault ? [{ evseId: id, code: fault.code }] : [],
    ),
    note: serviceNotes.existing(station)?.text ?? '',
  }
}
