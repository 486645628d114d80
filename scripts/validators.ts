import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import ucs2length from 'ajv/dist/runtime/ucs2length.js'
import standalone from 'ajv/dist/standalone/index.js'
import { type Plugin, transform } from 'esbuild'
import { compilable, schemaCompiler } from '../src/ocpp/schema-compiler.ts'
import { messageOf } from '../src/ocpp/schemas.ts'
import { ocppVersions } from '../src/ocpp/version.ts'
import { builtValidator } from '../src/platform/built-validators.ts'
import { officialSchemas } from '../src/platform/official-schemas.ts'

/** The packages whose schemas and code are in the files of `writeValidators`. */
export const validatorsMadeOf: readonly string[] = ['node_modules/ajv', 'node_modules/ocpp-rpc']

/** What is bundled with this takes its validators from the files of `writeValidators`. */
export const builtValidators: Plugin = {
  name: 'built validators',
  setup({ onResolve }) {
    onResolve({ filter: /\/official-validators\.ts$/ }, ({ resolveDir, path }) => ({
      path: join(resolveDir, dirname(path), 'built-validators.ts'),
    }))
  },
}

/**
 * Writes the official schemas as code, each into a file of its own: one takes up to 120 kB, and few
 * processes need more than a dozen of the 387.
 *
 * @returns the paths of the files, below the root
 */
export async function writeValidators(root: string): Promise<string[]> {
  const written = ocppVersions.flatMap((version) => {
    const ajv = schemaCompiler({ source: true })
    return officialSchemas(version).map(async (schema) => {
      const path = builtValidator(version, messageOf(schema.$id))
      const code = standalone.default(ajv, ajv.compile(compilable(schema)))
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), await selfContained(code))
      return path
    })
  })
  return await Promise.all(written)
}

/** The one function that ajv's code asks its package for goes along. */
async function selfContained(script: string): Promise<string> {
  const asked = 'require("ajv/dist/runtime/ucs2length").default'
  const { code } = await transform(script.replace(asked, `(${String(ucs2length.default)})`), {
    format: 'cjs',
    platform: 'node',
    minify: true,
    treeShaking: true,
  })
  return code
}
