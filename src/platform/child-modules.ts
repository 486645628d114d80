import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { upTo } from './package-root.ts'

/** What csms runs as processes of their own: modules below `src`, and entries of the bundle. */
export const childModules = [
  'csms/process',
  'csms/cluster/member-process',
  'simulator/workers/worker',
] as const

export type ChildModule = (typeof childModules)[number]

export interface ChildStart {
  readonly path: string
  readonly execArgv: readonly string[]
}

/** Built csms starts built children; run from its sources, it starts their sources. */
export function startOf(module: ChildModule): ChildStart {
  const fromSource = import.meta.url.endsWith('.ts')
  const file = module + (fromSource ? '.ts' : '.js')
  return {
    path: fileURLToPath(new URL(file, upTo(file, new URL('.', import.meta.url)))),
    execArgv: fromSource ? ['--import', typeScriptLoader()] : [],
  }
}

/** Only there during development. */
function typeScriptLoader(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
}
