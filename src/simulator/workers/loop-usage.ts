import { type EventLoopUtilization, performance } from 'node:perf_hooks'

/** How busy the event loop of this process was, from one look to the next. */
export class LoopUsage {
  #last: EventLoopUtilization = performance.eventLoopUtilization()

  /** 1: it never waited for anything. Node keeps the count anyway: no timer of its own. */
  share(): number {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, this.#last)
    this.#last = now
    return utilization
  }
}
