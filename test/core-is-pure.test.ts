import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createContext, Script } from 'node:vm'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

/** The folders that also run in k6 and in virtual time. */
const coreFolders = [
  'src/conformance/rules',
  'src/ocpp',
  'src/metrics',
  'src/simulator/physics',
  'src/simulator/station',
  'src/simulator/steps',
  'src/simulator/executors',
]

const modules = coreFolders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name)),
)

async function bundle(): Promise<{ text: string; inputs: string[] }> {
  const result = await build({
    stdin: {
      contents: modules.map((module) => `import './${module}'`).join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    metafile: true,
    treeShaking: false,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'iife',
    target: 'es2021',
    logLevel: 'silent',
  })
  return { text: result.outputFiles[0]?.text ?? '', inputs: Object.keys(result.metafile.inputs) }
}

describe('the pure core', () => {
  test('bundles without anything of Node and of other folders', async () => {
    const { inputs } = await bundle()
    const outside = inputs.filter(
      (input) =>
        input.startsWith('src/') &&
        !coreFolders.some((folder) => input.startsWith(`${folder}/`)) &&
        !input.startsWith('src/shared/') &&
        !input.startsWith('src/document/') &&
        !input.startsWith('src/simulator/scenario/'),
    )
    expect(outside).toEqual([])
    expect(inputs.filter((input) => input.startsWith('node_modules/')).map(packageOf)).toSatisfy(
      (packages: string[]) => packages.every((name) => ajvAndItsParts.has(name)),
    )
  })

  test('loads in an empty realm: no globals of Node, browsers or k6', async () => {
    const { text } = await bundle()
    const realm = createContext({}, { codeGeneration: { strings: true, wasm: false } })
    expect(() => new Script(text).runInContext(realm)).not.toThrow()
  })

  test('uses nothing that k6’s engine lacks', async () => {
    const own = await bundle()
    const missing =
      /(?<![.\w])(structuredClone|AbortController|performance|process|Buffer|setTimeout|setInterval|setImmediate|URLSearchParams)\b(?=[.(])|\bnew URL\(|\bfor await\b|\basync (function )?\*/
    const lines = own.text.split('\n').filter((line) => missing.test(line) && !line.includes('//'))
    expect(lines).toEqual([])
  })
})

/** What `src/ocpp/schema-compiler.ts` brings along; all of it is plain JavaScript. */
const ajvAndItsParts = new Set([
  'ajv',
  'ajv-formats',
  'fast-deep-equal',
  'fast-uri',
  'json-schema-traverse',
])

function packageOf(input: string): string {
  return input.split('/')[1] ?? ''
}
