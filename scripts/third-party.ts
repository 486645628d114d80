import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Metafile } from 'esbuild'

const folders = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/

/**
 * The licences of the packages that went into a bundle; their texts have to go along.
 * @param others whose content is in files that no bundler made: `node_modules/name`
 */
export async function thirdParty(
  root: string,
  { outputs }: Metafile,
  others: readonly string[],
): Promise<string> {
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs))
  const packages = new Set([...inputs.flatMap((input) => folders.exec(input) ?? []), ...others])
  const texts = await Promise.all([...packages].sort().map((path) => licenceOf(join(root, path))))
  return texts.join(`\n${'-'.repeat(80)}\n\n`)
}

async function licenceOf(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'package.json'), 'utf8')
  const { name, version } = JSON.parse(text) as { readonly name: string; readonly version: string }
  const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one))
  if (file === undefined) throw new Error(`${name} ${version} has no licence that could go along`)
  return `${name} ${version}\n\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`
}
