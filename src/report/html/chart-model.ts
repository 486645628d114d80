/** What the page's script draws: plain data, made by the report and embedded as JSON. */
export interface PageData {
  /** Windows and marks of the run, drawn behind every chart over time. */
  readonly windows: readonly WindowBand[]
  readonly marks: readonly Mark[]
  readonly charts: readonly ChartModel[]
}

/** Seconds since the run began. */
export interface WindowBand {
  readonly name: string
  readonly from: number
  readonly to: number
  /** What the figures cover is left clear; the others are shaded. */
  readonly shaded: boolean
}

export interface Mark {
  readonly at: number
  readonly label: string
}

/** `time` charts share cursor, zoom, windows and marks. */
export type Abscissa = 'time' | 'milliseconds' | 'percentile' | 'rate'

/** The unit of the values. */
export type ChartUnit = 'perSecond' | 'milliseconds' | 'count' | 'share'

export interface ChartModel {
  /** It is drawn in the element `chart-<id>`. */
  readonly id: string
  readonly x: Abscissa
  readonly unit: ChartUnit
  readonly at: readonly number[]
  readonly lines: readonly Line[]
  /** Values are spread logarithmically at first; null: there is nothing to choose. */
  readonly logarithmic: boolean | null
  /** Horizontal lines with what they mean. */
  readonly limits: readonly Limit[]
  /** A vertical line with what it means, as on the search for the highest rate. */
  readonly found?: Mark
}

/** Each has a colour and a pattern of its own: solid, dashed, dotted. */
export type Tone = 'first' | 'second' | 'third'

export interface Line {
  readonly label: string
  readonly tone: Tone
  readonly shape: 'line' | 'area' | 'steps' | 'points'
  readonly values: readonly (number | null)[]
}

export interface Limit {
  readonly value: number
  readonly label: string
}
