import { afterAll, expect } from 'vitest'

/*
 * Files of tests share processes, one after the other: what a file changes of its process it puts back.
 */
const environment = { ...process.env }
const found = () => ({
  folder: process.cwd(),
  exitCode: process.exitCode,
  interrupts: process.listenerCount('SIGINT') + process.listenerCount('SIGTERM'),
  clock: [Date, Date.now, performance.now],
  timers: [setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, queueMicrotask],
  fetch,
})

/** Names only: values may be secrets. */
function changedVariables(): readonly string[] {
  const names = new Set([...Object.keys(environment), ...Object.keys(process.env)])
  return [...names].filter((name) => environment[name] !== process.env[name])
}

const before = found()
afterAll(() => {
  expect(changedVariables()).toEqual([])
  expect(found()).toEqual(before)
})
