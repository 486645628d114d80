import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import { mostSettlements } from '../../domain/settlements.ts'
import type { CommandEffects } from '../../gateway/command-effects.ts'

/** Which EVSEs are kept for somebody who pays on the web [2.1 C25.FR.20]. */
export const paymentEffects: CommandEffects<Actions21> = {
  NotifyWebPaymentStarted({ evseId, timeout }, _response, { station: { record }, domain }) {
    const nowMs = domain.clock.wallMs()
    const payment = { evseId, since: isoTime(nowMs), until: isoTime(nowMs + timeout * 1000) }
    record.webPayments = [...(record.webPayments ?? []), payment].slice(-mostSettlements)
    domain.stations.save(record)
  },
}
