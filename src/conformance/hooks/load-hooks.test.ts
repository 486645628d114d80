import { describe, expect, test } from 'vitest'
import { loadHooks } from './load-hooks.ts'

function load(text: string, environment: Record<string, string> = {}) {
  return loadHooks({ file: 'hooks.yaml', text }, environment, (path) => `/suite/${path}`)
}

function problems(text: string): readonly string[] {
  const loaded = load(text)
  return 'problems' in loaded ? loaded.problems.map(({ message }) => message) : []
}

describe('a hooks file', () => {
  test('says how each operation is ordered', () => {
    const loaded = load(
      `api: http://127.0.0.1:8080
headers: {Authorization: "Bearer \${TOKEN}"}
operations:
  Reset: {http: {url: "{{api}}/reset?type={{payload.type}}", body: null, expect: 202}}
  ClearCache: {command: [./clear.sh, "{{station}}"]}
  GetLog: {module: log.mjs}
  UnlockConnector: {manual: Press Unlock.}
  TriggerMessage: {passive: 60s}
  "*": {skip: true}
`,
      { TOKEN: 'abc' },
    )
    expect(loaded).toMatchObject({
      plan: {
        headers: { Authorization: 'Bearer abc' },
        operations: {
          Reset: { kind: 'http', method: 'POST', body: 'none', expect: [202] },
          ClearCache: { kind: 'command', command: ['./clear.sh', '{{station}}'] },
          GetLog: { kind: 'module', module: '/suite/log.mjs' },
          UnlockConnector: { kind: 'manual', words: 'Press Unlock.' },
          TriggerMessage: { kind: 'passive', withinMs: 60_000 },
          '*': { kind: 'skip' },
        },
      },
    })
  })

  test('an operation is ordered in one way', () => {
    expect(problems('operations: {Reset: {skip: true, passive: 1s}}')).toEqual([
      'Say one of http, command, module, manual, passive and skip.',
    ])
  })

  test('a wrong action is told with the right one', () => {
    expect(problems('operations: {Rest: {skip: true}}')[0]).toContain('Did you mean "Reset"?')
  })

  test('an action that stations send is no operation', () => {
    expect(problems('operations: {Heartbeat: {skip: true}}')).toEqual([
      'In OCPP a CSMS never sends Heartbeat.',
    ])
  })

  test('a template names only what there is', () => {
    expect(problems('operations: {Reset: {http: "http://a/{{staton}}"}}')[0]).toContain(
      'Did you mean "station"?',
    )
  })

  test('errands of the whole run know no station', () => {
    expect(problems('provision: [{http: "http://a/{{station}}"}]')[0]).toContain(
      'Nothing is called "{{station}}"',
    )
  })

  test('a preset needs a URL, and so does {{api}}', () => {
    expect(problems('preset: steve')).toEqual(['The preset "steve" needs "api": its URL.'])
    expect(problems('operations: {Reset: {http: "{{api}}/reset"}}')).toEqual([
      '"{{api}}" stands in URLs: the file needs "api".',
    ])
  })
})
