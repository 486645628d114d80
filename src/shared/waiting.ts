import { type Cancel, Cancelled } from './cancel.ts'
import type { Clock } from './clock.ts'

/** Timers further away than this are set in pieces: what a runtime's timer holds, with room to spare. */
const longestPieceMs = 2 ** 27

/** Resolves after `ms` of this clock; rejects with `Cancelled`. */
export async function sleep(clock: Clock, ms: number, cancel: Cancel): Promise<void> {
  for (let left = ms; left > 0; left -= longestPieceMs) {
    await one(clock, Math.min(left, longestPieceMs), cancel)
  }
  cancel.throwIfCancelled()
}

function one(clock: Clock, ms: number, cancel: Cancel): Promise<void> {
  return new Promise((resolve, reject) => {
    if (cancel.cancelled) {
      reject(new Cancelled('cancelled'))
      return
    }
    const forget = cancel.onCancel((reason) => {
      stop()
      reject(new Cancelled(reason))
    })
    const stop = clock.after(ms, () => {
      forget()
      resolve()
    })
  })
}

/** The promise's value, or `Cancelled` as soon as that is so; the promise goes on unheard. */
export function unlessCancelled<Value>(promise: Promise<Value>, cancel: Cancel): Promise<Value> {
  return new Promise((resolve, reject) => {
    const forget = cancel.onCancel((reason) => reject(new Cancelled(reason)))
    promise.then(
      (value) => {
        forget()
        resolve(value)
      },
      (error: unknown) => {
        forget()
        reject(error)
      },
    )
  })
}

/** Resolves when what this turn answered and sent is written. */
export function nextTurn(clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    clock.after(0, resolve)
  })
}
