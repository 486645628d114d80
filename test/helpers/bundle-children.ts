import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { TestProject } from 'vitest/node'
import { bundleOptions } from '../../scripts/bundle-options.ts'
import { childModules } from '../../src/platform/child-modules.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the processes that tests start, of the sources that are tested. */
    readonly children: string
  }
}

/** Bundled they start in a tenth of the time that their sources take. */
export async function setup({ config, provide }: TestProject): Promise<() => Promise<void>> {
  const folder = join(config.root, `node_modules/.cache/csms-children-${process.pid}`)
  await build(bundleOptions(config.root, childModules, folder))
  provide('children', folder)
  return () => rm(folder, { recursive: true, force: true })
}
