import { expect, test } from 'vitest'
import { PayloadValidators } from '../../ocpp/schemas.ts'
import { ocppVersions } from '../../ocpp/version.ts'
import { officialValidators } from '../../platform/official-validators.ts'
import { realClock } from '../../platform/real-clock.ts'
import { webSocketDial } from '../../transport/websocket-client.ts'
import { casesOf } from '../cases/catalogue.ts'
import { runConformance } from '../run/conformance-run.ts'
import { EmbeddedTarget } from '../run/embedded-target.ts'

test.each(ocppVersions)(
  'the embedded csms passes its own cases of %s',
  async (version) => {
    // Of its own: a station that went up to a higher security profile never comes down again.
    await using embedded = await EmbeddedTarget.start()
    const results = await runConformance({
      version,
      target: embedded.target,
      cases: casesOf(version),
      hooks: embedded.hooks,
      fixtures: embedded.fixtures,
      stationId: (lane, id) => `${version}-${id}-${lane}`,
      dial: webSocketDial(),
      validators: new PayloadValidators(officialValidators),
      clock: realClock,
      runId: 'test',
      parallel: 2,
      retries: 0,
      // As a user has it: a busy machine may be silent for seconds.
      timeoutMs: 10_000,
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
  },
  180_000,
)
