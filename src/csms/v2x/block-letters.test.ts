import { describe, expect, test } from 'vitest'
import { actionInfo } from '../../ocpp/action.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import { blocks } from './blocks.ts'

const tables = (['ocpp2.0.1', 'ocpp2.1'] as const).flatMap((version: OcppVersion) =>
  blocks.flatMap((block) => {
    const { handlers, handlers21, effects, effects21 } = block
    const served = version === 'ocpp2.1' ? { ...handlers21 } : { ...handlers }
    const learned = version === 'ocpp2.1' ? { ...effects21 } : { ...effects }
    return [
      ...Object.keys(served).map((action) => ({ version, block, action, from: 'station' })),
      ...Object.keys(learned).map((action) => ({ version, block, action, from: 'csms' })),
    ]
  }),
)

describe('blocks of 2.x', () => {
  test.each(tables)('$version $action is in the block that the specification puts it in', (row) => {
    const info = actionInfo(row.version, row.action)
    expect(info?.block).toBe(row.block.letter)
    expect([row.from, 'both']).toContain(info?.from)
  })

  test('no action is in two of them', () => {
    const names = tables.map(({ version, action, from }) => `${version} ${from} ${action}`)
    expect(names).toEqual([...new Set(names)])
  })
})
