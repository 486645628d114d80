import { describe, expect, test } from 'vitest'
import { parseXml } from '../../../test/helpers/parse-xml.ts'
import { played, sampleConformance, wrongStatus } from '../../../test/helpers/sample-conformance.ts'
import { conformanceJunit } from './junit.ts'

const caseNames = (xml: string) =>
  parseXml(xml).children.flatMap(({ children }) =>
    children
      .filter(({ name }) => name === 'testcase')
      .map(({ attributes }) => `${attributes['classname']} ${attributes['name']}`),
  )

describe('conformanceJunit', () => {
  test('a suite for each group, with its numbers and what was tested', () => {
    const root = parseXml(conformanceJunit(sampleConformance()))
    expect(root.attributes).toMatchObject({
      tests: '5',
      failures: '1',
      errors: '1',
      skipped: '1',
      time: '12.346',
    })
    expect(root.children.map(({ attributes }) => attributes['name'])).toEqual([
      'Core',
      'RemoteTrigger',
    ])
    const properties = root.children[0]?.children[0]
    expect(properties?.name).toBe('properties')
    expect(properties?.children.map(({ attributes }) => attributes)).toContainEqual({
      name: 'target',
      value: 'ws://csms.example/ocpp',
    })
  })

  test('each verdict is an element of its own; a warning passes and is told', () => {
    const root = parseXml(conformanceJunit(sampleConformance()))
    const tests = root.children.flatMap(({ children }) =>
      children.filter(({ name }) => name === 'testcase'),
    )
    expect(tests.map(({ children }) => children.map(({ name }) => name))).toEqual([
      [],
      ['system-out'],
      ['failure'],
      ['error'],
      ['skipped'],
    ])
    expect(tests[0]?.attributes['time']).toBe('0.25')
  })

  test('a failure tells check, clause, frame and how to repeat it', () => {
    const report = sampleConformance({ results: [played('TC_003', { checks: [wrongStatus] })] })
    const failure = parseXml(conformanceJunit(report)).children[0]?.children[1]?.children[0]
    expect(failure?.attributes['type']).toBe('BootNotification')
    expect(failure?.attributes['message']).toContain('BootNotification: $.status: expected')
    expect(failure?.text).toContain('(MUST, 1.6 4.2, frame 2)')
    expect(failure?.text).toContain(
      'csms: [3,&quot;a1&quot;,{&quot;status&quot;:&quot;Acepted&quot;}]',
    )
    expect(failure?.text).toContain('Again: csms conformance')
  })

  test('names do not change with what came out', () => {
    const red = sampleConformance({ results: [played('TC_003', { checks: [wrongStatus] })] })
    const green = sampleConformance({ results: [played('TC_003')] })
    const listed = sampleConformance({
      results: [played('TC_003')],
      known: () => ({ reason: 'x', standing: 'passes' }),
    })
    expect(caseNames(conformanceJunit(red))).toEqual(['ocpp1.6.Core TC_003 About TC_003'])
    expect(caseNames(conformanceJunit(green))).toEqual(caseNames(conformanceJunit(red)))
    expect(caseNames(conformanceJunit(listed))).toEqual(caseNames(conformanceJunit(red)))
  })

  test('a known failure is skipped with its reason, an unexpected pass is a failure', () => {
    const elementOf = (standing: 'fails' | 'passes') => {
      const report = sampleConformance({
        results: [played('TC_003', standing === 'fails' ? { checks: [wrongStatus] } : {})],
        known: () => ({ reason: 'being repaired', standing }),
      })
      return parseXml(conformanceJunit(report)).children[0]?.children[1]?.children[0]
    }
    expect(elementOf('fails')).toMatchObject({
      name: 'skipped',
      attributes: { message: 'fails as known: being repaired' },
    })
    expect(elementOf('passes')?.name).toBe('failure')
  })

  test('a frame that floods makes no body that readers refuse', () => {
    const text = `[3,"a1",{"status":"${'x'.repeat(60_000)}"}]`
    const trace = [{ atMs: 0, from: 'csms', kind: 'frame', text }] as const
    const checks = [{ ...wrongStatus, frame: 0 }]
    const report = sampleConformance({ results: [played('TC_003', { checks, trace })] })
    const failure = parseXml(conformanceJunit(report)).children[0]?.children[1]?.children[0]
    expect(failure?.text.length).toBeLessThan(64 * 1024)
    expect(failure?.text).toContain('Again: csms conformance')
  })
})
