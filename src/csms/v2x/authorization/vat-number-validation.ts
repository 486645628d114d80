import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import type { StationContext } from '../../domain/domain.ts'
import { mostSettlements, type VatNumberRecord } from '../../domain/settlements.ts'

/** Valid is what the companies of the tariff file have [2.1 C18.FR.09, FR.10]. */
export const vatNumberValidation: Handler<Actions21, 'VatNumberValidation', StationContext> = (
  { vatNumber, evseId },
  { station: { record }, domain },
) => {
  const asked = { vatNumber, ...(evseId !== undefined && { evseId }) }
  const company = domain.tariffs?.company(vatNumber)
  const answer = company
    ? { ...asked, status: 'Accepted' as const, company }
    : { ...asked, status: 'Rejected' as const }
  const checked: VatNumberRecord = { ...answer, at: isoTime(domain.clock.wallMs()) }
  record.vatNumbers = [...(record.vatNumbers ?? []), checked].slice(-mostSettlements)
  domain.stations.save(record)
  return answer
}
