import { CallError } from '../../../../ocpp/rpc/error-codes.ts'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { takesTariffs } from './acceptance.ts'
import { costs } from './costs.ts'
import { tariffs } from './tariffs.ts'

/** Which tariffs are where, or whose [2.1 I09]; EVSE 0: everywhere. */
export const getTariffs: Handler<Actions21, 'GetTariffs', Station2x> = ({ evseId }, station) => {
  if (!takesTariffs(station)) throw new CallError('NotSupported', 'tariffs are not enabled')
  const { services } = station
  if (evseId > 0 && !services.evse(evseId)) return { status: 'Rejected' }
  const evseIds = evseId > 0 ? [evseId] : services.evses.map(({ id }) => id)
  const running = costs.existing(station)
  const assignments = tariffs
    .existing(station)
    ?.assignments(evseIds, services.wireMs(), (tariff) => running?.usersOf(tariff) ?? [])
  const found = (assignments ?? []).filter(
    ({ tariffKind, evseIds: at }) => evseId === 0 || tariffKind === 'DefaultTariff' || at,
  )
  if (found.length === 0) return { status: 'NoTariff' }
  return { status: 'Accepted', tariffAssignments: [...found] }
}
