import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { childModules } from '../src/platform/child-process.ts'

/*
 * What is shipped, in `dist`: the command, the library, and the processes that csms runs. As single
 * modules a worker loaded 500 files, which took it twice as long. What only some commands need stays
 * in files that only they load; packages stay packages, for their licences and updates.
 */
const root = join(import.meta.dirname, '..')

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['index', 'cli/main', ...childModules].map((name) => `src/${name}.ts`),
  outbase: 'src',
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
})

// What earlier builds left.
const made = new Set(Object.keys(metafile.outputs).map((path) => join(root, path)))
for (const { name, parentPath } of await readdir(join(root, 'dist'), {
  recursive: true,
  withFileTypes: true,
})) {
  const path = join(parentPath, name)
  if (/\.js(\.map)?$/.test(name) && !made.has(path)) await rm(path)
}
