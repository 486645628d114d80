import { describe, expect, test } from 'vitest'
import { actionInfo } from '../../../ocpp/action.ts'
import { blocks } from './blocks.ts'

const served = blocks.flatMap((block) => [
  ...Object.keys(block.handlers ?? {}).map((action) => ({
    version: 'ocpp2.0.1' as const,
    block,
    action,
  })),
  ...Object.keys(block.handlers21 ?? {}).map((action) => ({
    version: 'ocpp2.1' as const,
    block,
    action,
  })),
])

describe('blocks of a 2.x station', () => {
  test.each(served)('$version $action is in the block that the specification puts it in', (row) => {
    const info = actionInfo(row.version, row.action)
    expect(info?.block).toBe(row.block.letter)
    expect(['csms', 'both']).toContain(info?.from)
  })

  test('no action and no trigger is in two of them', () => {
    const names = [
      ...served.map(({ version, action }) => `${version} ${action}`),
      ...blocks.flatMap((block) => Object.keys(block.triggers ?? {})),
    ]
    expect(names).toEqual([...new Set(names)])
  })
})
