import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { Adapter } from 'lowdb'
import type { Verdict } from '../result.ts'

/** A run as `csms report list` shows it. */
export interface IndexedRun {
  /** Name of its folder, within the folder of reports. */
  readonly folder: string
  readonly runId: string
  readonly startedAt: string
  readonly scenario: string
  readonly verdict: Verdict
  readonly exitCode: number
  readonly stations: number
  readonly exchangesPerSecond: number | null
  readonly responseP99Ms: number | null
  /** Names that `csms report baseline` gave it. */
  readonly baselines: readonly string[]
}

/** `reports/index.json`: made from the folders, and made again where it is missing or broken. */
export interface RunIndexData {
  format: 1
  runs: IndexedRun[]
}

/** lowdb's adapter to the index. It is replaced in one step, so a reader sees it whole. */
export class IndexFile implements Adapter<RunIndexData> {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /** Null where there is none, and where what is there is no index: the folders tell it all again. */
  async read(): Promise<RunIndexData | null> {
    try {
      const value: unknown = JSON.parse(await readFile(this.#path, 'utf8'))
      return isIndex(value) ? value : null
    } catch {
      return null
    }
  }

  async write(data: RunIndexData): Promise<void> {
    const next = `${this.#path}.${process.pid}.next`
    try {
      await writeFile(next, `${JSON.stringify(data, null, 2)}\n`)
      await rename(next, this.#path)
    } catch (error) {
      await rm(next, { force: true }).catch(() => undefined)
      throw error
    }
  }
}

function isIndex(value: unknown): value is RunIndexData {
  if (typeof value !== 'object' || value === null) return false
  const { format, runs } = value as Partial<Record<keyof RunIndexData, unknown>>
  return format === 1 && Array.isArray(runs) && runs.every(isRun)
}

const textKeys = ['folder', 'runId', 'startedAt', 'scenario', 'verdict'] as const
const rateKeys = ['exchangesPerSecond', 'responseP99Ms'] as const

function isRun(value: unknown): value is IndexedRun {
  if (typeof value !== 'object' || value === null) return false
  const run = value as Partial<Record<keyof IndexedRun, unknown>>
  return (
    textKeys.every((key) => typeof run[key] === 'string') &&
    rateKeys.every((key) => run[key] === null || typeof run[key] === 'number') &&
    typeof run.exitCode === 'number' &&
    typeof run.stations === 'number' &&
    Array.isArray(run.baselines) &&
    run.baselines.every((name) => typeof name === 'string')
  )
}
