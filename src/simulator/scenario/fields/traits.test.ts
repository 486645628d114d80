import { describe, expect, test } from 'vitest'
import { csmsCalls16 } from '../../../../test/helpers/csms-calls16.ts'
import { describePlan } from '../describe-plan.ts'
import { loadScenario } from '../load-scenario.ts'

function load(traits: string, protocol = 'ocpp1.6') {
  const text = `name: t\nfleets: [{name: f, count: 20, protocol: ${protocol}, traits: ${traits}, script: [boot]}]`
  return loadScenario({ file: 'test.yaml', text })
}

function traitsOf(traits: string, protocol?: string) {
  const loaded = load(traits, protocol)
  if ('problems' in loaded)
    throw new Error(loaded.problems.map(({ message }) => message).join('\n'))
  return loaded.plan.fleets[0]?.traits
}

const repliesOf = (traits: string, protocol?: string) => traitsOf(traits, protocol)?.replies ?? {}

function complaints(traits: string, protocol?: string): readonly string[] {
  const loaded = load(traits, protocol)
  return 'plan' in loaded ? [] : loaded.problems.map(({ message }) => message)
}

const refused = (status: string) => ({ reply: { kind: 'refused', status }, afterMs: 0 })
const never = { reply: { kind: 'never' }, afterMs: 0 }

describe('traits of a fleet', () => {
  test('a fleet that names none has none', () => {
    const loaded = loadScenario({
      file: 'test.yaml',
      text: 'name: t\nfleets: [{name: f, script: [boot]}]',
    })
    expect('plan' in loaded && loaded.plan.fleets[0]?.traits).toBeUndefined()
  })

  test('rejects: the status of each answer that refuses', () => {
    expect(traitsOf('{rejects: [Reset, UnlockConnector, SendLocalList]}')).toEqual({
      share: 1,
      replies: {
        Reset: refused('Rejected'),
        UnlockConnector: refused('UnlockFailed'),
        SendLocalList: refused('Failed'),
      },
    })
  })

  test('one action needs no list', () => {
    expect(repliesOf('{ignores: Reset}')).toEqual({ Reset: never })
  })

  test('callErrors: a code for all, or by action, in either spelling', () => {
    const all = repliesOf('{callErrors: FormationViolation}')
    expect(Object.keys(all).sort()).toEqual(Object.keys(csmsCalls16).sort())
    expect(all['Reset']).toMatchObject({ reply: { kind: 'callError', code: 'FormatViolation' } })
    expect(repliesOf('{callErrors: {Reset: NotSupported}}')).toMatchObject({
      Reset: { reply: { code: 'NotSupported' } },
    })
  })

  test('slow: what else they do they do later', () => {
    const replies = repliesOf('{slow: {all: 2s, Reset: 5s}, rejects: [ClearCache, Reset]}')
    expect(Object.keys(replies).sort()).toEqual(Object.keys(csmsCalls16).sort())
    expect(replies).toMatchObject({
      GetConfiguration: { reply: undefined, afterMs: 2000 },
      ClearCache: { reply: { status: 'Rejected' }, afterMs: 2000 },
      Reset: { reply: { status: 'Rejected' }, afterMs: 5000 },
    })
  })

  test('all are the others: an action by its name comes first, whatever the order', () => {
    const replies = repliesOf(
      '{ignores: all, rejects: [Reset], callErrors: {ClearCache: NotSupported}}',
    )
    expect(replies).toMatchObject({
      Reset: refused('Rejected'),
      ClearCache: { reply: { kind: 'callError' } },
      GetConfiguration: never,
    })
  })

  test('rejects: all leaves alone what has no status; what is never answered is never slow', () => {
    const replies = repliesOf('{rejects: all, slow: 1s, ignores: [Reset]}')
    expect(replies).toMatchObject({
      GetConfiguration: { reply: undefined, afterMs: 1000 },
      ClearChargingProfile: { reply: { status: 'Unknown' }, afterMs: 1000 },
      Reset: never,
    })
    expect(Object.keys(repliesOf('{rejects: all}'))).not.toContain('GetConfiguration')
  })

  test.each(['ocpp2.0.1', 'ocpp2.1'])('%s has its own actions and statuses', (protocol) => {
    expect(repliesOf('{rejects: [GetChargingProfiles]}', protocol)).toEqual({
      GetChargingProfiles: refused('NoProfiles'),
    })
  })

  test('share is a part of the stations', () => {
    expect(traitsOf('{ignores: all, share: 10%}')).toMatchObject({ share: 0.1 })
  })

  test('a dry run tells of them', () => {
    const loaded = load('{rejects: [Reset, ClearCache], share: 10%}')
    expect('plan' in loaded && describePlan(loaded.plan)).toContain(
      '10% of them with traits for 2 actions',
    )
  })

  test.each([
    ['{rejects: [Resett]}', /no action "Resett". Did you mean "Reset"/],
    ['{ignores: [RequestStartTransaction]}', /there it is RemoteStartTransaction/],
    ['{ignores: [GetVariables]}', /ocpp1.6 has no GetVariables/],
    ['{ignores: [Heartbeat]}', /a CSMS never sends Heartbeat/],
    ['{slow: {Resett: 2s}}', /Did you mean "Reset"/],
    ['{rejects: [GetConfiguration]}', /The answer to GetConfiguration has no status/],
    ['{rejects: [Reset], ignores: [Reset]}', /"rejects" names Reset already/],
    ['{rejects: [Reset, Reset]}', /"rejects" names Reset already/],
    ['{ignores: all, garbage: all}', /"ignores" names all already/],
    ['{ignores: [Reset], slow: {Reset: 1s}}', /what is never answered is not slow/],
    [
      '{callErrors: {Reset: InternalEror}}',
      /no error code "InternalEror". Did you mean "InternalError"/,
    ],
    ['{slow: 2}', /has no unit/],
    ['{share: 50%}', /No trait/],
    ['{rejects: []}', /No trait/],
    ['{reject: [Reset]}', /Unknown key "reject". Did you mean "rejects"/],
    ['{rejects: all, share: 200%}', /out of range/],
  ])('%s is told as wrong', (traits, message) => {
    expect(complaints(traits)).toEqual([expect.stringMatching(message)])
  })

  test('an action that the version lacks', () => {
    expect(complaints('{ignores: [ChangeConfiguration]}', 'ocpp2.0.1')).toEqual([
      'ocpp2.0.1 has no ChangeConfiguration; there it is SetVariables.',
    ])
  })
})
