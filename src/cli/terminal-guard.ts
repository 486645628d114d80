import { spawn, spawnSync } from 'node:child_process'

const shell = '/bin/sh'

/**
 * Waits for a line. Without one its writer is gone: then it writes the text ($1) to the terminal and
 * gives it its settings ($2) back, but only where it still takes no signals from keys: a shell that
 * was faster has its own.
 */
const script = `
read -r over && exit
printf %s "$1" >&3
case "$(stty -a <&4)" in *-isig*) stty "$2" <&4 ;; esac
`

/**
 * Stands beside this process, in a session of its own, and gives the terminal back should this process
 * be killed: a run at the limit of a machine is what the kernel kills for its memory, and nothing
 * that is killed tidies up. Where there is no such shell there is no guard.
 *
 * @param restore what to write to the terminal of standard error
 * @returns how to send it away
 */
export function guardTerminal(restore: string): () => void {
  const settings = spawnSync('stty', ['-g'], { stdio: [0, 'pipe', 'ignore'], encoding: 'utf8' })
  if (settings.status !== 0) return () => undefined
  const guard = spawn(shell, ['-c', script, 'csms', restore, settings.stdout.trim()], {
    stdio: ['pipe', 'ignore', 'ignore', 2, 0],
    detached: true,
  })
  guard.on('error', () => undefined)
  const { stdin } = guard
  stdin?.on('error', () => undefined)
  guard.unref()
  return () => stdin?.end('over\n')
}
