import { describe, expect, test } from 'vitest'
import { testContext } from '../../../test/helpers/executor-context.ts'
import { FakePlayer } from '../../../test/helpers/fake-player.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { constantStations } from './constant-stations.ts'

function setUp(fleet: string) {
  const text = `name: t\nsteady: 1s\nfleets: [{name: street, ${fleet}}]`
  const loaded = loadScenario({ file: 't.yaml', text })
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  const { context } = testContext({ stations: 1 })
  const executor = constantStations.run(
    { mix: undefined },
    { ...context, fleets: loaded.plan.fleets },
  )
  const player = new FakePlayer(0)
  executor.join?.(player)
  return { executor, player }
}

describe('constant-stations without a mix', () => {
  test('a script that is completed begins again, until the drain', () => {
    const { executor, player } = setUp('script: [boot, plugIn, unplug]')
    player.end()
    player.end()
    expect(player.told).toEqual(['play', 'play', 'play'])
    executor.stop(0)
    player.end()
    expect(player.told).toEqual(['play', 'play', 'play'])
    expect(executor.idle).toBe(true)
  })

  test('a script that failed does not begin again', () => {
    const { player } = setUp('script: [boot, plugIn, unplug]')
    player.end('failed')
    expect(player.told).toEqual(['play'])
  })

  test('stations that are there for their traffic boot once; bare boots are a load of their own', () => {
    const traffic = setUp('traffic: [{call: Heartbeat, every: 1s}]')
    expect(traffic.player.told).toEqual(['once'])
    const boots = setUp('script: [boot]')
    boots.player.end()
    expect(boots.player.told).toEqual(['play', 'play'])
  })
})
