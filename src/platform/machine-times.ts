import { readFileSync } from 'node:fs'

/** Where the CPU time of all cores went since the machine started, in ticks of the system. */
export interface MachineTimes {
  readonly idle: number
  /** Taken by the host of this virtual machine while there was work to do here. */
  readonly stolen: number
  readonly total: number
}

/** Undefined where the system does not say it: only Linux tells stolen time. */
export function readMachineTimes(): MachineTimes | undefined {
  try {
    return parseMachineTimes(readFileSync('/proc/stat', 'utf8'))
  } catch {
    return undefined
  }
}

/** The line of all cores in `/proc/stat`, see proc_stat(5). */
export function parseMachineTimes(text: string): MachineTimes | undefined {
  const fields = /^cpu +(\d[\d ]*)$/m.exec(text)?.[1]?.split(' ').map(Number)
  // A guest's time is counted in `user` already.
  const [user, nice, system, idle, iowait, irq, softirq, stolen] = fields ?? []
  if (user === undefined || nice === undefined || system === undefined) return undefined
  if (idle === undefined || iowait === undefined) return undefined
  if (irq === undefined || softirq === undefined || stolen === undefined) return undefined
  const total = user + nice + system + idle + iowait + irq + softirq + stolen
  return { idle: idle + iowait, stolen, total }
}
