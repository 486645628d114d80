import { describe, expect, test } from 'vitest'
import { distorted } from '../../../../test/helpers/distorted-hooks.ts'
import { shortId } from '../../../../test/helpers/faulty-target.ts'
import type { CsmsOptions } from '../../../csms/options.ts'
import { PayloadValidators } from '../../../ocpp/schemas.ts'
import { officialSchemas } from '../../../platform/official-schemas.ts'
import { realClock } from '../../../platform/real-clock.ts'
import { webSocketDial } from '../../../transport/websocket-client.ts'
import { runConformance } from '../../run/conformance-run.ts'
import { EmbeddedTarget } from '../../run/embedded-target.ts'
import { security201 } from './a-security.ts'

const validators = new PayloadValidators(officialSchemas)

/** The network profiles that the CSMS puts first, whatever was ordered; default: what was. */
interface Fault {
  readonly options?: CsmsOptions
  readonly priority?: string
}

/** What is not green, and what about it. */
async function redOf({ options = {}, priority }: Fault, ids: RegExp) {
  await using target = await EmbeddedTarget.start(options)
  const prioritised = (payload: Readonly<Record<string, unknown>>) => ({
    setVariableData: [payload['setVariableData']].flat().map((row) => ({
      ...(row as object),
      attributeValue: priority,
    })),
  })
  const results = await runConformance({
    version: 'ocpp2.0.1',
    target: target.target,
    cases: security201.filter(({ id }) => ids.test(id)),
    hooks:
      priority === undefined ? target.hooks : distorted(target.hooks, 'SetVariables', prioritised),
    fixtures: target.fixtures,
    stationId: (lane) => `A${lane}`,
    dial: webSocketDial(),
    validators,
    clock: realClock,
    runId: 'lax',
    parallel: 1,
    retries: 0,
    timeoutMs: 3000,
    silenceMs: 500,
  })
  return Object.fromEntries(
    results
      .filter(({ verdict }) => verdict !== 'pass')
      .map(({ id, verdict, checks }) => [
        shortId(id),
        [verdict, ...checks.filter(({ passed }) => !passed).map(({ name }) => name)],
      ]),
  )
}

describe('a fault of a CSMS turns exactly these cases red', () => {
  test.each<[string, Fault, RegExp, Record<string, readonly string[]>]>([
    [
      'it asks nobody for a password',
      { options: { stations: [] } },
      /_A_(0[123]|19)/,
      {
        A_02: ['fail', 'the name of another station'],
        A_03: ['fail', 'a wrong password'],
        A_19: ['fail', 'profile 1 afterwards'],
      },
    ],
    [
      'it signs for nobody',
      { options: { caDir: undefined } },
      /_A_1[14]/,
      {
        A_11: ['fail', 'SignCertificate', 'CertificateSigned sent'],
        A_14: ['fail', 'SignCertificate', 'CertificateSigned sent'],
      },
    ],
    [
      'the way up is not in its order',
      { priority: '0' },
      /_A_19/,
      { A_19: ['fail', 'NetworkConfigurationPriority', 'profile 1 afterwards'] },
    ],
  ])('%s', async (_fault, fault, ids, red) => {
    expect(await redOf(fault, ids)).toEqual(red)
  })
})
