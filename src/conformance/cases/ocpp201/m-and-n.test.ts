import { beforeAll, describe, expect, test } from 'vitest'
import { refusing, sending, without } from '../../../../test/helpers/frame-faults.ts'
import { type Fault, playedInMemory } from '../../../../test/helpers/memory-conformance.ts'
import { redCases, shortId } from '../../../../test/helpers/red-cases.ts'
import { Signer } from '../../../platform/pki/issue.ts'
import { newKeyPair } from '../../../platform/pki/keys.ts'
import type { Fixtures } from '../../run/fixtures.ts'
import { type ConformanceCase, hookedActions } from '../case.ts'
import { casesOf } from '../catalogue.ts'

const cases = casesOf('ocpp2.0.1').filter(({ id }) => /^TC_[MN]_/.test(id))

test('blocks M and N are whole: 18 and 30 cases', () => {
  const count = (letter: string) => cases.filter(({ group }) => group === letter).length
  expect([count('M'), count('N')]).toEqual([18, 30])
})

test('nobody has to make the CSMS act where it only listens', () => {
  const handsFree = cases.filter((one) => hookedActions(one).length === 0)
  expect(handsFree.map(({ id }) => shortId(id)).join(' ')).toBe(
    'M_24 M_26 M_28 N_21 N_24 N_48 N_49 N_50',
  )
})

let fixtures: Partial<Fixtures>
beforeAll(async () => {
  const [centralRoot, manufacturerRoot] = [await rootOf('CSMS'), await rootOf('the manufacturer')]
  fixtures = { centralRoot, manufacturerRoot, v2gRoot: manufacturerRoot }
})

async function rootOf(commonName: string): Promise<string> {
  const { keyPem } = await newKeyPair('ecdsa')
  return Signer.ofKey(keyPem).issue({
    role: 'root',
    subject: { commonName, organization: 'csms' },
    publicKey: undefined,
    notBeforeMs: Date.UTC(2025, 0, 1),
    notAfterMs: Date.UTC(2035, 0, 1),
  }).certificatePem
}

/** What asks an authority is played with one, over sockets. */
const inMemory = cases.filter(({ needs }) => {
  return !needs.includes('contractChain') && !needs.includes('exiRequest')
})

async function redOf(fault: Fault, played: readonly ConformanceCase[]): Promise<string> {
  const results = await playedInMemory({ version: 'ocpp2.0.1', cases: played, fault, fixtures })
  return redCases(results)
}

test('csms passes them', async () => {
  expect(await redOf({}, inMemory)).toBe('')
})

interface Filtered {
  readonly component: object
  readonly variable: object
}

interface Row {
  readonly is: string
  readonly fault: Fault
  readonly among: RegExp
  readonly red: string
}

