import { prepareRequests } from '../../platform/operator-api.ts'
import { serveParent } from '../../platform/parent-process.ts'
import type { Plan } from '../scenario/plan.ts'
import { usesStep } from './uses-step.ts'
import type { FromWorker, ToWorker } from './worker-messages.ts'
import { WorkerRun } from './worker-run.ts'

/*
 * A worker process, for `WorkerPool`. It plays its share of the stations and lives no longer than
 * the coordinator.
 */

let run: WorkerRun | undefined

const { send, leave } = serveParent<ToWorker, FromWorker>((message) => {
  switch (message.kind) {
    case 'start':
      if (commands(message.share.plan)) prepareRequests()
      run = new WorkerRun(message.share, send)
      run.start()
      break
    case 'phase':
    case 'rate':
    case 'mark':
    case 'day':
      run?.receive(message)
      break
    case 'signal':
    case 'giveUp':
      run?.hear(message)
      break
    case 'finish':
      void run?.finish().then(leave)
  }
})

/** Whether the CSMS is made to act. */
function commands({ fleets, load }: Plan): boolean {
  return load.executor.name === 'constant-command-rate' || usesStep(fleets, 'command')
}
