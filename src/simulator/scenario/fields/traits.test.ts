import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csmsCalls16 } from '../../../../test/helpers/csms-calls16.ts'
import { refusals } from '../../station/refusals.ts'
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

  const endings = ['rejects', 'ignores', 'callErrors', 'garbage'] as const
  const actions = Object.keys(csmsCalls16)
  const ending = fc.constantFrom(...endings)
  const ofAll = fc.option(ending, { nil: undefined })
  const ofSome = fc.dictionary(fc.constantFrom(...actions), ending, { minKeys: 1 })
  const slow = fc.dictionary(fc.constantFrom('all', ...actions), fc.integer({ min: 1, max: 9 }))

  test('whatever is said, every action gets what its name, or else all, is given', () => {
    fc.assert(
      fc.property(ofAll, ofSome, slow, (all, some, delays) => {
        const possible = Object.entries(some).filter(
          ([action, one]) => one !== 'rejects' || refusals['ocpp1.6'][action] !== undefined,
        )
        const given: Record<string, (typeof endings)[number]> = Object.fromEntries(possible)
        const said: typeof given = { ...given, ...(all && { all }) }
        fc.pre(Object.keys(said).length > 0)
        const late = Object.entries(delays).filter(([action]) => said[action] !== 'ignores')
        const named = (one: string) => Object.keys(said).filter((action) => said[action] === one)
        const traits = {
          rejects: named('rejects'),
          ignores: named('ignores'),
          garbage: named('garbage'),
          callErrors: Object.fromEntries(named('callErrors').map((one) => [one, 'NotSupported'])),
          slow: Object.fromEntries(late.map(([action, seconds]) => [action, `${seconds}s`])),
        }
        const replies = repliesOf(JSON.stringify(traits))
        const seconds = new Map(late)
        for (const action of actions) {
          const trait = said[action] ?? all
          const told = replies[action]
          const isServed = trait === 'rejects' && refusals['ocpp1.6'][action] === undefined
          expect(told?.reply?.kind, action).toBe(trait && !isServed ? kindOf[trait] : undefined)
          const delay = trait === 'ignores' ? 0 : (seconds.get(action) ?? seconds.get('all') ?? 0)
          expect(told?.afterMs ?? 0, action).toBe(delay * 1000)
        }
      }),
      { numRuns: 60 },
    )
  })
})

const kindOf = { rejects: 'refused', ignores: 'never', callErrors: 'callError', garbage: 'with' }
