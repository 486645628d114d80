import { describe, expect, test } from 'vitest'
import type { ConnectFailure, Dial } from '../../ocpp/dial.ts'
import { PayloadValidators } from '../../ocpp/schemas.ts'
import { officialValidators } from '../../platform/official-validators.ts'
import { realClock } from '../../platform/real-clock.ts'
import type { ConformanceCase, Move } from '../cases/case.ts'
import { connects, does, turnedAway } from '../cases/moves.ts'
import type { Hook } from '../hooks/hook.ts'
import { type ConformanceOptions, runConformance } from './conformance-run.ts'
import { defaultFixtures } from './fixtures.ts'

function caseOf(id: string, moves: readonly Move[], rest: Partial<ConformanceCase> = {}) {
  const one: ConformanceCase = {
    id,
    title: id,
    version: 'ocpp1.6',
    profile: 'Core',
    group: 'Core',
    source: { document: 'ours', edition: '1' },
    stability: 'stable',
    needs: [],
    tags: [],
    moves,
    ...rest,
  }
  return one
}

/** A CSMS that nobody gets into. */
function closed(failure: ConnectFailure, detail: string): Dial {
  return (_request, result) => {
    queueMicrotask(() => result.failed(failure, detail))
    return () => undefined
  }
}

async function run(cases: readonly ConformanceCase[], rest: Partial<ConformanceOptions> = {}) {
  return await runConformance({
    version: 'ocpp1.6',
    target: { url: 'ws://csms', headers: {} },
    cases,
    hooks: [],
    fixtures: defaultFixtures,
    stationId: (lane) => `CP${lane}`,
    dial: closed('http', 'HTTP 401 Unauthorized'),
    validators: new PayloadValidators(officialValidators),
    clock: realClock,
    runId: 't',
    parallel: 1,
    retries: 0,
    timeoutMs: 100,
    silenceMs: 10,
    ...rest,
  })
}

const wanted = caseOf('IN', [connects('upgrade', {}, { clause: '1.6J 3.1' })])
const unwanted = caseOf('OUT', [turnedAway('stranger', {}, '1.6J 3.1')])
const green = (id: string) => caseOf(id, [does('nothing', () => undefined)])

describe('who does not get in', () => {
  const verdicts = async (dial: Dial) =>
    (await run([wanted, unwanted], { dial })).map(({ verdict }) => verdict)

  test('an answer of HTTP turns away', async () => {
    expect(await verdicts(closed('http', 'HTTP 401 Unauthorized'))).toEqual(['fail', 'pass'])
  })

  test('so does a connection that is dropped', async () => {
    expect(await verdicts(closed('refused', 'read ECONNRESET'))).toEqual(['fail', 'pass'])
  })

  test('silence is neither', async () => {
    expect(await verdicts(closed('timeout', 'no answer'))).toEqual(['fail', 'fail'])
  })

  test.each([
    ['refused', 'connect ECONNREFUSED 127.0.0.1:1'],
    ['refused', 'getaddrinfo ENOTFOUND csms'],
    ['local', 'EMFILE'],
  ] as const)('where nobody is there, nobody is judged: %s %s', async (failure, detail) => {
    expect(await verdicts(closed(failure, detail))).toEqual(['error', 'error'])
  })
})

describe('what is skipped', () => {
  const ordered: Move = {
    kind: 'asked',
    action: 'Reset',
    order: { type: 'Hard' },
    demands: [],
    answer: { kind: 'silence' },
    save: {},
  }

  test('is told why, the feature first, then the hook, then the fixture', async () => {
    const rest = { feature: 'C-13', needs: ['password'] }
    const one = caseOf('A', [ordered], rest)
    const hook: Hook = {
      name: 'h',
      can: () => true,
      order: () => Promise.resolve({ kind: 'accepted' }),
    }
    const features = new Set<string>()
    const skips = [
      ...(await run([one], { features })),
      ...(await run([one])),
      ...(await run([one], { hooks: [hook] })),
    ]
    expect(skips.map(({ skip, reason }) => [skip, reason])).toEqual([
      ['not-applicable', 'the CSMS does not claim C-13'],
      ['no-hook', 'nothing makes the CSMS send Reset'],
      ['precondition', 'no fixture: password'],
    ])
  })
})

describe('the run', () => {
  test('begins no case after one that ends it, and tells those that were played', async () => {
    const cases = [green('A'), wanted, green('B')]
    const results = await run(cases, { bail: ({ verdict }) => verdict === 'fail' })
    expect(results.map(({ id }) => id)).toEqual(['A', 'IN'])
  })

  test('begins none where somebody stopped it before', async () => {
    expect(await run([green('A'), wanted], { stopped: () => true })).toEqual([])
  })

  test('plays again what did not pass, and says how often', async () => {
    let tries = 0
    const flaky = caseOf('F', [
      does('fails once', (scene) => {
        tries += 1
        scene.check('sure', tries > 1, { detail: `try ${tries}`, clause: 'ours' })
      }),
    ])
    expect(await run([flaky], { retries: 2 })).toMatchObject([{ verdict: 'pass', attempts: 2 }])
    expect(await run([wanted], { retries: 2 })).toMatchObject([{ verdict: 'fail', attempts: 3 }])
  })
})
