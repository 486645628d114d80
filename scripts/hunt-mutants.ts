import { writeFile } from 'node:fs/promises'
import { catalogue } from '../src/conformance/cases/catalogue.ts'
import { Hunter } from '../src/conformance/mutation/hunt.ts'
import { mutants } from '../src/conformance/mutation/mutants/all-mutants.ts'
import { PayloadValidators } from '../src/ocpp/schemas.ts'
import { officialValidators } from '../src/platform/official-validators.ts'
import { realClock } from '../src/platform/real-clock.ts'
import { webSocketDial } from '../src/transport/websocket-client.ts'
import { type FateRow, fateRows, fatesFile } from './reference/mutation.ts'

/** Cases are played side by side with so many faults. */
const hunters = 3

/*
 * Seeds every fault of `src/conformance/mutation` and writes down which case caught it. What caught it
 * last time is played first. With names, only those are looked at again: `authorize`, `16-start`.
 */
const named = process.argv.slice(2)
const before = new Map((await fateRows()).map((row) => [row.mutant, row]))
const after = new Map<string, FateRow>()
const queue = mutants.filter(({ id }) => {
  const known = before.get(id)
  const asked = named.length === 0 || named.some((name) => id.includes(name))
  if (!asked && known) after.set(id, known)
  return asked || !known
})

async function lane(): Promise<void> {
  await using hunter = new Hunter({
    cases: catalogue,
    dial: webSocketDial(),
    validators: new PayloadValidators(officialValidators),
    clock: realClock,
    timeoutMs: 1500,
    silenceMs: 300,
  })
  for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
    const { id, title } = mutant
    const fate = await hunter.hunt(mutant, { first: before.get(id)?.caughtBy })
    const row: FateRow =
      fate.kind === 'caught'
        ? { mutant: id, caughtBy: fate.by, check: fate.check }
        : { mutant: id, survived: fate.reached ? 'seen, and not noticed' : 'never seen' }
    after.set(id, row)
    console.log(`${row.caughtBy ?? 'SURVIVED'}  ${id}: ${title}`)
  }
}

await Promise.all(Array.from({ length: hunters }, lane))
const rows = mutants.flatMap(({ id }) => after.get(id) ?? [])
await writeFile(fatesFile, `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`)
const caught = rows.filter(({ caughtBy }) => caughtBy !== undefined).length
console.log(`${caught} of ${rows.length}`)
