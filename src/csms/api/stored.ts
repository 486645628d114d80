import type { Operations } from './operations.ts'
import { Problem } from './problem.ts'

/** A change that the store could not save is told as that, not as a fault of this program. */
export async function stored<Result>(
  operations: Operations,
  change: Promise<Result>,
): Promise<Result> {
  try {
    return await change
  } catch (error) {
    const [trouble] = await operations.troubles()
    if (trouble === undefined) throw error
    const message = `It is not stored, and may be forgotten at the next start: ${trouble}.`
    throw new Problem(503, 'NOT_STORED', message, { 'Retry-After': '10' })
  }
}
