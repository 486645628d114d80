import { expect, test } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'
import { usesStep } from './uses-step.ts'

function fleetsOf(script: string, more = '') {
  const text = `name: x\nfleets: [{ name: a, script: ${script}${more} }]\n`
  const loaded = loadScenario({ file: 'x.yaml', text }, {}, {})
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  return loaded.plan.fleets
}

test.each([
  ['[boot, { command: ClearCache }]', ''],
  ['[{ parallel: [[boot], [{ choose: [{ weight: 1, steps: [{ command: ClearCache }] }] }]] }]', ''],
  ['[boot]', ', on: { Reset: [{ command: ClearCache }] }'],
])('a command is found in %s%s', (script, more) => {
  expect(usesStep(fleetsOf(script, more), 'command')).toBe(true)
})

test('no command is found where there is none, whatever the payloads say', () => {
  const script = '[boot, { call: { action: DataTransfer, payload: { vendorId: command } } }]'
  expect(usesStep(fleetsOf(script), 'command')).toBe(false)
})
