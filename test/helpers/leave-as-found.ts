import { afterAll, expect } from 'vitest'

/*
 * Files of tests share processes, one after the other: what a file changes of its process it puts back.
 */
const found = () => ({
  folder: process.cwd(),
  environment: { ...process.env },
  exitCode: process.exitCode,
  interrupts: process.listenerCount('SIGINT') + process.listenerCount('SIGTERM'),
  clock: [Date, Date.now, performance.now],
  timers: [setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, queueMicrotask],
  fetch,
})

const before = found()
afterAll(() => {
  expect(found()).toEqual(before)
})
