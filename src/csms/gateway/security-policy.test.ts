import { describe, expect, test } from 'vitest'
import type { ClientCertificate, PeerTls } from '../../transport/peer-tls.ts'
import { judgeTransport, type SecurityDemand } from './security-policy.ts'

const certificate: ClientCertificate = {
  commonNames: ['CP1'],
  organizations: ['cpo'],
  alternativeNames: [],
  serialNumber: 'AB12',
  validTo: '',
  fault: undefined,
}

function tls(change?: Partial<ClientCertificate>): PeerTls {
  const shown = change && { ...certificate, ...change }
  return { protocol: 'TLSv1.3', cipher: '', resumed: false, certificate: shown }
}

function judged(peer: PeerTls | undefined, demand: Partial<SecurityDemand> = {}) {
  return judgeTransport(peer, {
    stationId: 'CP1',
    lowest: undefined,
    names: [],
    organization: undefined,
    issued: () => undefined,
    ...demand,
  })
}

describe('judgeTransport', () => {
  test.each([
    [0, { proven: false }],
    [1, { proven: false }],
    [2, { status: 403 }],
    [3, { status: 403 }],
  ] as const)('without TLS a station that must use profile %i gets %o', (lowest, expected) => {
    expect(judged(undefined, { lowest })).toMatchObject(expected)
  })

  test('TLS without a certificate proves nothing, and is refused in profile 3', () => {
    expect(judged(tls(), { lowest: 2 })).toEqual({ proven: false })
    expect(judged(tls(), { lowest: 3 })).toMatchObject({
      status: 403,
      reason: /none was presented/,
    })
  })

  test('[1.6 SWP A00.FR.405] the CN or another name must be the identity or the serial number', () => {
    expect(judged(tls({}))).toEqual({ proven: true })
    expect(judged(tls({ commonNames: ['SN-7'] }))).toMatchObject({
      status: 403,
      reason: 'The client certificate is that of "SN-7", not of this station.',
    })
    expect(judged(tls({ commonNames: ['SN-7'] }), { names: ['SN-7'] })).toEqual({ proven: true })
    const other = { commonNames: ['x'], alternativeNames: ['CP1'] }
    expect(judged(tls(other))).toEqual({ proven: true })
  })

  test('where the authority is ours, the identity that it issued it to counts', () => {
    const issued = (serial: string) => (serial === 'AB12' ? { station: 'CP1' } : undefined)
    expect(judged(tls({ commonNames: ['SN-7'] }), { issued })).toEqual({ proven: true })
    const namesake = { stationId: 'SN-7', issued }
    expect(judged(tls({ commonNames: ['SN-7'] }), namesake)).toMatchObject({ status: 403 })
  })

  test('[1.6 SWP A00.FR.404] the organisation must be the one that is asked for', () => {
    expect(judged(tls({}), { organization: 'cpo' })).toEqual({ proven: true })
    expect(judged(tls({}), { organization: 'other' })).toMatchObject({ status: 403 })
  })

  test('what is not trusted or was revoked is refused, whatever profile is asked for', () => {
    const expired = tls({ fault: 'CERT_HAS_EXPIRED' })
    expect(judged(expired)).toMatchObject({ status: 403, reason: /CERT_HAS_EXPIRED/ })
    const issued = (serial: string) => (serial === 'AB12' ? { revoked: {} } : undefined)
    expect(judged(tls({}), { issued })).toMatchObject({
      status: 403,
      reason: /AB12 was revoked/,
    })
  })
})
