import { expect, test } from 'vitest'
import type { Dial } from '../../ocpp/dial.ts'
import { memorySockets } from '../../ocpp/memory-socket.ts'
import { encodeCall } from '../../ocpp/rpc/frame.ts'
import { PayloadValidators } from '../../ocpp/schemas.ts'
import type { Socket } from '../../ocpp/socket.ts'
import { officialValidators } from '../../platform/official-validators.ts'
import { realClock } from '../../platform/real-clock.ts'
import type { ConformanceCase } from '../cases/case.ts'
import { connects, does } from '../cases/moves.ts'
import type { HookAnswer } from '../hooks/hook.ts'
import { runConformance } from '../run/conformance-run.ts'
import { defaultFixtures } from '../run/fixtures.ts'

/** One key is ordered, and has to be asked for. */
const oneKey: ConformanceCase = {
  id: 'KEY',
  title: 'KEY',
  version: 'ocpp1.6',
  profile: 'Core',
  group: 'Core',
  source: { document: 'ours', edition: '1' },
  stability: 'stable',
  needs: [],
  tags: [],
  moves: [
    connects('upgrade', {}, { clause: '1.6J 3.1' }),
    does('a moment later', () => new Promise((resolve) => setImmediate(resolve))),
    {
      kind: 'asked',
      action: 'GetConfiguration',
      order: { key: ['A'] },
      demands: [{ name: 'key', matcher: { key: ['A'] }, level: 'MUST', clause: '1.6 5.8' }],
      answer: { kind: 'result', payload: { configurationKey: [] } },
      save: {},
    },
  ],
}

/** A CSMS that asks for every key as soon as a station is in, and for one when it is told to. */
async function play(answer: HookAnswer) {
  const heard: string[] = []
  let line: Socket | undefined
  const ask = (id: string, payload: object) =>
    line?.send(encodeCall(id, 'GetConfiguration', payload))
  const dial: Dial = (_request, { opened }) => {
    const [station, csms] = memorySockets('ocpp1.6')
    csms.listen({ text: (text) => heard.push(text), binary() {}, closed() {} })
    line = csms
    queueMicrotask(() => {
      opened(station)
      ask('own', {})
    })
    return () => undefined
  }
  const [result] = await runConformance({
    version: 'ocpp1.6',
    target: { url: 'ws://csms', headers: {} },
    cases: [oneKey],
    hooks: [
      {
        name: 'h',
        can: () => true,
        order: ({ payload }) => {
          if (answer.kind === 'accepted') ask('ordered', payload)
          return Promise.resolve(answer)
        },
      },
    ],
    fixtures: defaultFixtures,
    stationId: () => 'CP1',
    dial,
    validators: new PayloadValidators(officialValidators),
    clock: realClock,
    runId: 't',
    parallel: 1,
    retries: 1,
    timeoutMs: 30_000,
    silenceMs: 10,
  })
  return { result, heard }
}

test('a CALL that came before it was ordered is answered, and not the one that is judged', async () => {
  const { result, heard } = await play({ kind: 'accepted' })
  expect(result?.verdict).toBe('pass')
  expect(heard.map((text) => text.slice(0, 9))).toEqual(['[3,"own",', '[3,"order'])
})

test('what a CSMS cannot be made to send is skipped, once', async () => {
  const { result } = await play({ kind: 'unable', reason: 'it has no such page' })
  expect(result).toMatchObject({
    verdict: 'skip',
    skip: 'no-hook',
    reason: 'it has no such page',
    attempts: 1,
  })
})

test('a hook that fails makes no verdict', async () => {
  const { result } = await play({ kind: 'failed', reason: 'HTTP 500' })
  expect(result).toMatchObject({ verdict: 'error', reason: 'h: HTTP 500', attempts: 2 })
})
