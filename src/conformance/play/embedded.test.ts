import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Csms, startCsms } from '../../csms/start-csms.ts'
import { PayloadValidators } from '../../ocpp/schemas.ts'
import { ocppVersions } from '../../ocpp/version.ts'
import { officialSchemas } from '../../platform/official-schemas.ts'
import { realClock } from '../../platform/real-clock.ts'
import { webSocketDial } from '../../transport/websocket-client.ts'
import { casesOf } from '../cases/catalogue.ts'
import { EmbeddedHook } from '../hooks/embedded-hook.ts'
import { runConformance } from '../run/conformance-run.ts'
import { defaultFixtures } from '../run/fixtures.ts'

let csms: Csms
beforeAll(async () => {
  const { token, token2, blockedToken, group } = defaultFixtures
  csms = await startCsms({
    port: 0,
    tokens: [
      { idToken: token, status: 'Accepted', groupId: group },
      { idToken: token2, status: 'Accepted', groupId: group },
      { idToken: blockedToken, status: 'Blocked' },
    ],
  })
})
afterAll(() => csms.close({ timeoutMs: 100 }))

test.each(ocppVersions)('the embedded csms passes its own cases of %s', async (version) => {
  const results = await runConformance({
    version,
    target: { url: csms.url, headers: {} },
    cases: casesOf(version),
    hooks: [new EmbeddedHook(csms)],
    fixtures: defaultFixtures,
    stationId: (lane, id) => `${version}-${id}-${lane}`,
    dial: webSocketDial(),
    validators: new PayloadValidators(officialSchemas),
    clock: realClock,
    runId: 'test',
    parallel: 2,
    retries: 0,
    timeoutMs: 2000,
    silenceMs: 500,
  })
  const red = results.filter(({ verdict }) => verdict !== 'pass')
  expect(
    red.map(({ id, verdict, reason, checks }) => ({
      id,
      verdict,
      reason,
      checks: checks.filter(({ passed }) => !passed),
    })),
  ).toEqual([])
})
