import { describe, expect, test } from 'vitest'
import { parseJsonPath, valueAt } from '../../../ocpp/matchers/json-path.ts'
import { mismatch } from '../../../ocpp/matchers/matcher.ts'
import { PayloadValidators } from '../../../ocpp/schemas.ts'
import { officialSchemas } from '../../../platform/official-schemas.ts'
import { defaultFixtures } from '../../run/fixtures.ts'
import type { AskedMove, ConformanceCase } from '../case.ts'
import { CaseValues } from '../values.ts'
import { security201 } from './a-security.ts'
import { provisioning201 } from './b-provisioning.ts'
import { authorization201 } from './c-authorization.ts'
import { localList201 } from './d-local-list.ts'
import { transactions201 } from './e-transactions.ts'
import { remoteControl201 } from './f-remote-control.ts'
import { availability201 } from './g-availability.ts'
import { reservation201 } from './h-reservation.ts'
import { smartCharging201 } from './k-smart-charging.ts'
import { firmware201 } from './l-firmware.ts'
import { display201 } from './o-display.ts'

const validators = new PayloadValidators(officialSchemas)

/** What moves would have found out before. */
const found = {
  ...defaultFixtures,
  firmwareCertificate: 'PEM',
  firmwareSignature: 'c2lnbmF0dXJl',
  stackLevel: 0,
  profileId: 11,
  ...Object.fromEntries(
    [
      'expiry',
      'profileFrom',
      'profileTo',
      'installAt',
      'retrieveAt',
      'shownFrom',
      'shownUntil',
    ].map((name) => [name, '2026-01-01T00:00:00Z']),
  ),
}

/** What a CSMS may choose for itself; of times cases look at what they are, not how they are written. */
const itsOwn = new Set([
  'id',
  'requestId',
  'remoteStartId',
  'versionNumber',
  'checksum',
  'expiryDateTime',
  'validFrom',
  'validTo',
  'startSchedule',
  'retrieveDateTime',
  'installDateTime',
  'startDateTime',
  'endDateTime',
])
/** Three phases go without saying; that an update is to be installed later is looked at as a time. */
const mayBeMissing = new Set(['numberPhases', 'installDateTime'])

interface Ordered {
  readonly move: AskedMove
  readonly payload: object
  readonly refuses: (payload: object) => boolean
}

/** Every order of a case, with what its demands and the schema say of a payload. */
function ordersOf({ moves }: ConformanceCase): readonly Ordered[] {
  const values = new CaseValues(
    found,
    () => 0,
    () => 'fresh',
  )
  return moves.flatMap((move) => {
    if (move.kind !== 'asked' || move.order === undefined) return []
    const payload = values.payload(move.order)
    const matchers = move.demands.map(({ matcher }) => values.fill(matcher))
    for (const [name, path] of Object.entries(move.save)) {
      values.set(name, valueAt(payload, parseJsonPath(path) ?? []))
    }
    const schema = validators.check('ocpp2.0.1', move.action, 'request')
    const refuses = (told: object) =>
      matchers.some((matcher) => mismatch(matcher, told) !== undefined) ||
      schema?.(told) !== undefined
    return { move, payload, refuses }
  })
}

type Path = readonly (string | number)[]

/** Every field of a payload. */
function fieldsOf(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...at, Array.isArray(value) ? Number(key) : key]
    return [...(Array.isArray(value) ? [] : [path]), ...fieldsOf(inner, path)]
  })
}

/** The payload with another value there; undefined: with none. */
function changed(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to
  if (Array.isArray(value)) {
    return value.map((one, at) => (at === key ? changed(one, rest, to) : one))
  }
  const entries = Object.entries(value as object).flatMap(([name, inner]) => {
    if (name !== key) return [[name, inner] as const]
    const after = changed(inner, rest, to)
    return after === undefined ? [] : [[name, after] as const]
  })
  return Object.fromEntries(entries)
}

/** Legal for the schema wherever the field is free; something else wherever it is not. */
function other(value: unknown): unknown {
  if (typeof value === 'number') return value + 7
  if (typeof value === 'string') return `${value}x`
  return Array.isArray(value) ? [] : { vendorId: 'x' }
}

/** A CSMS may choose passwords and slots: these look at what it did. */
const byItself = new Set(['TC_A_09_CSMS', 'TC_A_10_CSMS', 'TC_A_19_CSMS'])

const cases = [
  ...security201,
  ...provisioning201,
  ...authorization201,
  ...localList201,
  ...transactions201,
  ...remoteControl201,
  ...availability201,
  ...reservation201,
  ...smartCharging201,
  ...firmware201,
  ...display201,
].filter((one) => !byItself.has(one.id) && ordersOf(one).length > 0)

describe.each(cases)('$id', (one) => {
  test('a CSMS that sends what was ordered is right', () => {
    expect(ordersOf(one).filter(({ payload, refuses }) => refuses(payload))).toEqual([])
  })

  test('one that leaves a field out is not', () => {
    const unseen = ordersOf(one).flatMap(({ move, payload, refuses }) =>
      fieldsOf(payload)
        .filter((path) => !mayBeMissing.has(String(path[path.length - 1])))
        .filter((path) => !refuses(changed(payload, path, undefined) as object))
        .map((path) => `${move.action} ${path.join('.')}`),
    )
    expect(unseen).toEqual([])
  })

  test('one that says something else is not', () => {
    const unseen = ordersOf(one).flatMap(({ move, payload, refuses }) =>
      fieldsOf(payload)
        .filter((path) => !itsOwn.has(String(path[path.length - 1])))
        .filter((path) => {
          const steps = valueAt(payload, path)
          return !refuses(changed(payload, path, other(steps)) as object)
        })
        .map((path) => `${move.action} ${path.join('.')}`),
    )
    expect(unseen).toEqual([])
  })
})
