import { optional } from '../../document/fields/field.ts'
import type { FleetPlan } from '../scenario/plan.ts'
import { ClosedLoop } from './closed-loop.ts'
import { defineExecutor, type Executor, type Player } from './executor.ts'
import { fleetOf, onlyBoots } from './fleets.ts'
import { checkMix, mixField, mixText } from './mix.ts'

export const constantStations = defineExecutor({
  name: 'constant-stations',
  summary:
    'Each station does the next draw of the mix, or its script again, as soon as the last is done.',
  answers: 'How much does the target get done when so many stations keep it busy?',
  model: 'closed',
  fields: { mix: optional(mixField, 'Weights by action.', 'the script, again and again') },
  example: 'load: { executor: constant-stations, mix: { Heartbeat: 100 }, steady: 60s }',
  gracefulStopMs: 30_000,
  suffices: ({ mix }) => mix !== undefined,
  check: ({ mix }, check) => checkMix(mix, check),
  describe: ({ mix }) =>
    `closed model, each station does ${mix ? mixText(mix) : 'the script again and again'}`,
  run: ({ mix }, { seed, fleets }) => (mix ? new ClosedLoop(seed, mix) : new ScriptLoop(fleets)),
})

/** Plays each script again when it is completed, until the drain. */
class ScriptLoop implements Executor {
  readonly #fleets: readonly FleetPlan[]
  #stopped = false
  readonly idle = true

  constructor(fleets: readonly FleetPlan[]) {
    this.#fleets = fleets
  }

  join(player: Player): void {
    const fleet = fleetOf(this.#fleets, player.index)
    // There for its traffic.
    if (onlyBoots(fleet) && fleet && fleet.traffic.length > 0) {
      player.once()
      return
    }
    const again = (): void => {
      player.play({ standing: false }, (ended) => {
        if (ended === 'completed' && !this.#stopped) again()
      })
    }
    again()
  }

  ready(): void {
    // Scripts send by themselves.
  }

  start(): void {
    // Scripts began when their stations joined.
  }

  stop(): void {
    this.#stopped = true
  }

  end(): void {
    // Nothing waits.
  }
}
