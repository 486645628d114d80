import { isSecret } from '../../ocpp/redact.ts'
import type { StationRecord } from './station.ts'

/** 1.6: a configuration key as the station reported it, or as it was changed. */
export interface ConfigurationValue {
  /** Undefined for secrets, which are never kept, and for keys that are write-only. */
  readonly value: string | undefined
  readonly readonly: boolean
  /** The value holds from the next boot on. */
  readonly rebootRequired?: boolean
}

/** So many keys are remembered of a station; a real one has fewer than two hundred. */
const mostKeys = 1000

/** What GetConfiguration was answered. */
export function learnConfiguration(
  record: StationRecord,
  known: readonly { readonly key: string; readonly value?: string; readonly readonly: boolean }[],
  unknown: readonly string[],
): void {
  for (const key of unknown) delete record.configuration[key]
  for (const { key, value, readonly } of known) {
    const before = record.configuration[key]
    const waits = before?.rebootRequired === true && before.value === value
    keep(record, key, {
      value: isSecret(key) ? undefined : value,
      readonly,
      ...(waits && { rebootRequired: true }),
    })
  }
}

/** A ChangeConfiguration that the station took. */
export function changedConfiguration(
  record: StationRecord,
  key: string,
  value: string,
  rebootRequired: boolean,
): void {
  if (isSecret(key)) return
  // Keys are compared without regard to case [1.6 7.17]; the station's spelling stays.
  const known = Object.keys(record.configuration).find(
    (name) => name.toLowerCase() === key.toLowerCase(),
  )
  keep(record, known ?? key, { value, readonly: false, ...(rebootRequired && { rebootRequired }) })
}

/** The station has booted: nothing waits for that any more. */
export function configurationBooted(record: StationRecord): void {
  for (const [key, { value, readonly, rebootRequired }] of Object.entries(record.configuration)) {
    if (rebootRequired) record.configuration[key] = { value, readonly }
  }
}

function keep(record: StationRecord, key: string, value: ConfigurationValue): void {
  const { configuration } = record
  const known = Object.prototype.hasOwnProperty.call(configuration, key)
  if (!known && Object.keys(configuration).length >= mostKeys) return
  // Not by assignment: a key may be called __proto__.
  Object.defineProperty(configuration, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  })
}