const rows: readonly Row[] = [
  {
    is: 'installs every root as that of V2G',
    fault: sending('InstallCertificate', (payload) => ({
      ...payload,
      certificateType: 'V2GRootCertificate',
    })),
    among: /_M_/,
    red: 'M_01, M_02, M_04, M_05, M_20, M_21',
  },
  {
    is: 'cuts certificates off',
    fault: sending('InstallCertificate', (payload) => ({
      ...payload,
      certificate: String(payload['certificate']).slice(0, 200),
    })),
    among: /_M_0/,
    red: 'M_01, M_02, M_03, M_04, M_05',
  },
  {
    is: 'asks for everything, whatever it wants to know',
    fault: sending('GetInstalledCertificateIds', without('certificateType')),
    among: /_M_/,
    red: 'M_12, M_13, M_14, M_16, M_17, M_19',
  },
  {
    is: 'hashes for itself',
    fault: sending('DeleteCertificate', ({ certificateHashData, ...rest }) => ({
      ...rest,
      certificateHashData: { ...(certificateHashData as object), hashAlgorithm: 'SHA256' },
    })),
    among: /_M_2/,
    red: 'M_20',
  },
  {
    is: 'finds out with other types what it is to delete',
    fault: sending('GetInstalledCertificateIds', () => ({
      certificateType: ['ManufacturerRootCertificate', 'CSMSRootCertificate'],
    })),
    among: /_M_2/,
    red: '',
  },
  {
    is: 'finds out about other roots than it is to delete',
    fault: sending('GetInstalledCertificateIds', () => ({
      certificateType: ['ManufacturerRootCertificate'],
    })),
    among: /_M_2/,
    red: 'M_20, M_21',
  },
  {
    is: 'asks for monitors of one instance, whatever it wants to know',
    fault: sending('GetMonitoringReport', ({ componentVariable, ...rest }) => ({
      ...rest,
      ...(Array.isArray(componentVariable) && {
        componentVariable: componentVariable.map(({ component, variable }: Filtered) => ({
          component,
          variable: { ...variable, instance: 'L1' },
        })),
      }),
    })),
    among: /_N_/,
    red: 'N_02, N_03, N_60',
  },
  {
    is: 'asks for monitors without a filter',
    fault: sending('GetMonitoringReport', without('monitoringCriteria', 'componentVariable')),
    among: /_N_/,
    red: 'N_01, N_02, N_03, N_60',
  },
  {
    is: 'sets one monitor of several',
    fault: sending('SetVariableMonitoring', ({ setMonitoringData, ...rest }) => ({
      ...rest,
      setMonitoringData: (setMonitoringData as readonly unknown[]).slice(0, 1),
    })),
    among: /_N_0/,
    red: 'N_09',
  },
  {
    is: 'knows one severity',
    fault: sending('SetMonitoringLevel', () => ({ severity: 9 })),
    among: /_N_/,
    red: 'N_16, N_17',
  },
  {
    is: 'knows one base',
    fault: sending('SetMonitoringBase', () => ({ monitoringBase: 'All' })),
    among: /_N_/,
    red: 'N_05',
  },
  {
    is: 'clears the same monitors twice',
    fault: sending('ClearVariableMonitoring', () => ({ id: [31, 32] })),
    among: /_N_18/,
    red: 'N_18',
  },
  {
    is: 'wants diagnostics, whatever it is asked for',
    fault: sending('GetLog', (payload) => ({ ...payload, logType: 'DiagnosticsLog' })),
    among: /_N_/,
    red: 'N_35',
  },
  {
    is: 'gives every request one id',
    fault: sending('GetLog', (payload) => ({ ...payload, requestId: 1 })),
    among: /_N_(25|3[456])/,
    red: 'N_36 warn',
  },
  {
    is: 'forgets whom it asks about',
    fault: sending('CustomerInformation', without('idToken', 'customerIdentifier')),
    among: /_N_/,
    red: 'N_27, N_28, N_29, N_30, N_31, N_32, N_62, N_46',
  },
  {
    is: 'clears nothing',
    fault: sending('CustomerInformation', (payload) => ({ ...payload, clear: false })),
    among: /_N_/,
    red: 'N_30, N_31, N_32, N_62, N_46',
  },
  {
    is: 'wants no events',
    fault: refusing('NotifyEvent'),
    among: /_N_/,
    red: 'N_21, N_24, N_48, N_49, N_50',
  },
  {
    is: 'wants no news of logs',
    fault: refusing('LogStatusNotification'),
    among: /_N_/,
    red: 'N_25, N_35, N_36',
  },
  {
    is: 'wants no news of monitors',
    fault: refusing('NotifyMonitoringReport'),
    among: /_N_/,
    red: 'N_01, N_02, N_03, N_47, N_60',
  },
  {
    is: 'wants no news of customers',
    fault: refusing('NotifyCustomerInformation'),
    among: /_N_/,
    red: 'N_27, N_28, N_30, N_31, N_32, N_62, N_46',
  },
]

describe('a CSMS that', () => {
  test.each(rows)('$is', async ({ fault, among, red }) => {
    expect(
      await redOf(
        fault,
        inMemory.filter(({ id }) => among.test(id)),
      ),
    ).toBe(red)
  })
})
