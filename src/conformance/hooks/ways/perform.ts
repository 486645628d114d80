import type { HookAnswer } from '../hook.ts'
import type { CommandWay, HttpWay, ModuleWay, OwnWay } from '../plan.ts'
import type { TemplateValues } from '../template.ts'
import { byCommand } from './by-command.ts'
import { byHttp } from './by-http.ts'
import { byModule } from './by-module.ts'
import { byOwn } from './by-own.ts'
import type { Tools } from './tools.ts'

/** Does what a machine can do: for an operation, or an errand. Never rejects. */
export function perform(
  way: HttpWay | CommandWay | ModuleWay | OwnWay,
  values: TemplateValues,
  tools: Tools,
): Promise<HookAnswer> {
  return sparing(() => {
    switch (way.kind) {
      case 'http':
        return byHttp(way, values, tools)
      case 'command':
        return byCommand(way, values, tools)
      case 'module':
        return byModule(way, values, tools)
      case 'own':
        return byOwn(way, values, tools)
    }
  })
}

/** Whatever goes wrong (a URL that a payload made none, a program without a name) is a failure. */
export async function sparing(make: () => Promise<HookAnswer>): Promise<HookAnswer> {
  try {
    return await make()
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) }
  }
}
