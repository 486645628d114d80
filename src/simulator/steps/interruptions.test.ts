import { describe, expect, test } from 'vitest'
import { play } from '../../../test/helpers/play.ts'
import type { Interruptions } from './interruptions.ts'

/** Events that come when the test says so. */
class Events implements Interruptions {
  count = 0
  inForce = false
  recovered = 0
  fit = true

  recover(): Promise<boolean> {
    this.recovered += 1
    this.inForce = false
    return Promise.resolve(this.fit)
  }
}

const refused = { ok: false, reason: 'the station has no power', answer: undefined }

describe('an event of the timeline', () => {
  test('that breaks off a round of a loop is no failure: the next round follows', async () => {
    const interruptions = new Events()
    const one = await play('{repeat: 3, steps: [{wait: 1min}, authorize, {log: charged}]}', {
      interruptions,
    })
    await one.run(30_000)
    interruptions.count = 1
    interruptions.inForce = true
    one.actor.results['authorize'] = refused
    await one.run(30_001)
    expect([interruptions.recovered, one.logs]).toEqual([1, []])
    delete one.actor.results['authorize']
    await one.run(200_000)
    expect(one.logs).toEqual(['charged', 'charged'])
    expect(one.result()).toEqual({ kind: 'completed' })
  })

  test('excuses nothing in the rounds that come after it', async () => {
    const interruptions = new Events()
    const one = await play('{repeat: 3, steps: [{wait: 1min}, authorize]}', { interruptions })
    interruptions.count = 1
    await one.run(60_001)
    one.actor.results['authorize'] = refused
    await one.run(60_001)
    expect(one.result()).toMatchObject({ kind: 'failed' })
    expect(interruptions.recovered).toBe(0)
  })

  test('ends the outermost round, however deep the step was that failed', async () => {
    const interruptions = new Events()
    const inner = '{repeat: 5, steps: [{parallel: [[{wait: 1min}, authorize], [{wait: 2min}]]}]}'
    const one = await play(`{repeat: 2, steps: [{log: round}, ${inner}]}`, { interruptions })
    one.actor.results['authorize'] = refused
    interruptions.count = 1
    await one.run(60_001)
    delete one.actor.results['authorize']
    expect(one.logs).toEqual(['round', 'round'])
    await one.run(700_000)
    expect(one.result()).toEqual({ kind: 'completed' })
  })

  test('outside of a loop ends the script, which has not failed', async () => {
    const interruptions = new Events()
    const one = await play('{wait: 1min}, authorize, {log: never}', { interruptions })
    one.actor.results['authorize'] = refused
    interruptions.inForce = true
    await one.run(60_001)
    expect([one.result(), one.logs]).toEqual([{ kind: 'interrupted' }, []])
  })

  test('after which the station is never fit again ends the loop, too', async () => {
    const interruptions = new Events()
    interruptions.fit = false
    const one = await play('{repeat: {forever: true}, steps: [{wait: 1min}, authorize]}', {
      interruptions,
    })
    one.actor.results['authorize'] = refused
    interruptions.count = 1
    await one.run(60_001)
    expect(one.result()).toEqual({ kind: 'interrupted' })
  })

  test('without one a failure is a failure', async () => {
    const one = await play('{repeat: 2, steps: [authorize]}', {
      interruptions: new Events(),
      prepare: (actor) => {
        actor.results['authorize'] = refused
      },
    })
    expect(one.result()).toMatchObject({ kind: 'failed' })
  })
})
