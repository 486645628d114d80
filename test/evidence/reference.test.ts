import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { evidenceRows, evidenceTests } from '../../scripts/reference/evidence.ts'
import { actionsOf } from '../../src/ocpp/action.ts'
import { ocppVersions } from '../../src/ocpp/version.ts'

test.each(ocppVersions)(
  'every action of %s has its row, DataTransfer one for each direction',
  async (version) => {
    const rows = await evidenceRows(version)
    const wanted = Object.entries(actionsOf[version]).flatMap(([action, { from }]) =>
      (from === 'both' ? ['csms', 'station'] : [from]).map((sender) => `${action} of ${sender}`),
    )
    expect(rows.map(({ action, from }) => `${action} of ${from}`).toSorted()).toEqual(
      wanted.toSorted(),
    )
  },
)

test.each(ocppVersions)('every row of %s is of a test that there is', async (version) => {
  const files = await readdir(evidenceTests(version))
  const rows = await evidenceRows(version)
  expect(files).toEqual(expect.arrayContaining(rows.map((row) => row.test)))
})
