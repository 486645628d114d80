import { join } from 'node:path'
import { build, type Metafile } from 'esbuild'
import { beforeAll, describe, expect, test } from 'vitest'
import { builtValidators } from '../scripts/validators.ts'
import { childModules } from '../src/platform/child-modules.ts'
import { root } from './helpers/cli.ts'

/** What only some commands need, and nobody else waits for. */
const heavy = ['ink', 'react', 'ws', 'yaml', 'ajv', 'lowdb']

let files: Metafile['inputs'] = {}
beforeAll(async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['cli/main', ...childModules].map((name) => `src/${name}.ts`),
    plugins: [builtValidators],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outdir: 'nowhere',
  })
  files = metafile.inputs
})

/** Packages that a file brings along before its first line runs. */
function broughtAlong(file: string): Set<string> {
  const packages = new Set<string>()
  const seen = new Set<string>()
  const visit = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    for (const { path: to, kind, external } of files[path]?.imports ?? []) {
      if (kind !== 'import-statement') continue
      if (external) packages.add(to.split('/')[0] ?? to)
      else visit(to)
    }
  }
  visit(file)
  return packages
}

describe('what starting csms loads', () => {
  test('`csms --help` loads nothing but the parser of arguments', () => {
    const packages = broughtAlong('src/cli/main.ts')
    expect(packages).toContain('commander')
    expect(heavy.filter((name) => packages.has(name))).toEqual([])
  })

  test('`csms simulate` loads Ink and React only for a live view', () => {
    const packages = broughtAlong('src/cli/run-simulation.ts')
    expect(packages.has('ink') || packages.has('react')).toBe(false)
    expect(broughtAlong('src/cli/views/live-view.ts')).toContain('ink')
  })

  test('no process of a run loads what compiles schemas', () => {
    const modules = ['cli/run-simulation', 'cli/run-server', ...childModules]
    for (const module of modules) {
      const packages = broughtAlong(`src/${module}.ts`)
      expect(packages.size, module).toBeGreaterThan(3)
      expect(
        [...packages].filter((name) => name.startsWith('ajv')),
        module,
      ).toEqual([])
    }
  })

  test('workers and the embedded CSMS never load them', async () => {
    for (const entry of ['src/simulator/workers/worker.ts', 'src/csms/process.ts']) {
      const { metafile } = await build({
        absWorkingDir: join(root),
        entryPoints: [entry],
        bundle: true,
        write: false,
        metafile: true,
        platform: 'node',
        format: 'esm',
        packages: 'external',
        outdir: 'nowhere',
      })
      const paths = Object.keys(metafile.inputs)
      expect(paths.length).toBeGreaterThan(10)
      expect(paths.filter((path) => path.startsWith('src/cli/'))).toEqual([])
    }
  })
})
