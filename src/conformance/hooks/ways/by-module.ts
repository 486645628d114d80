import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { messageOf } from '../../../shared/errors.ts'
import type { HookAnswer } from '../hook.ts'
import type { ModuleWay } from '../plan.ts'
import type { TemplateValues } from '../template.ts'
import type { Tools } from './tools.ts'

/**
 * Calls the default export of a JavaScript module with what templates may name. What it throws is a
 * failure; what it returns is nobody's business. Each call has a thread of its own: a module that
 * never comes back, or calls `process.exit`, ends that thread and not the run. What it prints goes to
 * standard error.
 */
export function byModule(
  { module }: ModuleWay,
  values: TemplateValues,
  { timeoutMs, clock }: Tools,
): Promise<HookAnswer> {
  return new Promise((resolve) => {
    const worker = new Worker(script, {
      eval: true,
      workerData: { module: pathToFileURL(module).href, values },
      stdout: true,
    })
    const stop = clock.after(timeoutMs, () => {
      failed(`it took longer than ${timeoutMs} ms`)
      void worker.terminate()
    })
    const done = (answer: HookAnswer) => {
      stop()
      // What it still does in the background keeps nobody waiting.
      worker.unref()
      resolve(answer)
    }
    const failed = (reason: string) => done({ kind: 'failed', reason: `${module}: ${reason}` })
    worker.stdout.pipe(process.stderr, { end: false })
    worker.on('message', (wrong: unknown) => {
      if (typeof wrong === 'string') failed(wrong)
      else done({ kind: 'accepted' })
    })
    worker.on('error', (error: unknown) => {
      failed(messageOf(error))
    })
    worker.on('exit', () => failed('it ended its thread before it was done'))
  })
}

/** What the thread runs: no file of its own, so that it is found however csms is packed. */
const script = `
const { parentPort, workerData } = require('node:worker_threads')
async function call({ module, values }) {
  const loaded = await import(module)
  if (!('default' in loaded)) return 'it has no default export'
  if (typeof loaded.default !== 'function') return 'its default export is no function'
  await loaded.default(values)
}
call(workerData).then(
  (wrong) => parentPort.postMessage(wrong),
  (error) => parentPort.postMessage(error instanceof Error ? error.message : String(error)),
)
`
