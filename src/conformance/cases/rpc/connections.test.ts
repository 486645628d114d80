import { expect, test } from 'vitest'
import { PayloadValidators } from '../../../ocpp/schemas.ts'
import { officialValidators } from '../../../platform/official-validators.ts'
import { realClock } from '../../../platform/real-clock.ts'
import { webSocketDial } from '../../../transport/websocket-client.ts'
import { runConformance } from '../../run/conformance-run.ts'
import { EmbeddedTarget } from '../../run/embedded-target.ts'
import { connections } from './connections.ts'

test.each([
  ['turned away with 404', 'NOBODY', ['pass']],
  ['let in: a warning', 'CP1', ['warn', 'an unknown identity is answered 404']],
])('[1.6J 3.2] who is said to be unknown is %s', async (_outcome, unknownStation, seen) => {
  const known = ['CP1', 'CSMS|CONF|PIPE', 'CSMS CONF SPACE']
  await using target = await EmbeddedTarget.start({
    unknownStations: 'reject',
    stations: known.map((id) => ({ id })),
  })
  const [result] = await runConformance({
    version: 'ocpp1.6',
    target: target.target,
    cases: connections.filter(({ id, version }) => id === 'X_RPC_32' && version === 'ocpp1.6'),
    hooks: target.hooks,
    fixtures: { ...target.fixtures, unknownStation },
    stationId: () => 'CP1',
    dial: webSocketDial(),
    validators: new PayloadValidators(officialValidators),
    clock: realClock,
    runId: 'known',
    parallel: 1,
    retries: 0,
    timeoutMs: 10_000,
    silenceMs: 300,
  })
  const failed = result?.checks.filter(({ passed }) => !passed).map(({ name }) => name) ?? []
  expect([result?.verdict, ...failed]).toEqual(seen)
})
