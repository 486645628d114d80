import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ScenarioOverrides } from './build-plan.ts'
import { describePlan } from './describe-plan.ts'
import { loadScenario } from './load-scenario.ts'
import type { Plan } from './plan.ts'

const text = `name: "{what}-day"
vars:
  what: market
  stations: 4
  low: 1s
  high: \${low}
  share: 30%
  rate: 2/s
  forever: true
  limit: 16
fleets:
  - name: a
    count: \${stations}
    id: "\${what}-{index:03}"
    script:
      - repeat: { forever: \${forever} }
        steps: [{ wait: { between: [\${low}, "{high}"] } }]
      - call: { action: DataTransfer, payload: { limit: "{limit}", text: "{limit} A {limit:04} {{limit}} {id}" } }
    traffic: [{ call: Heartbeat, rate: \${rate} }]
steady: 10s
`

function load(file: string, overrides: ScenarioOverrides = {}, environment = {}): Plan {
  const loaded = loadScenario({ file: 'v.yaml', text: file }, overrides, environment)
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  return loaded.plan
}

function problems(file: string, vars: Record<string, string> = {}): readonly string[] {
  const loaded = loadScenario({ file: 'v.yaml', text: file }, { vars })
  return 'problems' in loaded ? loaded.problems.map(({ message }) => message) : []
}

const small = (vars: string, rest = '') =>
  `name: t\nvars: {${vars}}\nfleets: [{name: a, ${rest} script: [boot]}]\n`

describe('vars', () => {
  test('stand for a value of any kind, also unquoted within brackets', () => {
    const plan = load(text)
    expect(plan.name).toBe('market-day')
    const [fleet] = plan.fleets
    expect(fleet).toMatchObject({ count: 4, id: 'market-{index:03}' })
    expect(fleet?.traffic).toMatchObject([{ ratePerSecond: 2 }])
    expect(fleet?.script).toMatchObject([
      { args: { forever: true, steps: [{ args: { kind: 'between', low: 1000, high: 1000 } }] } },
      {
        args: { payload: { limit: 16, text: '16 A 0016 {{limit}} {id}' } },
      },
    ])
  })

  test('--set replaces one, of the kind that the file says', () => {
    const set = { stations: '7', rate: '90/min', what: 'fair', forever: 'false', limit: '2.5' }
    const said = text.replace('${forever}', 'true')
    const plan = load(said, { vars: set })
    expect(plan.fleets[0]).toMatchObject({ count: 7, id: 'fair-{index:03}' })
    expect(plan.fleets[0]?.traffic[0]?.ratePerSecond).toBe(1.5)
    expect(plan.fleets[0]?.script[1]).toMatchObject({ args: { payload: { limit: 2.5 } } })
    expect(problems(text, { rate: '5s' })).toEqual(['--set rate: "5s" is not a rate like 200/s.'])
    expect(problems(text, { stations: 'many' })).toEqual([
      '--set stations: "many" is not a number.',
    ])
    expect(problems(text, { forever: 'yes' })).toEqual([
      '--set forever: "yes" is not true or false.',
    ])
    expect(problems(small('at: "18:00"'), { at: '6' })).toEqual([
      '--set at: "6" is not a time of day.',
    ])
  })

  test('a name that is no var is an error with the nearest', () => {
    expect(problems(text, { statoins: '1' })).toEqual([
      '--set statoins: there is no such var. Did you mean "stations"?',
    ])
    expect(problems('name: t\nfleets: [{name: a, script: [boot]}]', { x: '1' })).toEqual([
      '--set x: this file has no vars.',
    ])
    expect(problems(small('rate: 1/s', 'count: ${rat},'))).toContain(
      'There is no var "rat". Did you mean "rate"?',
    )
  })

  test('one without a value has to be set', () => {
    const file = small('n: ', 'count: ${n},')
    expect(problems(file)).toContain('The var "n" has no value here: say it with --set n=...')
    expect(load(file, { vars: { n: '3' } }).fleets[0]?.count).toBe(3)
  })

  test('names that stations have of their own, and names to save under, are not to be had twice', () => {
    expect(problems(small('id: 1'))).toEqual(['"{id}" is a name that stations have of their own.'])
    expect(problems(small('2x: 1'))).toEqual(['"2x" is not a name like "rate" or "peak_rate".'])
    expect(problems(small('x: [1]'))).toEqual([
      'A var is one value: text, a number, a quantity, true or false.',
    ])
    const saving =
      'name: t\nvars: {tx: 1}\nfleets: [{name: a, script: [{start: {save: {tx: $.a}}}]}]'
    expect(problems(saving)).toEqual(['"tx" is a var of the file; save it under another name.'])
  })

  test('the environment comes after vars; $${NAME} and a save are left alone', () => {
    const file = `description: "$\${HOME}\${PORT}"\n${small('HOME: a-b', 'id: "${HOME}",')}`
    const plan = load(file, {}, { HOME: 'elsewhere', PORT: '9' })
    expect(plan.fleets[0]).toMatchObject({ id: 'a-b' })
    expect(plan.description).toBe('${HOME}9')
  })

  test('--dry-run lists them, without what comes from the environment or looks secret', () => {
    const file = small('n: 4, pw: "${PW}", apiKey: k1', 'count: ${n}, password: "${pw}",')
    const shown = describePlan(load(file, { vars: { n: '5', apiKey: 'k2' } }, { PW: 'hush' }))
    expect(shown).toContain('Vars         n = 5 (--set; the file says 4)\n')
    expect(shown).toContain('pw (from the environment)')
    expect(shown).toContain('apiKey = *** (--set)')
    expect(shown).not.toMatch(/hush|k1|k2/)
  })

  test('whatever text a var holds arrives as it is', () => {
    const words = fc.string({ minLength: 1, maxLength: 40 }).filter((word) => !/[${}]/.test(word))
    fc.assert(
      fc.property(words, (word) => {
        const file = `name: t\nvars: {word: x}\ndescription: "<\${word}>"\nfleets: [{name: a, script: [boot]}]`
        expect(load(file, { vars: { word } }).description).toBe(`<${word}>`)
      }),
      { numRuns: 60 },
    )
  })
})
