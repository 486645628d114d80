import { type Passage, station } from '../sequence.ts'
import { noon } from '../shown.ts'

/** 2.1: opens stream 4, of two values in a message. */
export function openStream(status: 'Accepted' | 'Rejected' = 'Accepted'): Passage {
  const constantStreamData = { id: 4, variableMonitoringId: 2, params: { interval: 60, values: 2 } }
  return station('OpenPeriodicEventStream', { constantStreamData }, { status })
}

/** 2.1: values of it, at these seconds. */
export function streamed(...seconds: readonly number[]): Passage {
  const data = seconds.map((t) => ({ t, v: '230' }))
  return station('NotifyPeriodicEventStream', { id: 4, pending: 0, basetime: noon, data })
}
