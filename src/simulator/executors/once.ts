import { defineExecutor, type Executor } from './executor.ts'

/** Brings nothing of its own: stations play their scripts as they join. */
const nothing: Executor = {
  ready: () => undefined,
  start: () => undefined,
  stop: () => undefined,
  idle: true,
  end: () => undefined,
}

export const once = defineExecutor({
  name: 'once',
  summary: 'Each station plays its script once. The run ends when all are done, or with steady.',
  answers: 'Does it work? And: how does it hold under traffic that the fleets bring themselves?',
  model: 'closed',
  fields: {},
  example: 'load: { executor: once, connect: { rate: 100/s } }',
  endsByItself: true,
  gracefulStopMs: 0,
  describe: () => 'each station plays its script once',
  run: () => nothing,
})
