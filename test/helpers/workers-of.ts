import { execFileSync } from 'node:child_process'

/** Process ids of a run's workers, the first worker first; read with `ps`. */
export function workersOf(parent: number): number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args=']).toString().split('\n')
  return rows
    .map((row) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row))
    .filter(
      (row) => Number(row?.[2]) === parent && /simulator.workers.worker\b/.test(row?.[3] ?? ''),
    )
    .map((row) => Number(row?.[1]))
    .sort((a, b) => a - b)
}
