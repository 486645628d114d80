import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Api } from '../../../test/helpers/api.ts'

const tariffsFile = join(import.meta.dirname, '../../../scenarios/tariffs/standard.yaml')

describe.each([1, 2])('the tariffs of %i process(es)', (processes) => {
  let api: Api
  beforeAll(async () => {
    api = await Api.start({ processes, tariffsFile })
  })
  afterAll(() => api.close())

  test('are listed as the file has them', async () => {
    expect((await api.get('/api/v1/tariffs')).body).toMatchObject([
      { tariffId: 'standard', currency: 'EUR', isDefault: true },
      {
        tariffId: 'member',
        currency: 'EUR',
        isDefault: false,
        tariff: { tariffId: 'member', energy: { prices: [{ priceKwh: 0.25 }, { priceKwh: 0.4 }] } },
      },
    ])
  })

  test('are shown by their ids', async () => {
    expect(await api.get('/api/v1/tariffs/member')).toMatchObject({
      status: 200,
      body: { tariffId: 'member' },
    })
    expect(await api.get('/api/v1/tariffs/none')).toMatchObject({
      status: 404,
      body: { error: { code: 'UNKNOWN_TARIFF' } },
    })
  })
})

test('without a file there are none', async () => {
  await using api = await Api.start({})
  expect((await api.get('/api/v1/tariffs')).body).toEqual([])
})
