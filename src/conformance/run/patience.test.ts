import { expect, test } from 'vitest'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import type { Handshake } from '../play/probe.ts'
import { Patience } from './patience.ts'

const open: Handshake = { kind: 'open', protocol: 'ocpp1.6', entry: 0 }
const gone: Handshake = {
  kind: 'refused',
  failure: 'refused',
  detail: 'connect ECONNREFUSED 127.0.0.1:9000',
  status: undefined,
  entry: 0,
}
const unwanted: Handshake = { ...gone, failure: 'http', detail: 'HTTP 401', status: 401 }

/** What comes of a connection where attempts end so, the last one again and again; how many it took. */
async function connected(patience: Patience, clock: VirtualClock, ends: readonly Handshake[]) {
  let attempts = 0
  const done = patience.connected(() => {
    attempts += 1
    return Promise.resolve(ends[Math.min(attempts, ends.length) - 1] ?? gone)
  })
  await clock.run(20_000)
  return { handshake: await done, attempts }
}

test('a CSMS that comes back in time is waited for', async () => {
  const clock = new VirtualClock()
  const patience = new Patience(clock, 10_000)
  expect(await connected(patience, clock, [gone, gone, open])).toEqual({
    handshake: open,
    attempts: 3,
  })
})

test('one that turns stations away is there', async () => {
  const clock = new VirtualClock()
  const patience = new Patience(clock, 10_000)
  expect(await connected(patience, clock, [unwanted])).toEqual({ handshake: unwanted, attempts: 1 })
})

test('one that did not come back is not waited for again, until it is there', async () => {
  const clock = new VirtualClock()
  const patience = new Patience(clock, 10_000)
  expect((await connected(patience, clock, [gone])).attempts).toBe(11)
  expect((await connected(patience, clock, [gone])).attempts).toBe(1)
  expect((await connected(patience, clock, [open])).attempts).toBe(1)
  expect((await connected(patience, clock, [gone])).attempts).toBe(11)
})
