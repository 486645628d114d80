import { readdirSync, readFileSync } from 'node:fs'

/** What a process and all its descendants used, as the kernel counts it. */
export interface TreeUsage {
  /** User and system time since they began. */
  readonly cpuSeconds: number
  readonly rssBytes: number
}

/** Ticks of `/proc/<pid>/stat`; Linux has shown 100 a second to programs for decades. */
const ticksPerSecond = 100
const pageBytes = 4096

interface Row extends TreeUsage {
  readonly parent: number
  readonly command: string
}

/**
 * The same yardstick for every tool, whatever language it is written in: `/proc`, so Linux only.
 *
 * @param includes which of the processes count, by their command line
 */
export function usageOfTree(root: number, includes = (_command: string) => true): TreeUsage {
  const rows = new Map<number, Row>()
  for (const name of readdirSync('/proc')) {
    const row = /^\d+$/.test(name) ? readRow(name) : undefined
    if (row) rows.set(Number(name), row)
  }
  let cpuSeconds = 0
  let rssBytes = 0
  for (const [pid, row] of rows) {
    if (!descends(pid, root, rows) || !includes(row.command)) continue
    cpuSeconds += row.cpuSeconds
    rssBytes += row.rssBytes
  }
  return { cpuSeconds, rssBytes }
}

/** Undefined for a process that ended meanwhile. */
function readRow(pid: string): Row | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name stands in parentheses and may hold anything; the fields after it are numbers.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [parent, user, system, pages] = [1, 11, 12, 21].map((at) => Number(fields[at]))
    return {
      parent: parent ?? 0,
      cpuSeconds: ((user ?? 0) + (system ?? 0)) / ticksPerSecond,
      rssBytes: (pages ?? 0) * pageBytes,
      command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '),
    }
  } catch {
    return undefined
  }
}

function descends(pid: number, root: number, rows: ReadonlyMap<number, Row>): boolean {
  for (let at = pid; at > 1; at = rows.get(at)?.parent ?? 0) if (at === root) return true
  return false
}
