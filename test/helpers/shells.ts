import { spawnSync } from 'node:child_process'

/** Whether this shell can be run here. */
export function shellThere(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true']).status === 0
}
