import type { Measurement, Windows } from './measure.ts'
import type { Standing } from './standing.ts'
import type { Handshakes } from './tls.ts'

/** What a run of the bench leaves in `results.json`, and what docs/benchmarks.md is made of. */
export interface Results extends Windows {
  readonly date: string
  readonly machine: string
  readonly node: string
  readonly rounds: number
  readonly requestBytes: number
  /** A k6 took part. */
  readonly k6: boolean
  readonly pairs: Compared[]
  clients?: Compared
  servers?: Compared
  durability?: Compared
  compression?: Compared
  handshakes?: Handshakes[]
  readonly standing: Standing[]
}

/** Contenders that did the same in turns. */
export interface Compared {
  readonly title: string
  readonly stations: number
  readonly rows: readonly {
    readonly name: string
    readonly median: Measurement
    readonly rounds: readonly Measurement[]
  }[]
  readonly ratios: readonly Ratio[]
}

export interface Ratio {
  readonly name: string
  /** Of the medians. */
  readonly value: number
  /** Of measurements of one round, which stood beside each other in time. */
  readonly least: number
  readonly most: number
}
