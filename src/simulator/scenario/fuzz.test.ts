import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatProblems } from '../../document/problem.ts'
import { loadScenario } from './load-scenario.ts'

const folder = join(import.meta.dirname, '../../../scenarios')
const shipped = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((file) => readFileSync(join(folder, file), 'utf8'))

/** What hurts parsers, and pieces of the language in the wrong place. */
const pieces = [
  '',
  ' ',
  '\n',
  '- ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  '"',
  '*session',
  '&x ',
  '<<: ',
  '~',
  '-1',
  '1e999',
  '0x10',
  '2026-01-01',
  '{tx}',
  '${HOME}',
  '$any',
  'boot',
  'repeat: {times: 3}',
  'steps: []',
  '!!binary ',
  '\t',
  '? ',
  '|',
  '__proto__: 1',
  'constructor: 1',
  'save: {__proto__: $.a}',
  '\u0000',
]

test('a damaged scenario is a list of problems in the file, never a crash', () => {
  const damage = fc.record({
    text: fc.constantFrom(...shipped),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat({ max: 20 }),
    piece: fc.constantFrom(...pieces),
  })
  fc.assert(
    fc.property(damage, ({ text, at, cut, piece }) => {
      const start = Math.floor(at * text.length)
      const damaged = text.slice(0, start) + piece + text.slice(start + cut)
      const loaded = loadScenario({ file: 'f.yaml', text: damaged })
      if ('plan' in loaded) return
      expect(loaded.problems.length).toBeGreaterThan(0)
      const lines = damaged.split('\n').length
      for (const { line, column, length, message } of loaded.problems) {
        expect(line).toBeGreaterThan(0)
        expect(line).toBeLessThanOrEqual(lines)
        expect(column).toBeGreaterThan(0)
        expect(length).toBeGreaterThan(0)
        expect(message).toMatch(/[.?]$/)
      }
      expect(formatProblems('f.yaml', damaged, loaded.problems)).toContain('f.yaml:')
    }),
    { numRuns: 300 },
  )
})
