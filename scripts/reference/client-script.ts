import { join } from 'node:path'
import { build } from 'esbuild'

const folder = join(import.meta.dirname, '../../src/report/html/client')

/**
 * A `client-script.ts`: the script of a page, bundled, as a constant. Nothing needs a bundler at run
 * time, from source or built.
 *
 * @param entry in `src/report/html/client`
 */
export async function clientScript(entry: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
  })
  const script = outputFiles[0]?.text ?? ''
  if (/<\/script|<!--/i.test(script)) throw new Error('The script would end its own element.')
  const literal = script.replace(/[\\`]|\$\{/g, (special) => `\\${special}`)
  return `// Generated from src/report/html/client by "npm run gen".\nexport const clientScript = \`${literal}\`\n`
}
