import { describe, expect, test } from 'vitest'
import { shortId, whyRed } from '../../../../test/helpers/red-cases.ts'
import type { CsmsOptions } from '../../../csms/options.ts'
import { PayloadValidators } from '../../../ocpp/schemas.ts'
import { officialValidators } from '../../../platform/official-validators.ts'
import { realClock } from '../../../platform/real-clock.ts'
import { webSocketDial } from '../../../transport/websocket-client.ts'
import { runConformance } from '../../run/conformance-run.ts'
import { EmbeddedTarget } from '../../run/embedded-target.ts'
import { hookedActions } from '../case.ts'
import { casesOf } from '../catalogue.ts'

const cases = casesOf('ocpp1.6').filter(({ id }) => id.startsWith('TC_'))

test('the central-system set of OCPP 1.6 is whole: 77 cases, each once', () => {
  expect(new Set(cases.map(({ id }) => id)).size).toBe(77)
  expect(cases).toHaveLength(77)
})

test('19 of them run against any CSMS: nobody has to make it act', () => {
  const handsFree = cases.filter((one) => hookedActions(one).length === 0)
  expect(handsFree.map(({ id }) => shortId(id)).join(' ')).toBe(
    '001 003 004_1 004_2 005_1 007 023_1 023_2 023_3 024 ' +
      '032_1 037_1 037_3 039 064 085 086 087 088',
  )
})

/** What is red, and what about it. */
async function redOf(
  options: CsmsOptions,
  ids: RegExp,
): Promise<Readonly<Record<string, readonly string[]>>> {
  await using lax = await EmbeddedTarget.start(options)
  const results = await runConformance({
    version: 'ocpp1.6',
    target: lax.target,
    cases: cases.filter(({ id }) => ids.test(id)),
    hooks: lax.hooks,
    fixtures: lax.fixtures,
    stationId: (lane) => `CP${lane}`,
    dial: webSocketDial(),
    validators: new PayloadValidators(officialValidators),
    clock: realClock,
    runId: 'lax',
    parallel: 2,
    retries: 0,
    timeoutMs: 6000,
    silenceMs: 500,
  })
  return whyRed(results)
}

describe('a fault of a CSMS turns exactly these cases red', () => {
  test.each<[string, CsmsOptions, RegExp, Record<string, readonly string[]>]>([
    [
      'it lets anybody charge',
      { unknownTokens: 'accept' },
      /_0(0|2|3)/,
      { '023_1': ['fail', 'Authorize'], '037_3': ['fail', 'StartTransaction'] },
    ],
    [
      'it accepts the data of any vendor',
      { vendors: ['csms.conformance.unknown'] },
      /_06/,
      { '064': ['warn', 'DataTransfer preferred'] },
    ],
    [
      'it asks nobody for a password',
      { stations: [] },
      /_08[3-8]/,
      { '083': ['fail', 'profile 1 afterwards'], '085': ['fail', 'a wrong password'] },
    ],
    [
      'it signs for nobody',
      { caDir: undefined },
      /_07[6-8]/,
      { '077': ['fail', 'SignCertificate', 'CertificateSigned sent'] },
    ],
    [
      'it speaks no TLS, and nobody can tell how it would',
      { security: {} },
      /_08[3-8]/,
      {
        '083': ['skip', 'no fixture: tlsUrl'],
        '086': ['skip', 'no fixture: tlsUrl'],
        '087': ['skip', 'no fixture: tlsUrl'],
      },
    ],
  ])('%s', async (_fault, options, ids, red) => {
    expect(await redOf(options, ids)).toEqual(red)
  })
})
