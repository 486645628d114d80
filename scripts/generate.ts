import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { generatedFiles } from './generated-files.ts'

const root = join(import.meta.dirname, '..')

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
