import type { OcppVersion } from '../../ocpp/version.ts'
import { askPerson } from './ask-person.ts'
import type { Hook, HookAnswer, Order } from './hook.ts'
import type { HooksPlan, Way } from './plan.ts'
import { presets } from './presets/registry.ts'
import type { TemplateValues } from './template.ts'
import { byPreset } from './ways/by-preset.ts'
import { perform, sparing } from './ways/perform.ts'
import type { Tools } from './ways/tools.ts'

/** Orders as a hooks file says: what it says of an action, then of every other, then its preset. */
export class PlannedHook implements Hook {
  readonly name: string
  readonly #plan: HooksPlan
  readonly #tools: Tools
  readonly #tell: (words: string) => void

  /** @param tell shows a person what to do */
  constructor(plan: HooksPlan, tools: Tools, tell: (words: string) => void) {
    this.name = plan.file
    this.#plan = plan
    this.#tools = tools
    this.#tell = tell
  }

  can(version: OcppVersion, action: string): boolean {
    const way = this.#way(action)
    if (way) return way.kind !== 'skip'
    const { preset } = this.#plan
    return preset !== undefined && presets[preset].can(version, action)
  }

  async order(order: Order): Promise<HookAnswer> {
    const way = this.#way(order.action)
    const { preset, api } = this.#plan
    const values = this.#values(order)
    if (!way) {
      if (preset === undefined || api === undefined) return nothing(order)
      const { headers } = this.#tools
      return sparing({ headers, urls: [api], values }, () =>
        byPreset(presets[preset], api, order, this.#tools),
      )
    }
    switch (way.kind) {
      case 'http':
      case 'command':
      case 'module':
        return perform(way, values, this.#tools)
      case 'manual':
        this.#tell(askPerson(order, way.words, values))
        return { kind: 'accepted' }
      case 'passive':
        return { kind: 'accepted' }
      case 'skip':
        return nothing(order)
    }
  }

  patienceMs(_version: OcppVersion, action: string): number | undefined {
    const way = this.#way(action)
    if (way?.kind === 'manual') return this.#plan.manualMs
    return way?.kind === 'passive' ? way.withinMs : undefined
  }

  #way(action: string): Way | undefined {
    const { operations } = this.#plan
    return Object.hasOwn(operations, action) ? operations[action] : operations['*']
  }

  #values({ stationId, version, action, payload }: Order): TemplateValues {
    const { api } = this.#plan
    return {
      station: stationId,
      action,
      version: version.slice('ocpp'.length),
      protocol: version,
      payload,
      ...(api !== undefined && { api }),
    }
  }
}

function nothing({ action }: Order): HookAnswer {
  return { kind: 'failed', reason: `nothing makes the CSMS send ${action}` }
}
