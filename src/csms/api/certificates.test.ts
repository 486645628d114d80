import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Api } from '../../../test/helpers/api.ts'
import { knock } from '../../../test/helpers/knock.ts'
import { LabPki } from '../../../test/helpers/lab-pki.ts'
import { connectStation } from '../../harness/connect-station.ts'

let pki: LabPki
beforeAll(async () => {
  pki = await LabPki.make({ stations: ['CP1', 'CP2'].map((id) => ({ id })) })
})
afterAll(() => pki[Symbol.asyncDispose]())

/** What a station presents. */
async function presented(id: string) {
  const { certificatePem: cert, keyPem: key } = await pki.pair(`stations/${id}`)
  return { client: { cert, key }, ca: await pki.text('trust.pem') }
}

/** The same as files. */
const profile3 = (id: string) => {
  const path = join(pki.folder, 'stations', id)
  return { profile: 3, cert: `${path}.pem`, key: `${path}.key` }
}

describe.each([1, 2])('the certificates of %i process(es)', (processes) => {
  let api: Api
  beforeAll(async () => {
    const { certificatePem: cert, keyPem: key } = await pki.pair('server/ecdsa')
    const clientCa = await pki.text('trust.pem')
    api = await Api.start({
      processes,
      caDir: pki.folder,
      security: { profile: 3, tls: { certificates: [{ cert, key }], clientCa }, tlsPort: 0 },
    })
  })
  afterAll(() => api.close())

  const secure = () => api.server.urls.find((url) => url.startsWith('wss:')) ?? ''
  const issued = async (query = '') => (await api.get(`/api/v1/certificates${query}`)).body
  const serialOf = async (id: string) => String((await issued(`?stationId=${id}`))[0].serial)

  test('are listed as they were issued, by role, station and state, page by page', async () => {
    const roles = (await issued()).map(({ role }: { role: string }) => role)
    expect(roles.slice(0, 2)).toEqual(['root', 'authority'])
    expect(new Set(roles)).toEqual(new Set(['root', 'authority', 'firmware', 'server', 'station']))
    expect(await issued('?stationId=CP1')).toMatchObject([{ role: 'station', commonName: 'CP1' }])
    expect(await issued('?role=server&revoked=false')).toHaveLength(2)
    const first = await api.get('/api/v1/certificates?role=station&limit=1')
    const [, next = ''] = /<(.*)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? []
    expect((await api.get(next)).body).toMatchObject([{ commonName: 'CP2' }])
    const serial = await serialOf('CP1')
    expect((await api.get(`/api/v1/certificates/${serial}`)).body).toMatchObject({ serial })
    expect((await api.get('/api/v1/certificates/AB')).status).toBe(404)
  })

  test('[1.6 SWP A00.FR.702] one that is revoked ends its connection and gets no other', async () => {
    const id = processes === 1 ? 'CP1' : 'CP2'
    const tls = await presented(id)
    const url = `${secure()}/${id}`
    expect(await knock({ url, tls })).toBe('open')
    const station = await connectStation([secure()], { id, ca: tls.ca, security: profile3(id) })
    const serial = await serialOf(id)
    const path = `/api/v1/certificates/${serial}/revoke`
    const revoked = await api.post(path, '{"reason":"keyCompromise"}')
    expect(revoked.body).toMatchObject({
      serial,
      station: id,
      revoked: { reason: 'keyCompromise' },
    })
    await expect.poll(async () => (await api.get('/health')).body.connections).toBe(0)
    expect(await knock({ url, tls })).toContain('403')
    station.close()
    // Again changes nothing, and an empty body is one.
    expect((await api.post(path, '')).body).toEqual(revoked.body)
    expect(await issued(`?stationId=${id}&revoked=true`)).toHaveLength(1)
  })

  test.each([
    ['AB', '{}', 404],
    ['AB', '{"reason":"boredom"}', 400],
    ['AB', '[]', 400],
  ])('revoking %s with %s is %i', async (serial, body, status) => {
    expect((await api.post(`/api/v1/certificates/${serial}/revoke`, body)).status).toBe(status)
  })
})

test('without an authority there are none', async () => {
  await using api = await Api.start({})
  for (const path of ['', '/AB']) {
    expect(await api.get(`/api/v1/certificates${path}`)).toMatchObject({
      status: 404,
      body: { error: { code: 'NO_AUTHORITY' } },
    })
  }
})
