import { describe, expect, test } from 'vitest'
import { type FateRow, fateRows } from '../../scripts/reference/mutation.ts'
import { catalogue } from '../../src/conformance/cases/catalogue.ts'
import { Hunter } from '../../src/conformance/mutation/hunt.ts'
import { mutants } from '../../src/conformance/mutation/mutants/all-mutants.ts'
import { PayloadValidators } from '../../src/ocpp/schemas.ts'
import { type OcppVersion, ocppVersions } from '../../src/ocpp/version.ts'
import { officialValidators } from '../../src/platform/official-validators.ts'
import { realClock } from '../../src/platform/real-clock.ts'
import { webSocketDial } from '../../src/transport/websocket-client.ts'

const rows = await fateRows()
const seeded = ocppVersions.filter((one) => mutants.some(({ version }) => version === one))

/** All of them take two minutes: `npm run gen:mutation` plays each. */
const everyNth = 8

describe('faults of a CSMS', () => {
  test('are at least 100, each with a name of its own and its row', () => {
    const ids = mutants.map(({ id }) => id)
    expect(ids.length).toBeGreaterThanOrEqual(100)
    expect(new Set(ids).size).toBe(ids.length)
    expect(rows.map(({ mutant }) => mutant)).toEqual(ids)
  })

  test('are caught, 90 of 100 at least', () => {
    const caught = rows.filter(({ caughtBy }) => caughtBy !== undefined)
    expect(caught.length / rows.length).toBeGreaterThanOrEqual(0.9)
  })

  test.each(seeded)(
    'of %s are caught by the case that caught them before: every eighth of them',
    async (version) => {
      const caught = rows.filter((row) => row.caughtBy !== undefined && isOf(row, version))
      const queue = caught.filter((_, i) => i % everyNth === 0)
      const seen: string[] = []
      const lane = async (): Promise<void> => {
        await using hunter = newHunter()
        for (let row = queue.shift(); row; row = queue.shift()) seen.push(await again(row, hunter))
      }
      await Promise.all([lane(), lane(), lane()])
      expect(seen.filter((fate) => !fate.endsWith('caught'))).toEqual([])
    },
    240_000,
  )
})

function isOf({ mutant }: FateRow, version: OcppVersion): boolean {
  return mutants.some((one) => one.id === mutant && one.version === version)
}

async function again({ mutant: id, caughtBy }: FateRow, hunter: Hunter): Promise<string> {
  const mutant = mutants.find((one) => one.id === id)
  if (!mutant || caughtBy === undefined) return `${id}: no row`
  const cases = catalogue.filter((one) => one.id === caughtBy)
  return `${id} by ${caughtBy}: ${(await hunter.hunt(mutant, { cases })).kind}`
}

function newHunter(): Hunter {
  return new Hunter({
    cases: catalogue,
    dial: webSocketDial(),
    validators: new PayloadValidators(officialValidators),
    clock: realClock,
    timeoutMs: 3000,
    silenceMs: 300,
  })
}
