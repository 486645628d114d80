import type { Clock } from '../../../shared/clock.ts'

/** What every way to make a CSMS act is handed. */
export interface Tools {
  readonly clock: Clock
  /** How long one request, command or module may take; milliseconds. */
  readonly timeoutMs: number
  /** Of every request of HTTP. */
  readonly headers: Readonly<Record<string, string>>
  /** PEM of authorities that are trusted beside the usual ones. */
  readonly ca?: string | undefined
  /** Where commands run. */
  readonly folder: string
}
