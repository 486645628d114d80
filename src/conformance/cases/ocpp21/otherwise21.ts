import type { Move } from '../case.ts'
import { moment, sameMoment } from '../moments.ts'
import { shown } from '../ocpp201/o-display.ts'
import { transactionId } from '../transaction-events.ts'
import { value } from '../values.ts'
import { moveOf21, type Otherwise } from './inherited21.ts'
import { smartChargingOtherwise } from './k-inherited.ts'
import { charging, unplugged } from './states21.ts'

/** In whichever state the station is: of 2.0.1 it is one [2.1 O02]. */
const shownUntil: readonly Move[] = [
  ...charging,
  moment('shownUntil', 120),
  moveOf21(
    shown({ transactionId: transactionId(), endDateTime: value('shownUntil'), atOnce: true }),
  ),
  sameMoment('endDateTime', 'shownUntil', '2.1 O02'),
  ...unplugged,
]

/** The control of energy from outside the CSMS is a feature of its own [2.1 Part 5 4.4]. */
const energyManagement: Otherwise = { profile: 'Smart Charging', feature: 'SC-10' }

/** The cases of 2.0.1 that 2.1 has otherwise, by id: what Parts 5 and 6 of 2.1 say of them. */
export const otherwise21: Readonly<Record<string, Otherwise>> = {
  B_12: { feature: 'C-17 or DM-0' },
  ...smartChargingOtherwise,
  K_48: energyManagement,
  K_50: energyManagement,
  K_51: energyManagement,
  K_52: energyManagement,
  O_28: { title: 'The CSMS has a message shown in a transaction, until a time', moves: shownUntil },
}
