import type { Clocks } from '../../shared/clock.ts'
import { Grid } from '../physics/grid.ts'
import type { StationTemplate } from '../scenario/plan.ts'
import type { GridChange } from '../steps/actor.ts'
import type { Evse } from './evse.ts'
import { noProfiles, PowerLimits } from './power-limits.ts'

/** What a grid is made from. */
export interface GridHost {
  readonly evses: readonly Evse[]
  readonly template: StationTemplate
  readonly clocks: Clocks
  wireMs(): number
}

/**
 * The grid of a station, made when somebody first asks. From then on it counts, also where no
 * charging profile limits anything.
 */
export function gridOf(host: GridHost): Grid {
  const { evses, template, clocks } = host
  const known = evses[0]?.grid
  if (known) return known
  const grid = new Grid(template.grid)
  const simulatedMs = (): number => clocks.simulated.monotonicMicros() / 1000
  const limiter = new PowerLimits(evses, { simulatedMs, wireMs: () => host.wireMs() }, noProfiles)
  for (const evse of evses) {
    evse.grid = grid
    evse.outlet.grid = grid
    evse.gridLimiter = limiter
  }
  return grid
}

/** Something about the grid is another from now on: power follows at once. */
export function changeGrid(host: GridHost, change: (grid: Grid) => void): void {
  const grid = gridOf(host)
  for (const evse of host.evses) evse.advance()
  change(grid)
  for (const heard of grid.listeners) heard()
  host.evses[0]?.limits?.changed(host.clocks.simulated.monotonicMicros() / 1000)
}

/** Something happens on the grid that the station notices. */
export function gridHappens(host: GridHost, happened: GridChange): void {
  changeGrid(host, (grid) => {
    grid.frequencyHz = happened.frequencyHz ?? grid.frequencyHz
    grid.loadW = happened.loadW ?? grid.loadW
    grid.externalW = happened.externalW ?? grid.externalW
    if (happened.voltageV !== undefined) {
      grid.voltageShare = happened.voltageV / host.template.voltage
    }
    if (happened.fault !== undefined) {
      grid.fault = happened.fault === 'none' ? undefined : happened.fault
    }
    if (grid.follows(grid.frequencyHz)) grid.followedHz = grid.frequencyHz
  })
}
