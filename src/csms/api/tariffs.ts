import { Problem, sendJson } from './problem.ts'
import { type Route, route } from './route.ts'
import { list, ref } from './schema.ts'

const listTariffs = route({
  method: 'GET',
  path: '/api/v1/tariffs',
  id: 'listTariffs',
  tag: 'Tariffs',
  summary: 'What charging costs, in the order of the file of --tariffs; none without one',
  description:
    'The file is read when the server starts. Stations of 2.1 get a tariff by SetDefaultTariff or, as that of a driver, when they authorize his token; for others the server calculates.',
  role: 'viewer',
  answers: { 200: { description: 'The tariffs.', schema: list('Tariffs.', ref('Tariff')) } },
  async handle({ response, services }) {
    sendJson(response, 200, await services.operations.tariffs())
  },
})

const getTariff = route({
  method: 'GET',
  path: '/api/v1/tariffs/{tariffId}',
  id: 'getTariff',
  tag: 'Tariffs',
  summary: 'One tariff',
  role: 'viewer',
  answers: { 200: { description: 'The tariff.', schema: ref('Tariff') } },
  problems: [404],
  async handle({ response, path: { tariffId }, services }) {
    const rows = await services.operations.tariffs()
    const row = rows.find((known) => known.tariffId === tariffId)
    if (!row) throw new Problem(404, 'UNKNOWN_TARIFF', `There is no tariff ${tariffId}.`)
    sendJson(response, 200, row)
  },
})

export const tariffRoutes: readonly Route[] = [listTariffs, getTariff]
