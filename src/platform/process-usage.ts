import process from 'node:process'

export interface ProcessUsage {
  /** User and system time since the process began. */
  readonly cpuSeconds: number
  readonly rssBytes: number
}

/** What this process used so far. */
export function processUsage(): ProcessUsage {
  const { user, system } = process.cpuUsage()
  return { cpuSeconds: (user + system) / 1e6, rssBytes: process.memoryUsage.rss() }
}

export function addUsage(one: ProcessUsage, other: ProcessUsage): ProcessUsage {
  return {
    cpuSeconds: one.cpuSeconds + other.cpuSeconds,
    rssBytes: one.rssBytes + other.rssBytes,
  }
}
