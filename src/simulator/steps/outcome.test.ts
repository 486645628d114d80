import { describe, expect, test } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'

function complaints(step: string): readonly string[] {
  const text = `name: t\nfleets: [{name: f, script: [${step}]}]`
  const loaded = loadScenario({ file: 'test.yaml', text })
  return 'plan' in loaded ? [] : loaded.problems.map(({ message }) => message)
}

describe('what a CALL has to come to', () => {
  test.each(['call: {action: Heartbeat', 'command: {action: Reset', 'expect: {action: Reset'])(
    '%s: it ends in one way',
    (step) => {
      const oneWay = ['One of "answer", "callError" and "unanswered" at a time.']
      expect(complaints(`{${step}, answer: Accepted, callError: $any}}`)).toEqual(oneWay)
      expect(complaints(`{${step}, unanswered: true, callError: $any}}`)).toEqual(oneWay)
      expect(complaints(`{${step}, unanswered: false, callError: $any}}`)).toEqual([])
    },
  )

  test('nothing is saved from an answer that may not come', () => {
    const step = (end: string) => `{call: {action: Heartbeat, save: {t: $.currentTime}, ${end}}}`
    const nothing = ['Without an answer there is nothing to save.']
    expect(complaints(step('callError: $any'))).toEqual(nothing)
    expect(complaints(step('unanswered: true'))).toEqual(nothing)
    expect(complaints(step('timeout: 5s'))).toEqual([])
  })

  test.each(['7', '[Accepted]', 'true'])('%s is no answer', (answer) => {
    expect(complaints(`{command: {action: Reset, answer: ${answer}}}`)).toEqual([
      expect.stringContaining('is not a status like Rejected, or a matcher of the whole answer'),
    ])
  })

  test('an unknown matcher in it is told with its nearest name', () => {
    expect(complaints('{command: {action: Reset, answer: {$onOf: [Rejected]}}}')).toEqual([
      'Unknown matcher "$onOf". Did you mean "$oneOf"?',
    ])
  })

  test('the code of a reply is one of the protocol', () => {
    expect(complaints('{reply: {action: Reset, callError: InternalErorr}}')).toEqual([
      'OCPP has no error code "InternalErorr". Did you mean "InternalError"?',
    ])
  })
})
