import { join } from 'node:path'
import { inject } from 'vitest'
import type { ChildModule, ChildStart } from '../../src/platform/child-modules.ts'

/** Stands in for that of `src/platform/child-modules.ts` (vitest.config.ts). */
export function startOf(module: ChildModule): ChildStart {
  return { path: join(inject('children'), `${module}.js`), execArgv: [] }
}
