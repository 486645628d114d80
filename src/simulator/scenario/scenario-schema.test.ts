import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { stepHelp } from '../../document/step-reference.ts'
import { stepTable } from '../steps/registry.ts'
import { loadScenario } from './load-scenario.ts'
import { scenarioSchema } from './scenario-schema.ts'

const root = join(import.meta.dirname, '../../..')
const validate = new Ajv({ strict: false, allowUnionTypes: true }).compile(scenarioSchema())

function faults(text: string): string | undefined {
  const sound = validate(parse(text, { merge: true }))
  return sound ? undefined : JSON.stringify(validate.errors)
}

function example(name: string): string {
  const lines = (stepTable[name]?.example ?? '').split('\n').map((line) => `      ${line}`)
  const saved = '      - start: {save: {tx: $.transactionId}}\n'
  return `name: t\nfleets:\n  - name: street\n    station: {connectors: 2}\n    script:\n${saved}${lines.join('\n')}\n`
}

describe('scenarioSchema', () => {
  test.each(readdirSync(join(root, 'scenarios')).filter((name) => name.endsWith('.yaml')))(
    'accepts %s, and so does the parser',
    (file) => {
      const text = readFileSync(join(root, 'scenarios', file), 'utf8')
      expect(faults(text)).toBeUndefined()
      expect(loadScenario({ file, text })).toHaveProperty('plan')
    },
  )

  test.each(Object.keys(stepTable))('accepts the example of %s, and so does the parser', (name) => {
    const text = example(name)
    expect(faults(text)).toBeUndefined()
    expect(loadScenario({ file: name, text })).toHaveProperty('plan')
  })

  test.each(['unknown-key', 'unknown-step', 'missing-steps', 'wrong-unit', 'out-of-range'])(
    'refuses what the parser refuses: %s',
    (name) => {
      const text =
        name === 'missing-steps'
          ? 'name: t\nfleets: [{name: a, script: [{call: {payload: {}}}]}]'
          : readFileSync(join(root, `fixtures/bad/${name}.yaml`), 'utf8')
      expect(faults(text)).toBeDefined()
      expect(loadScenario({ file: name, text })).toHaveProperty('problems')
    },
  )
})

describe('stepHelp', () => {
  test('explains every key of a step', () => {
    const step = stepTable['suspendEv']
    expect(step && stepHelp(step)).toMatchInlineSnapshot(`
      "suspendEv: The EV pauses charging; \`for\` is simulated time, without it the EV stays paused.

        - suspendEv: 5min

        for        Then it resumes. (short form)
                   wants a duration like 30s, or {between: [low, high]}
        answer     What the answer must look like.
                   wants a status like Rejected, or a matcher of the whole answer
        save       Values to keep from the answer, for {name} in later steps.
                   wants names and paths like {tx: $.transactionId}
        evse       Which EVSE. (default: 1)
                   wants an EVSE number from 1 up
        connector  Which connector: of the EVSE if one is named, else counted over the whole station. (default: 1)
                   wants a connector number from 1 up
      "
    `)
  })
})
