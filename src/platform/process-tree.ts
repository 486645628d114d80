import { type ChildProcess, spawn } from 'node:child_process'
import process from 'node:process'

const isWindows = process.platform === 'win32'

/**
 * Options of `spawn` for a command that `killTree` can end with all that it starts. It gets a process
 * group of its own, which Ctrl-C at the terminal does not reach; on Windows that would be a window.
 */
export const ownTree = { detached: !isWindows } as const

/**
 * Ends a command that was started with `ownTree`, and what it started: on Windows its descendants,
 * elsewhere its process group (what left that, as a daemon does, stays).
 */
export function killTree(command: ChildProcess): void {
  const { pid } = command
  if (pid === undefined) return
  if (isWindows) {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' }).on('error', () => {
      command.kill('SIGKILL')
    })
    return
  }
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody of the group is left.
  }
}

/** Ends a command with this process, however that ends but by SIGKILL; the result lets it live on. */
export function endsWithUs(command: ChildProcess): () => void {
  const kill = () => killTree(command)
  // One listener for each command that runs: Node warns of a leak from the eleventh on.
  process.setMaxListeners(process.getMaxListeners() + 1)
  process.once('exit', kill)
  return () => {
    process.off('exit', kill)
    process.setMaxListeners(process.getMaxListeners() - 1)
  }
}
