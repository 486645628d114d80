import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { evidenceRows } from '../scripts/reference/ocpp16.ts'
import { actions16 } from '../src/ocpp/v16/actions.ts'

test('every action of OCPP 1.6 has its row, DataTransfer one for each direction', async () => {
  const rows = await evidenceRows()
  const wanted = Object.entries(actions16).flatMap(([action, { from }]) =>
    (from === 'both' ? ['csms', 'station'] : [from]).map((sender) => `${action} of ${sender}`),
  )
  expect(rows.map(({ action, from }) => `${action} of ${from}`).toSorted()).toEqual(
    wanted.toSorted(),
  )
})

test('every row is of a test that there is', async () => {
  const files = await readdir(join(import.meta.dirname, 'ocpp16'))
  const rows = await evidenceRows()
  expect(files).toEqual(expect.arrayContaining(rows.map((row) => row.test)))
})
