import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { noteToldCost } from '../../domain/costs.ts'
import type { StationContext } from '../../domain/domain.ts'
import { mostStationTariffs, type StationTariffRecord } from '../../domain/settlements.ts'
import type { StationRecord } from '../../domain/station.ts'
import { variableValue } from '../../domain/variables.ts'
import type { CommandEffects } from '../../gateway/command-effects.ts'

/** What a driver was told that his transaction costs [2.0.1 I02]. */
export const costEffects: CommandEffects<Actions201> = {
  CostUpdated({ transactionId, totalCost }, _response, { station, domain }) {
    const transaction = station.transaction(transactionId)
    if (!transaction) return
    const currency = variableValue(station.record, 'TariffCostCtrlr', 'Currency')
    noteToldCost(domain, transaction, totalCost, currency)
  },
}

function remember({ station, domain }: StationContext, tariffs: StationTariffRecord[]): void {
  station.record.tariffs = tariffs.slice(-mostStationTariffs)
  domain.stations.save(station.record)
}

/** What is left of a tariff that is gone at one EVSE; 0 or undefined: everywhere. */
function withoutEvse(
  { connectors }: StationRecord,
  tariff: StationTariffRecord,
  evseId = 0,
): readonly StationTariffRecord[] {
  if (evseId === 0) return []
  const known = new Set(connectors.flatMap((connector) => connector.evseId ?? []))
  const evseIds = (tariff.evseIds ?? [...known]).filter((id) => id !== evseId)
  return evseIds.length === 0 ? [] : [{ ...tariff, evseIds }]
}

/** Which tariffs a station has [2.1 I07, I09, I10], and what a transaction goes on with [2.1 I11]. */
export const tariffEffects: CommandEffects<Actions21> = {
  SetDefaultTariff({ evseId, tariff }, { status }, context) {
    if (status !== 'Accepted') return
    const { tariffId, validFrom } = tariff
    const { record } = context.station
    const nowMs = context.domain.clock.wallMs()
    const waits = (from: string | undefined) => from !== undefined && Date.parse(from) > nowMs
    const { tariffs = [] } = record
    // One that holds at once takes the place of what held.
    const left = waits(validFrom)
      ? tariffs
      : tariffs.flatMap((known) => {
          const stays = known.kind !== 'DefaultTariff' || waits(known.validFrom)
          return stays ? [known] : withoutEvse(record, known, evseId)
        })
    remember(context, [
      ...left,
      {
        tariffId,
        kind: 'DefaultTariff',
        ...(validFrom !== undefined && { validFrom }),
        ...(evseId > 0 && { evseIds: [evseId] }),
      },
    ])
  },
  GetTariffs({ evseId }, { status, tariffAssignments = [] }, context) {
    // Of one EVSE it is not all that the station has.
    if (evseId !== 0 || status === 'Rejected') return
    remember(
      context,
      tariffAssignments.map((assignment) => {
        const { tariffKind: kind, customData: _, ...known } = assignment
        return { ...known, kind }
      }),
    )
  },
  ClearTariffs({ evseId }, { clearTariffsResult }, context) {
    const cleared = clearTariffsResult.flatMap(({ tariffId, status }) =>
      tariffId !== undefined && status === 'Accepted' ? [tariffId] : [],
    )
    const { record } = context.station
    remember(
      context,
      (record.tariffs ?? []).flatMap((tariff) =>
        cleared.includes(tariff.tariffId) ? withoutEvse(record, tariff, evseId) : [tariff],
      ),
    )
  },
  ChangeTransactionTariff({ transactionId, tariff }, { status }, { station, domain }) {
    const transaction = station.transaction(transactionId)
    if (status !== 'Accepted' || !transaction) return
    transaction.tariffId = tariff.tariffId
    domain.transactions.save(transaction)
  },
}
