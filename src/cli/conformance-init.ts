import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { catalogue } from '../conformance/cases/catalogue.ts'
import type { PresetName } from '../conformance/hooks/presets/registry.ts'
import { starterFiles } from '../conformance/run/starter-files.ts'
import { makeFolder } from '../platform/make-folder.ts'
import { unwritable } from '../report/write-file.ts'
import { csmsError } from '../shared/errors.ts'
import { exitCodes } from '../shared/exit-codes.ts'
import type { CliContext } from './context.ts'

export interface InitOptions {
  readonly preset: PresetName
  readonly force?: boolean
}

/** Writes the files that describe a CSMS: none of them where one is there already. */
export async function initConformance(
  ctx: CliContext,
  folder: string,
  { preset, force = false }: InitOptions,
): Promise<void> {
  const files = starterFiles(preset, catalogue)
  const paths = files.map(({ name }) => resolve(ctx.cwd, folder, name))
  for (const path of force ? [] : paths) {
    if (!(await isThere(path))) continue
    const message = `${path} is there already. Choose another folder, or --force to overwrite it.`
    throw csmsError('CSMS_USAGE', { message })
  }
  try {
    await makeFolder(resolve(ctx.cwd, folder))
    for (const [at, { text }] of files.entries()) await writeFile(paths[at] ?? '', text)
  } catch (error) {
    throw unwritable(folder, error)
  }
  const named = (name: string) => join(folder, name)
  ctx.stdout.write(`Wrote ${files.map(({ name }) => named(name)).join(', ')}.
Look whether your CSMS is ready:
  csms conformance doctor --target ws://127.0.0.1:9000 --hooks ${named('hooks.yaml')} --fixtures ${named('fixtures.yaml')}
`)
  ctx.exit(exitCodes.passed)
}

async function isThere(path: string): Promise<boolean> {
  try {
    await readFile(path)
    return true
  } catch {
    return false
  }
}
