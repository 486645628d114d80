import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { reportSchema } from '../src/report/report-schema.ts'
import { scenarioSchema } from '../src/simulator/scenario/scenario-schema.ts'
import { stepReference } from '../src/simulator/scenario/step-reference.ts'

interface GeneratedFile {
  /** From the repository's root. */
  readonly path: string
  readonly content: () => string | Promise<string>
}

/** Everything in the repository that is made from source. Add a line, run `npm run gen`. */
const generatedFiles: readonly GeneratedFile[] = [
  { path: 'schemas/report.schema.json', content: () => json(reportSchema) },
  { path: 'schemas/scenario.schema.json', content: () => json(scenarioSchema()) },
  { path: 'docs/reference/steps.md', content: stepReference },
]

const root = join(import.meta.dirname, '..')

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

async function write(): Promise<void> {
  for (const { path, content } of generatedFiles) {
    const file = join(root, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, await content())
    console.log(path)
  }
}

/** Fails, naming them, when files are not what the source says. */
async function check(): Promise<void> {
  const stale: string[] = []
  for (const { path, content } of generatedFiles) {
    const there = await readFile(join(root, path), 'utf8').catch(() => undefined)
    if (there !== (await content())) stale.push(path)
  }
  if (stale.length === 0) return
  console.error(`Not what the source says; run "npm run gen":\n  ${stale.join('\n  ')}`)
  process.exitCode = 1
}

await (process.argv.includes('--check') ? check() : write())
