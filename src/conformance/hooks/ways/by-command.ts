import { spawn } from 'node:child_process'
import { endsWithUs, killTree, ownTree } from '../../../platform/process-tree.ts'
import type { HookAnswer } from '../hook.ts'
import type { CommandWay } from '../plan.ts'
import { fillText, type TemplateValues } from '../template.ts'
import type { Tools } from './tools.ts'

/** Of what a command says on its standard error, characters. */
const mostWords = 300

/**
 * Runs a program, the payload on its standard input. An exit code other than 0 is a failure. One that
 * takes too long is ended with all that it started.
 */
export function byCommand(
  { command }: CommandWay,
  values: TemplateValues,
  { timeoutMs, folder, clock }: Tools,
): Promise<HookAnswer> {
  const [program = '', ...words] = command.map((word) => fillText(word, values))
  return new Promise((resolve) => {
    const stdio = ['pipe', 'ignore', 'pipe'] as const
    const child = spawn(program, words, { cwd: folder, stdio: [...stdio], ...ownTree })
    const letLive = endsWithUs(child)
    let said = ''
    const stop = clock.after(timeoutMs, () => {
      killTree(child)
      end(`it took longer than ${timeoutMs} ms`)
    })
    const end = (wrong?: string) => {
      stop()
      if (wrong === undefined) resolve({ kind: 'accepted' })
      else resolve({ kind: 'failed', reason: `${program}: ${wrong}` })
    }
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-mostWords)
    })
    child.on('error', (error) => end(error.message))
    child.on('close', (code, signal) => {
      letLive()
      const words = said.trim() === '' ? '' : `: ${said.trim()}`
      end(code === 0 ? undefined : `ended with ${signal ?? `code ${code}`}${words}`)
    })
    // A program that does not read its input closes it.
    child.stdin.on('error', () => undefined)
    child.stdin.end(JSON.stringify(values['payload'] ?? values))
  })
}
