import { expect } from 'vitest'
import { JsonLinesChild } from '../helpers/child.ts'

/**
 * A station of an independent implementation in a process of its own, which prints `{"booted": true}`.
 * Fails in the end where anything went wrong in it: it prints `{"fault": ...}` then.
 */
export async function obedient(command: string, args: readonly string[]): Promise<AsyncDisposable> {
  const child = new JsonLinesChild(command, args)
  await child.until((line) => line['booted'] === true, 'that it booted')
  return {
    async [Symbol.asyncDispose]() {
      await child[Symbol.asyncDispose]()
      expect(child.lines.filter((line) => 'fault' in line)).toEqual([])
    },
  }
}
