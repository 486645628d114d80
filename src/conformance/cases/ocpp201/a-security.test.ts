import { describe, expect, test } from 'vitest'
import { distorted } from '../../../../test/helpers/distorted-hooks.ts'
import { whyRed } from '../../../../test/helpers/red-cases.ts'
import type { CsmsOptions } from '../../../csms/options.ts'
import type { Dial } from '../../../ocpp/dial.ts'
import { PayloadValidators } from '../../../ocpp/schemas.ts'
import { officialValidators } from '../../../platform/official-validators.ts'
import { realClock } from '../../../platform/real-clock.ts'
import { webSocketDial } from '../../../transport/websocket-client.ts'
import { runConformance } from '../../run/conformance-run.ts'
import { EmbeddedTarget } from '../../run/embedded-target.ts'
import { security201 } from './a-security.ts'

const validators = new PayloadValidators(officialValidators)

interface Fault {
  readonly options?: CsmsOptions
  /** The network profiles that the CSMS puts first, whatever was ordered; default: what was. */
  readonly priority?: string
  /** The password of whoever says none. */
  readonly supposed?: string
}

/** To the CSMS it looks as if everybody who says no password had said this one. */
const supposing =
  (password: string, dial: Dial): Dial =>
  (request, result) => {
    const id = request.url.slice(request.url.lastIndexOf('/') + 1)
    const Authorization = `Basic ${Buffer.from(`${id}:${password}`).toString('base64')}`
    return dial({ ...request, headers: { Authorization, ...request.headers } }, result)
  }

/** What is not green, and what about it. */
async function redOf({ options = {}, priority, supposed }: Fault, ids: RegExp) {
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
    dial: supposed === undefined ? webSocketDial() : supposing(supposed, webSocketDial()),
    validators,
    clock: realClock,
    runId: 'lax',
    parallel: 1,
    retries: 0,
    timeoutMs: 6000,
    silenceMs: 500,
  })
  return whyRed(results)
}

describe('a fault of a CSMS turns exactly these cases red', () => {
  test.each<[string, Fault, RegExp, Record<string, readonly string[]>]>([
    [
      'it asks nobody for a password',
      { options: { stations: [] } },
      /_A_(0[123]|19)/,
      {
        A_02: ['fail', 'the name of another station'],
        A_03: ['fail', 'no password'],
        A_19: ['fail', 'profile 1 afterwards'],
      },
    ],
    [
      'it lets in who says no password',
      { supposed: '0123456789abcdef0123456789abcdef01234567' },
      /_A_0[123]/,
      { A_03: ['fail', 'no password'] },
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
