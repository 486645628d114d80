import { expect, test } from 'vitest'
import { LabPki } from '../../../test/helpers/lab-pki.ts'
import { stationCrypto } from '../../platform/pki/station-crypto.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { CertificateStore } from './certificate-store.ts'

const dayMs = 86_400_000

test('[2.0.1 A00.FR.430] an expired certificate is still shown to the CSMS, and counts as none', async () => {
  const clock = new VirtualClock()
  await using pki = await LabPki.make({ clock, stations: [{ id: 'CS-1' }], days: 100 })
  const client = await pki.pair('stations/CS-1')
  const store = new CertificateStore(stationCrypto, {
    csmsRoots: [pki.authority.rootPem],
    manufacturerRoots: [],
    client,
  })
  const valid = clock.wallMs() + 99 * dayMs
  const expired = clock.wallMs() + 101 * dayMs
  const shown = (nowMs: number) => store.shown(nowMs)?.certificatePem
  expect([shown(valid), shown(expired)]).toEqual([client.certificatePem, client.certificatePem])
  expect(store.client(valid)).toMatchObject(client)
  expect(store.client(expired)).toBeUndefined()
  expect(store.expiresMs(expired)).toBeLessThan(expired)
  expect(shown(clock.wallMs() - 30 * dayMs)).toBeUndefined()
})
