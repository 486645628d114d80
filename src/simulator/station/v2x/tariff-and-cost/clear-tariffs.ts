import { CallError } from '../../../../ocpp/rpc/error-codes.ts'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { takesTariffs } from './acceptance.ts'
import { tariffs } from './tariffs.ts'

/** A transaction that uses a cleared tariff goes on using it [2.1 I10, I10.FR.07]. */
export const clearTariffs: Handler<Actions21, 'ClearTariffs', Station2x> = (
  { tariffIds, evseId },
  station,
) => {
  if (!takesTariffs(station)) throw new CallError('NotSupported', 'tariffs are not enabled')
  const nowMs = station.services.wireMs()
  const cleared = tariffs.existing(station)?.clear(tariffIds, evseId, nowMs) ?? []
  if (cleared.length === 0) return { clearTariffsResult: [{ status: 'NoTariff' }] }
  return { clearTariffsResult: cleared.map((tariffId) => ({ tariffId, status: 'Accepted' })) }
}
