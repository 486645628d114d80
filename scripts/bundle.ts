import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { bundleOptions, entries } from './bundle-options.ts'
import { thirdParty } from './third-party.ts'
import { builtValidators, validatorsMadeOf, writeValidators } from './validators.ts'

/* What is shipped, in `dist`: the command, the library, and the processes that csms runs. */
const root = join(import.meta.dirname, '..')
const { metafile } = await build({
  ...bundleOptions(root, entries, 'dist'),
  plugins: [builtValidators],
})
const validators = await writeValidators(root)
const licences = await thirdParty(root, metafile, validatorsMadeOf)
await writeFile(join(root, 'dist/THIRD-PARTY.txt'), licences)

// What earlier builds left.
const made = new Set(
  [...Object.keys(metafile.outputs), ...validators].map((path) => join(root, path)),
)
for (const { name, parentPath } of await readdir(join(root, 'dist'), {
  recursive: true,
  withFileTypes: true,
})) {
  const path = join(parentPath, name)
  if (/\.c?js(\.map)?$/.test(name) && !made.has(path)) await rm(path)
}
