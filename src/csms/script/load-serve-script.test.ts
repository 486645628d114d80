import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { formatProblems } from '../../document/problem.ts'
import { describeScript } from './describe-script.ts'
import { loadServeScript } from './load-serve-script.ts'
import { serveScriptSchema } from './serve-script-schema.ts'

const folder = join(import.meta.dirname, '../../../scenarios/serve')
const shipped = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const)

function told(text: string, settings = {}): string {
  const loaded = loadServeScript({ file: 's.yaml', text }, settings)
  if ('script' in loaded) return describeScript(loaded.script)
  return formatProblems('s.yaml', text, loaded.problems)
}

describe('loadServeScript', () => {
  test.each(shipped)('%s is sound, for the reader and for editors', (_name, text) => {
    const loaded = loadServeScript({ file: 's.yaml', text })
    expect('problems' in loaded ? loaded.problems : []).toEqual([])
    const validate = new Ajv({ strict: false, allowUnionTypes: true }).compile(serveScriptSchema())
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true)
  })

  test('every mistake is told at once, with its place and the nearest name', () => {
    const text = `name: bad
answers:
  BootNotifcation: { never: true }
  Heartbeat: { with: {}, never: true }
  Authorize: [{ afer: 3s }]
  MeterValues: []
  StatusNotification: { callError: InternalErr }
script:
  - expct: Heartbeat
  - expect: { action: GetConfiguration }
  - call: { action: Reset, answer: { status: $anny } }
  - log: "{nobody}"
  - repeat: { steps: [{ wait: 3 }] }
until: { station: 2 }
`
    expect(told(text)).toMatchInlineSnapshot(`
      "s.yaml:3:3: OCPP has no action "BootNotifcation". Did you mean "BootNotification"?
         3 |   BootNotifcation: { never: true }
           |   ^^^^^^^^^^^^^^^

      s.yaml:4:14: An answer is one of "with", "change", "callError", "never: true", "raw" or "close".
         4 |   Heartbeat: { with: {}, never: true }
           |              ^^^^^^^^^^^^^^^^^^^^^^^^^

      s.yaml:5:17: Unknown key "afer". Did you mean "after"?
         5 |   Authorize: [{ afer: 3s }]
           |                 ^^^^

      s.yaml:6:16: An empty list; it wants own, or an answer like {callError: InternalError}.
         6 |   MeterValues: []
           |                ^^

      s.yaml:7:36: OCPP has no error code "InternalErr". Did you mean "InternalError"?
         7 |   StatusNotification: { callError: InternalErr }
           |                                    ^^^^^^^^^^^

      s.yaml:9:5: Unknown step "expct". Did you mean "expect"?
         9 |   - expct: Heartbeat
           |     ^^^^^

      s.yaml:10:23: In OCPP a station never sends GetConfiguration.
        10 |   - expect: { action: GetConfiguration }
           |                       ^^^^^^^^^^^^^^^^

      s.yaml:11:46: Unknown matcher "$anny". Did you mean "$any"?
        11 |   - call: { action: Reset, answer: { status: $anny } }
           |                                              ^^^^^

      s.yaml:12:10: Nothing saves "{nobody}". There are id, version, now, transactionId, messageId, request.
        12 |   - log: "{nobody}"
           |          ^^^^^^^^^^

      s.yaml:13:31: "3" has no unit; steps wants a duration like 30s.
        13 |   - repeat: { steps: [{ wait: 3 }] }
           |                               ^

      s.yaml:14:10: Unknown key "station". Did you mean "stations"?
        14 | until: { station: 2 }
           |          ^^^^^^^

      11 problems in s.yaml."
    `)
  })

  test('an action of another version is told where the part names its own', () => {
    const text = 'name: x\nprotocol: ocpp2.0.1\nanswers: { StartTransaction: own }\n'
    expect(told(text)).toContain('ocpp2.0.1 has no StartTransaction; there it is TransactionEvent.')
    expect(told(text.replace('ocpp2.0.1', 'ocpp1.6'))).toContain('answers to StartTransaction')
  })

  test.each([
    ['name: x\n', 'A script says something: "answers", "script" or "parts" is missing.'],
    ['name: x\nparts: []\n', 'An empty list; a script needs a part.'],
    ['name: x\nscript: []\nparts: [{}]\n', 'With "parts", "script" stands in each of them.'],
    ['name: x\nanswers: {}\nuntil: { stations: 2 }\n', 'Nobody ends a script here'],
    ['name: x\nanswers: { Heartbeat: {} }\n', 'is not own, or an answer like'],
    ['name: x\nvars: { id: 1 }\nanswers: {}\n', '"{id}" is a name that stations have'],
  ])('%j makes no sense', (text, message) => {
    expect(told(text)).toContain(message)
  })

  test('says what ends a run, and what vars came to', () => {
    const text = 'name: x\nvars: { n: 1 }\nstations: [A, B, "C*"]\nscript: [{ wait: "${n}s" }]\n'
    expect(told(text, { n: '3' })).toMatchInlineSnapshot(`
      "Script   x
      Vars     n = 3 (--set; the file says 1)
      For      A, B, C*: 1 step
      Ends     2 stations have ended the script, or nobody was playing for 10min"
    `)
    expect(told('name: x\nuntil: { within: 1h }\nanswers: { Heartbeat: own }\n')).toContain(
      'Ends     1h after it began to listen, or when it is interrupted',
    )
    expect(told(text, { m: '3' })).toContain('--set m: there is no such var.')
  })
})

/** What hurts parsers, and pieces of the language in the wrong place. */
const pieces = ['', '\n', '- ', ': ', '{', '}', '[', ']', '"', '*x', '&x ', '<<: ', '~', '-1', '\t']
const words = ['own', 'never: true', 'answers: ', 'script: [expect]', 'parts: [{}]', '{tx}', '${X}']
const hostile = [
  '$any',
  '__proto__: 1',
  'constructor: {}',
  'until: []',
  'with: []',
  '\u0000',
  '1e999',
]

test('a damaged script is a list of problems in the file, never a crash', () => {
  const damage = fc.record({
    text: fc.constantFrom(...shipped.map(([, text]) => text)),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat({ max: 20 }),
    piece: fc.constantFrom(...pieces, ...words, ...hostile),
  })
  fc.assert(
    fc.property(damage, ({ text, at, cut, piece }) => {
      const start = Math.floor(at * text.length)
      const damaged = text.slice(0, start) + piece + text.slice(start + cut)
      const loaded = loadServeScript({ file: 's.yaml', text: damaged })
      if ('script' in loaded) return
      expect(loaded.problems.length).toBeGreaterThan(0)
      const lines = damaged.split('\n').length
      for (const { line, column, length, message } of loaded.problems) {
        expect(line).toBeGreaterThan(0)
        expect(line).toBeLessThanOrEqual(lines)
        expect(column).toBeGreaterThan(0)
        expect(length).toBeGreaterThan(0)
        expect(message).toMatch(/[.?]$/)
      }
      expect(formatProblems('s.yaml', damaged, loaded.problems)).toContain('s.yaml:')
    }),
    { numRuns: 300 },
  )
})

test('any text at all is no crash either', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400, unit: 'grapheme' }), (text) => {
      const loaded = loadServeScript({ file: 's.yaml', text: `name: x\n${text}` })
      if ('problems' in loaded) expect(loaded.problems.length).toBeGreaterThan(0)
    }),
    { numRuns: 300 },
  )
})
