import { pathToFileURL } from 'node:url'
import type { HookAnswer } from '../hook.ts'
import type { ModuleWay } from '../plan.ts'
import type { TemplateValues } from '../template.ts'
import type { Tools } from './tools.ts'

/**
 * Calls the default export of a JavaScript module with what templates may name. What it throws is a
 * failure; what it returns is nobody's business.
 */
export async function byModule(
  { module }: ModuleWay,
  values: TemplateValues,
  { timeoutMs, clock }: Tools,
): Promise<HookAnswer> {
  const failed = (reason: string): HookAnswer => ({
    kind: 'failed',
    reason: `${module}: ${reason}`,
  })
  const late = new Promise<HookAnswer>((resolve) => {
    clock.after(timeoutMs, () => resolve(failed(`it took longer than ${timeoutMs} ms`)))
  })
  const done = call(module, values).then(
    (wrong): HookAnswer => (wrong === undefined ? { kind: 'accepted' } : failed(wrong)),
    (error: unknown) => failed(error instanceof Error ? error.message : String(error)),
  )
  return await Promise.race([done, late])
}

async function call(module: string, values: TemplateValues): Promise<string | undefined> {
  const loaded: unknown = await import(pathToFileURL(module).href)
  if (typeof loaded !== 'object' || loaded === null || !('default' in loaded)) {
    return 'it has no default export'
  }
  const { default: run } = loaded
  if (typeof run !== 'function') return 'its default export is no function'
  await (run as (given: TemplateValues) => unknown)(values)
  return undefined
}
