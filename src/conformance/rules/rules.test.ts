import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PayloadValidators } from '../../ocpp/schemas.ts'
import { ocppVersions } from '../../ocpp/version.ts'
import { officialValidators } from '../../platform/official-validators.ts'
import { playSequence } from './play-sequence.ts'
import { partOf } from './rule-book.ts'
import { rules, rulesByFile } from './rules.ts'
import type { Sequence } from './sequence.ts'

const validators = new PayloadValidators(officialValidators)

const shown = rules.flatMap((rule) =>
  ocppVersions.flatMap((version) => {
    const part = partOf(rule, version)
    if (!part) return []
    const judged = rule.judges === 'both' ? part.breaks.at(-1)!.by : rule.judges
    return [{ rule, version, part, judged }]
  }),
)

function invalid(version: (typeof ocppVersions)[number], sequence: Sequence): string[] {
  return sequence.flatMap(({ action, request, response }) => {
    const faults = [
      validators.check(version, action, 'request')?.(request),
      response && validators.check(version, action, 'response')?.(response),
    ]
    return faults.flatMap((fault) => (fault ? `${action}: ${fault.text}` : []))
  })
}

describe.each(shown)('$rule.id in $version', ({ rule, version, part, judged }) => {
  test('is broken by the last message of its sequence, once, and no other rule is', () => {
    const found = playSequence(version, judged, part.breaks)
    expect(found.map((one) => [one.rule, one.level])).toEqual([[rule.id, part.level]])
    const untilThen = playSequence(version, judged, part.breaks.slice(0, -1))
    expect(untilThen).toEqual([])
  })

  test('is not broken by what nearly does', () => {
    expect(playSequence(version, judged, part.nearly)).toEqual([])
  })

  test('shows sequences that are valid against the official schemas', () => {
    expect(invalid(version, [...part.breaks, ...part.nearly])).toEqual([])
  })
})

test('ids are unique, upper case and begin with their theme', () => {
  const ids = rules.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter((id) => !/^[A-Z]+(_[A-Z0-9]+)+$/.test(id))).toEqual([])
})

test.each(Object.entries(rulesByFile))('%s is the file of its rule', (file, { id }) => {
  expect(readFileSync(join(import.meta.dirname, file), 'utf8')).toContain(`id: '${id}'`)
})
