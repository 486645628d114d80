import { expect, test } from 'vitest'
import type { StepPlan } from '../../document/step-form.ts'
import { Cancel } from '../../shared/cancel.ts'
import { Changes } from '../station/changes.ts'
import { Disturbance } from './disturbance.ts'

const step = (name: string): StepPlan => ({ step: name, args: {}, line: 1, column: 1 })
const settle = () => new Promise((resolve) => setImmediate(resolve))

function disturbed() {
  const changes = new Changes()
  const unplugged: unknown[] = []
  const brokenOff: number[] = []
  const station = {
    online: true,
    changes,
    evses: [
      { id: 1, cable: 2 },
      { id: 2, cable: undefined },
    ],
    actor: {
      unplug: (at: unknown) => {
        unplugged.push(at)
        return Promise.resolve({ ok: true, reason: '', answer: undefined })
      },
    },
  }
  const disturbance = new Disturbance(station, (event) => brokenOff.push(event))
  return { station, changes, unplugged, brokenOff, disturbance }
}

test('a session that was broken off is over when the event is and the station is online', async () => {
  const { station, changes, unplugged, brokenOff, disturbance } = disturbed()
  disturbance.expect(1)
  disturbance.begin(4)
  expect(disturbance).toMatchObject({ count: 1, inForce: true })
  station.online = false
  let fit: boolean | undefined
  void disturbance.recover(new Cancel()).then((answer) => {
    fit = answer
  })
  disturbance.end([step('powerLoss')], true)
  await settle()
  expect([fit, brokenOff]).toEqual([undefined, [4]])
  station.online = true
  changes.notify()
  await settle()
  // The car that is still there is taken away.
  expect([fit, unplugged]).toEqual([true, [{ evse: 1, connector: 2 }]])
  expect(disturbance.inForce).toBe(false)
})

test('what is not taken back lasts until another event does so', async () => {
  const { disturbance } = disturbed()
  disturbance.expect(2)
  disturbance.begin(0)
  disturbance.end([step('fault')], false)
  expect(disturbance.inForce).toBe(true)
  let fit: boolean | undefined
  void disturbance.recover(new Cancel()).then((answer) => {
    fit = answer
  })
  await settle()
  expect(fit).toBeUndefined()
  disturbance.begin(1)
  disturbance.end([step('clearFault')], false)
  await settle()
  expect([fit, disturbance.inForce]).toEqual([true, false])
})

test('where nothing will take it back nobody waits for it', async () => {
  const { disturbance, unplugged } = disturbed()
  disturbance.expect(1)
  disturbance.begin(0)
  disturbance.end([step('powerLoss')], false)
  expect(await disturbance.recover(new Cancel())).toBe(false)
  expect(unplugged).toEqual([])
})

test('what passes at once does not last', () => {
  const { disturbance } = disturbed()
  disturbance.begin(0)
  disturbance.end([step('stop'), step('close')], false)
  expect(disturbance).toMatchObject({ count: 1, inForce: false })
})

test('the end of the run ends the wait', async () => {
  const { disturbance } = disturbed()
  const cancel = new Cancel()
  disturbance.begin(0)
  const waiting = disturbance.recover(cancel)
  cancel.cancel('draining')
  await expect(waiting).rejects.toThrow('draining')
})
