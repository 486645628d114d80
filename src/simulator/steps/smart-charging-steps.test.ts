import { describe, expect, test } from 'vitest'
import { play } from '../../../test/helpers/play.ts'

const first = { evse: 1, connector: 1 }

async function acts(...steps: readonly string[]) {
  const played = await play(steps.map((step) => `{${step}}`).join(', '))
  expect(played.result()).toEqual({ kind: 'completed' })
  return played.actor.asked
}

describe('steps of smart charging', () => {
  test('somebody limits the whole station, or one EVSE, and no longer does', async () => {
    const limited = {
      kind: 'limited',
      evse: 0,
      source: 'EMS',
      watts: 8000,
      gridCritical: false,
      generation: false,
    }
    const sun = '{limit: 3kW, source: PV, evse: 1, generation: true}'
    expect(
      await acts('externalLimit: 8kW', `externalLimit: ${sun}`, 'clearExternalLimit: EMS'),
    ).toEqual([
      ['act', first, limited],
      ['act', first, { ...limited, evse: 1, source: 'PV', watts: 3000, generation: true }],
      ['act', first, { kind: 'limitCleared', evse: 0, source: 'EMS' }],
    ])
  })

  test('an EV tells what it needs on arrival, and when it changes its mind', async () => {
    const needs = { energyWh: 20_000, departureMs: 14_400_000 }
    const [arrival, change] = await acts(
      'plugIn: {needs: {energy: 20kWh, departure: 4h, tuples: 8, control: dynamic}}',
      'evNeeds: {energy: 20kWh, departure: 4h}',
    )
    expect(arrival?.[2]).toMatchObject({
      needs: { ...needs, maxScheduleTuples: 8, control: 'dynamic' },
    })
    expect(change).toEqual(['act', first, { kind: 'needs', needs: expect.objectContaining(needs) }])
  })

  test('a driver asks for priority, or gives it up', async () => {
    expect(await acts('priority: true', 'priority: false')).toEqual([
      ['act', first, { kind: 'priority', on: true }],
      ['act', first, { kind: 'priority', on: false }],
    ])
  })
})
