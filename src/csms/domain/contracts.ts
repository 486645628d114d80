import { certificatesOf } from './certificates.ts'
import type { StationRecord } from './station.ts'

/** A contract certificate that a vehicle got through a station. Times are RFC 3339. */
export interface ContractRecord {
  readonly emaid: string
  readonly serial: string
  readonly notAfter: string
  readonly signedAt: string
  readonly action: 'Install' | 'Update'
}

/** So many are remembered of a station. */
const mostContracts = 50
/** A station that asks for more in an hour is broken, or wants to fill the books. */
export const mostContractsInAnHour = mostContracts
const hourMs = 3_600_000

/** Whether a station had as many contract certificates within an hour as it gets. */
export function hadContracts({ certificates }: StationRecord, nowMs: number): boolean {
  const recent = (certificates?.contracts ?? []).filter(
    ({ signedAt }) => Date.parse(signedAt) > nowMs - hourMs,
  )
  return recent.length >= mostContractsInAnHour
}

export function addContract(record: StationRecord, contract: ContractRecord): void {
  const certificates = certificatesOf(record)
  certificates.contracts = [...(certificates.contracts ?? []), contract].slice(-mostContracts)
}

/** How far a vehicle has got that asks for several contracts, one after the other [2.1 M01.FR.07]. */
export class ContractRequests {
  #request: string | undefined
  #at = 0

  /** Which contract a request gets, from 0; the same request once more gets the next one. */
  next(request: string, contracts: number): number {
    const goesOn = request === this.#request && this.#at + 1 < contracts
    this.#at = goesOn ? this.#at + 1 : 0
    this.#request = request
    return this.#at
  }
}
