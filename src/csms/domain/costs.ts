import type { CostDetailsType } from 'typed-ocpp/dist/ocpp21/types.js'
import { CostMeter } from '../../ocpp/tariff/cost-meter.ts'
import type { Place } from '../../ocpp/tariff/slices.ts'
import type { Tariff } from '../../ocpp/tariff/tariff.ts'
import { utcOffsetMs } from '../../ocpp/utc-offset.ts'
import type { Domain } from './domain.ts'
import { debited } from './token.ts'
import { isOpen, type TransactionRecord } from './transaction.ts'
import { variableKey, variableValue } from './variables.ts'

/** What a transaction costs, as far as is known. */
export interface TransactionCost {
  readonly tariffId: string | undefined
  /** ISO 4217; undefined: nobody told. */
  readonly currency: string | undefined
  /** Taxes included. */
  readonly total: number
  readonly exclTax: number | undefined
  /** Who calculated; operator: whoever sent CostUpdated. */
  readonly by: 'csms' | 'station' | 'operator'
  /** The transaction has ended. */
  readonly final: boolean
  /** Of the end. */
  readonly details: CostDetailsType | undefined
}

/** What a TransactionEvent tells of consumption. */
export interface Observation {
  readonly atMs: number
  /** The latest import register; undefined: it brought none. */
  readonly registerWh: number | undefined
  readonly powerW: number | undefined
  readonly charging: boolean
}

/**
 * Calculations under way. After a restart one begins anew with the start of its transaction: what
 * lay between is then priced by what goes on when the next event comes.
 */
const meters = new WeakMap<TransactionRecord, CostMeter>()

/** The station calculated [2.1 I12]. */
export function noteStationCost(
  domain: Domain,
  transaction: TransactionRecord,
  details: CostDetailsType,
): void {
  const { currency, total } = details.totalCost
  const { exclTax, inclTax = exclTax ?? 0 } = total
  const final = !isOpen(transaction)
  note(domain, transaction, {
    tariffId: transaction.tariffId,
    currency,
    total: inclTax,
    exclTax,
    by: 'station',
    final,
    details: final ? details : undefined,
  })
}

/** Somebody else calculated, and had the driver told [2.0.1 I02.FR.01]. */
export function noteToldCost(
  domain: Domain,
  transaction: TransactionRecord,
  total: number,
  currency: string | undefined,
): void {
  // A station that calculates for itself shows nothing else.
  if (transaction.cost?.by === 'station' || !isOpen(transaction)) return
  note(domain, transaction, {
    tariffId: undefined,
    currency: tariffOf(domain, transaction)?.currency ?? currency,
    total,
    exclTax: undefined,
    by: 'operator',
    final: false,
    details: undefined,
  })
}

/** Calculates here [2.0.1 I02, I03]; undefined: there is no tariff for it. */
export function calculateCost(
  domain: Domain,
  transaction: TransactionRecord,
  seen: Observation,
): (TransactionCost & { readonly currency: string }) | undefined {
  const tariff = tariffOf(domain, transaction)
  if (!tariff || transaction.startedAt === undefined) return undefined
  // Until the driver comes nobody knows what he pays.
  if (transaction.idToken === undefined && isOpen(transaction)) return undefined
  const meter = meters.get(transaction) ?? begin(domain, transaction, tariff, seen)
  const reservedSeconds = reservedFor(domain, transaction, transaction.startedAt)
  if (reservedSeconds !== undefined) meter.reserved(reservedSeconds)
  const registerWh = seen.registerWh ?? transaction.lastRegisterWh ?? transaction.meterStartWh ?? 0
  meter.advance({
    atMs: seen.atMs,
    registerWh: Math.round(registerWh),
    powerW: seen.powerW ?? 0,
    currentA: 0,
    charging: seen.charging,
  })
  const final = !isOpen(transaction)
  const details = meter.details(final)
  const { exclTax, inclTax = exclTax ?? 0 } = details.totalCost.total
  const cost = {
    tariffId: tariff.tariffId,
    currency: tariff.currency,
    total: inclTax,
    exclTax,
    by: 'csms' as const,
    final,
    details: final ? details : undefined,
  }
  if (final) meters.delete(transaction)
  note(domain, transaction, cost)
  return cost
}

function tariffOf({ tariffs, tokens }: Domain, { idToken }: TransactionRecord): Tariff | undefined {
  return tariffs?.of(idToken === undefined ? undefined : tokens.get(idToken))
}

/** How long its reservation stood until it began [2.1 I12.FR.06, FR.07]. */
function reservedFor(
  { stations }: Domain,
  { stationId, transactionId, reservationId }: TransactionRecord,
  startedAt: string,
): number | undefined {
  if (reservationId === undefined) return undefined
  const used = stations
    .get(stationId)
    ?.reservations?.find(
      (one) => one.reservationId === reservationId && one.transactionId === transactionId,
    )
  if (!used) return undefined
  return Math.max(0, Math.round((Date.parse(startedAt) - Date.parse(used.acceptedAt)) / 1000))
}

function begin(
  domain: Domain,
  transaction: TransactionRecord,
  tariff: Tariff,
  { atMs, registerWh = 0, charging }: Observation,
): CostMeter {
  const startedMs = Date.parse(transaction.startedAt ?? '')
  const startMs = Number.isNaN(startedMs) ? atMs : startedMs
  const startWh = transaction.meterStartWh ?? registerWh
  const meter = new CostMeter(
    { tariff, place: placeOf(domain, transaction) },
    {
      atMs: startMs,
      registerWh: Math.round(startWh),
      powerW: 0,
      currentA: 0,
      // It has gone on for a while: where no energy flowed it was idle.
      charging: charging && (atMs <= startMs || registerWh > startWh),
    },
  )
  meters.set(transaction, meter)
  return meter
}

/** As far as its station told; else an AC station whose clocks show UTC [2.1 I07.FR.17]. */
function placeOf({ stations }: Domain, { stationId, evseId }: TransactionRecord): Place {
  const record = stations.get(stationId)
  if (!record) return { evseKind: 'AC', offsetMs: 0 }
  const evse = evseId === undefined ? undefined : { name: 'EVSE', evse: { id: evseId } }
  const phases = evse && record.variables[variableKey(evse, { name: 'SupplyPhases' })]
  return {
    // As the device model has it: no phase of alternating current.
    evseKind: phases?.attributes['Actual'] === '0' ? 'DC' : 'AC',
    offsetMs: utcOffsetMs(variableValue(record, 'ClockCtrlr', 'TimeOffset')) ?? 0,
  }
}

function note(domain: Domain, transaction: TransactionRecord, cost: TransactionCost): void {
  const settled = transaction.cost?.final === true
  transaction.cost = cost
  domain.transactions.save(transaction)
  if (cost.final && !settled) debit(domain, transaction, cost.total)
}

/** Takes the cost of a transaction from a prepaid account [2.1 C17]. */
function debit(
  { tokens, tokenNews }: Domain,
  { idToken }: TransactionRecord,
  amount: number,
): void {
  const token = idToken === undefined ? undefined : tokens.get(idToken)
  const left = token && amount !== 0 ? debited(token, amount) : undefined
  if (!left) return
  tokens.save(left)
  tokenNews?.({ kind: 'debited', idToken: left.idToken, amount })
}
