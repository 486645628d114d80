export type Dimension = 'duration' | 'power' | 'energy' | 'percent' | 'rate'

interface DimensionSpec {
  /** With its article, for sentences. */
  readonly noun: string
  readonly example: string
  /** Unit -> how many of the plan's unit (ms, W, Wh, 1, per second); the largest first. */
  readonly units: Readonly<Record<string, number>>
}

/** Everything the scenario language measures, and the units it may be written in. */
export const dimensions: Readonly<Record<Dimension, DimensionSpec>> = {
  duration: {
    noun: 'a duration',
    example: '30s',
    units: { d: 86_400_000, h: 3_600_000, min: 60_000, s: 1000, ms: 1 },
  },
  power: { noun: 'a power', example: '22kW', units: { MW: 1e6, kW: 1000, W: 1 } },
  energy: { noun: 'an energy', example: '60kWh', units: { MWh: 1e6, kWh: 1000, Wh: 1 } },
  percent: { noun: 'a share', example: '80%', units: { '%': 0.01 } },
  rate: { noun: 'a rate', example: '200/s', units: { '/s': 1, '/min': 1 / 60, '/h': 1 / 3600 } },
}

export const dimensionNames: readonly Dimension[] = [
  'duration',
  'power',
  'energy',
  'percent',
  'rate',
]

/** `a duration like 30s` */
export function exampleOf(dimension: Dimension): string {
  return `${dimensions[dimension].noun} like ${dimensions[dimension].example}`
}

export interface Quantity {
  readonly dimension: Dimension
  /** In the plan's unit: ms, W, Wh, a share of 1, events per second. */
  readonly value: number
}

const unitsByName = new Map(
  dimensionNames.flatMap((dimension) =>
    Object.entries(dimensions[dimension].units).map(
      ([unit, factor]) => [unit, { dimension, factor }] as const,
    ),
  ),
)

const part = /(\d+(?:\.\d+)?)\s*([a-zA-Z%/]+)\s*/y

/** Reads `22kW`, `1h30min`, `80 %`, `10/min`; undefined where it is none of them. */
export function parseQuantity(text: string): Quantity | undefined {
  const trimmed = text.trim()
  let found: Quantity | undefined
  part.lastIndex = 0
  while (part.lastIndex < trimmed.length) {
    const match = part.exec(trimmed)
    const unit = unitsByName.get(match?.[2] ?? '')
    if (!match || !unit) return undefined
    // Only durations are written in parts.
    if (found && (found.dimension !== 'duration' || unit.dimension !== 'duration')) return undefined
    const value = exactProduct(Number(match[1]), unit.factor)
    found = { dimension: unit.dimension, value: (found?.value ?? 0) + value }
  }
  return found
}

/** 0.01 is not a binary fraction: dividing by 100 gives the double nearest to what was written. */
function exactProduct(count: number, factor: number): number {
  return factor < 1 ? count / Math.round(1 / factor) : count * factor
}

/** As people write it: `1h30min`, `22kW`, `80%`, `200/s`. */
export function formatQuantity({ dimension, value }: Quantity): string {
  if (dimension === 'duration' && value >= 60_000) return formatDuration(value)
  const units = Object.entries(dimensions[dimension].units)
  const smallest = units[units.length - 1] ?? ['', 1]
  const chosen =
    dimension === 'rate'
      ? (units[0] ?? smallest)
      : (units.find(([, factor]) => value >= factor) ?? smallest)
  const count = chosen[1] < 1 ? value * Math.round(1 / chosen[1]) : value / chosen[1]
  return `${Number(count.toPrecision(6))}${chosen[0]}`
}

function formatDuration(ms: number): string {
  const parts: string[] = []
  let left = ms
  for (const [unit, factor] of Object.entries(dimensions.duration.units)) {
    const count = unit === 's' ? Number((left / factor).toFixed(3)) : Math.floor(left / factor)
    if (count > 0) parts.push(`${count}${unit}`)
    left -= count * factor
    if (unit === 's') break
  }
  return parts.join('')
}
