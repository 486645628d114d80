import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { StationContext } from '../../domain/domain.ts'

/** Valid is what the companies of the tariff file have [2.1 C18.FR.09, FR.10]. */
export const vatNumberValidation: Handler<Actions21, 'VatNumberValidation', StationContext> = (
  { vatNumber, evseId },
  { domain },
) => {
  const known = domain.tariffs?.company(vatNumber)
  const asked = { vatNumber, ...(evseId !== undefined && { evseId }) }
  if (!known) return { ...asked, status: 'Rejected' }
  const { vatNumber: _, ...company } = known
  return { ...asked, status: 'Accepted', company }
}
