import { afterAll, beforeAll, describe, test } from 'vitest'
import { GoStation, missing, peer } from './go.ts'
import { obedient } from './obedient.ts'
import { chargingSession, maintenanceSession } from './serve-sessions-2x.ts'

describe.skipIf(missing)(`${peer} as a charging station of 2.0.1`, () => {
  let program: GoStation | undefined
  beforeAll(() => {
    program = new GoStation()
  })
  afterAll(() => program?.[Symbol.dispose]())

  const station = (url: string, identity: string) => obedient(program?.path ?? '', [url, identity])

  test('[2.0.1 F01, K01] csms serve starts, limits and stops it', async () => {
    await chargingSession(station, { wrong: ['must NOT have additional properties (evseId)'] })
  })

  test('[2.0.1 B05-B07, L01, N01] csms serve maintains it', async () => {
    await maintenanceSession(station)
  })
})
