import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { officialSchemas } from '../platform/official-schemas.ts'
import { officialValidators } from '../platform/official-validators.ts'
import { actionsOf } from './action.ts'
import { messageOf, PayloadValidators } from './schemas.ts'
import { type OcppVersion, ocppVersions } from './version.ts'

/** Key order, `$id` and `$schema` do not change what a schema accepts; everything else does. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '$id' && key !== '$schema' && key !== 'comment')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  )
}

function fingerprint(version: OcppVersion): string {
  const hash = createHash('sha256')
  const byName = [...officialSchemas(version)].sort((a, b) => (a.$id < b.$id ? -1 : 1))
  for (const schema of byName) hash.update(schema.$id).update(JSON.stringify(canonical(schema)))
  return hash.digest('hex').slice(0, 16)
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')

describe('official schemas', () => {
  test.each([
    ['ocpp1.6', 78, 'f0ad64b77c95b468'],
    ['ocpp2.0.1', 128, '8a9dbfe23f6cd247'],
    ['ocpp2.1', 181, '1a196bda10324ece'],
  ] as const)('%s has %i schemas, and they have not drifted', (version, count, hash) => {
    expect(officialSchemas(version)).toHaveLength(count)
    expect(fingerprint(version)).toBe(hash)
  })

  test.each(ocppVersions)(
    '%s: the action table and the schemas name the same messages',
    (version) => {
      const fromTable = Object.entries(actionsOf[version]).flatMap(([action, info]) =>
        info.send ? [`${action} request`] : [`${action} request`, `${action} response`],
      )
      const fromSchemas = officialSchemas(version).map((schema) => messageOf(schema.$id))
      expect(fromTable.sort()).toEqual(fromSchemas.sort())
    },
  )

  test.each(ocppVersions)('%s: every schema compiles', (version) => {
    const validators = new PayloadValidators(officialValidators)
    for (const [action, info] of Object.entries(actionsOf[version])) {
      // The first payload compiles.
      expect(validators.check(version, action, 'request')?.(0)).toBeDefined()
      if (!info.send) expect(validators.check(version, action, 'response')?.(0)).toBeDefined()
    }
  })
})

describe('PayloadValidators', () => {
  const validators = new PayloadValidators(officialValidators)

  test('has no check for an action the version does not know', () => {
    expect(validators.check('ocpp1.6', 'TransactionEvent', 'request')).toBeUndefined()
  })

  test('accepts every one-decimal limit of a 1.6 charging schedule', () => {
    const check = validators.check('ocpp1.6', 'GetCompositeSchedule', 'response')
    for (let tenth = 0; tenth <= 1000; tenth += 1) {
      const limit = tenth / 10
      const schedule = {
        chargingRateUnit: 'A',
        chargingSchedulePeriod: [{ startPeriod: 0, limit }],
      }
      expect(check?.({ status: 'Accepted', chargingSchedule: schedule })).toBeUndefined()
    }
    const fine = {
      chargingRateUnit: 'A',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 0.05 }],
    }
    const fault = check?.({ status: 'Accepted', chargingSchedule: fine })
    expect(fault?.text).toContain('multiple of 0.1')
  })

  test('[1.6J 4.2.3] says where a payload is wrong and which error code that is', () => {
    const check = validators.check('ocpp1.6', 'MeterValues', 'request')
    expect(
      check?.({ connectorId: 1, meterValue: [{ timestamp: 'noon', sampledValue: [] }] }),
    ).toEqual({
      code: 'FormatViolation',
      text: '/meterValue/0/timestamp must match format "date-time"',
    })
    expect(check?.({ connectorId: 1 })?.code).toBe('OccurrenceConstraintViolation')
    expect(check?.({ connectorId: '1', meterValue: [] })?.code).toBe('TypeConstraintViolation')
    expect(check?.({ connectorId: 1, meterValue: [], more: 1 })?.text).toContain('more')
  })

  test('[RFC 3339] a time that is valid is an instant, and one that is none is not valid', () => {
    const check = validators.check('ocpp1.6', 'Heartbeat', 'response')
    const upTo = (most: number) => fc.integer({ min: 0, max: most }).map(twoDigits)
    const offset = fc.oneof(
      fc.constantFrom('Z', 'z', '', '+02'),
      fc.tuple(fc.constantFrom('+', '-'), upTo(29), fc.constantFrom(':', ''), upTo(69)),
    )
    fc.assert(
      fc.property(
        fc.tuple(upTo(13), upTo(33), upTo(25), upTo(61), upTo(61)),
        fc.constantFrom('', '.5', '.123456789'),
        offset,
        ([month, day, hour, minute, second], fraction, zone) => {
          const date = `2026-${month}-${day}`
          const currentTime = `${date}T${hour}:${minute}:${second}${fraction}${[zone].flat().join('')}`
          const isValid = check?.({ currentTime }) === undefined
          const hasInstant = Number.isFinite(Date.parse(currentTime))
          if (isValid) expect(hasInstant, currentTime).toBe(true)
          // What has an offset and an instant is valid but for the 24th hour.
          else if (zone !== '' && hour !== '24') expect(hasInstant, currentTime).toBe(false)
        },
      ),
      { numRuns: 2000 },
    )
    for (const currentTime of ['2026-13-01T00:00:00Z', '2026-01-39T00:00:00Z']) {
      expect(check?.({ currentTime })?.code).toBe('FormatViolation')
    }
  })

  test('[1.6 errata 3.10] times with fractions and offsets are valid', () => {
    const check = validators.check('ocpp1.6', 'Heartbeat', 'response')
    for (const currentTime of [
      '2026-01-01T00:00:00Z',
      '2026-01-01T00:00:00.123456Z',
      '2026-01-01T02:00:00+02:00',
    ]) {
      expect(check?.({ currentTime })).toBeUndefined()
    }
    expect(check?.({ currentTime: '2026-01-01T00:00:00' })).toBeDefined()
  })
})
