import { expect, test } from 'vitest'
import { csmsLab } from '../../../test/helpers/csms-lab.ts'
import { profileReported } from './profile-reports.ts'

test('a report without an end fills no memory, and removes nothing', async () => {
  const lab = await csmsLab('ocpp2.0.1')
  const { station, csms } = lab
  const chargingProfile = {
    id: 1,
    stackLevel: 0,
    chargingProfilePurpose: 'TxDefaultProfile',
    chargingProfileKind: 'Relative',
    chargingSchedule: [
      { id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 6 }] },
    ],
  }
  await lab.command('SetChargingProfile', { evseId: 1, chargingProfile })
  await lab.command('GetChargingProfiles', { requestId: 7, chargingProfile: {} })
  expect(station.profileReports.size).toBe(1)
  const ids = (from: number) => Array.from({ length: 6000 }, (_, at) => from + at)
  profileReported(csms.domain, station, 7, ids(1000), true)
  expect(station.profileReports.size).toBe(1)
  profileReported(csms.domain, station, 7, ids(9000), true)
  expect(station.profileReports.size).toBe(0)
  profileReported(csms.domain, station, 7, [], false)
  expect(lab.record.chargingProfiles).toHaveLength(1)
})
