import { expect, test } from 'vitest'
import type { Dial } from '../../ocpp/dial.ts'
import { PayloadValidators } from '../../ocpp/schemas.ts'
import type { Socket } from '../../ocpp/socket.ts'
import { officialValidators } from '../../platform/official-validators.ts'
import { realClock } from '../../platform/real-clock.ts'
import { examine, visit } from './doctor.ts'
import { defaultFixtures } from './fixtures.ts'

/** A CSMS whose clock is wrong, and that accepts every token, all of one group; that answers nothing to `silentTo`. */
function dialTo(skewMs: number, silentTo = ''): Dial {
  const answers: Readonly<Record<string, () => object>> = {
    BootNotification: () => ({
      status: 'Accepted',
      interval: 60,
      currentTime: new Date(realClock.wallMs() + skewMs).toISOString(),
    }),
    Authorize: () => ({ idTagInfo: { status: 'Accepted', parentIdTag: 'CSMS_CONF_GROUP' } }),
  }
  return (_request, result) => {
    let hear: (text: string) => void = () => undefined
    const socket: Socket = {
      protocol: 'ocpp1.6',
      send(text) {
        const [, id, action] = JSON.parse(text) as [number, string, string]
        if (action === silentTo) return
        queueMicrotask(() => hear(JSON.stringify([3, id, answers[action]?.() ?? {}])))
      },
      ping: () => undefined,
      close: () => undefined,
      terminate: () => undefined,
      listen(listener) {
        hear = (text) => listener.text(text)
      },
    }
    queueMicrotask(() => result.opened(socket))
    return () => undefined
  }
}

async function states(skewMs: number, silentTo?: string) {
  const looking = {
    version: 'ocpp1.6',
    target: { url: 'ws://csms', headers: {} },
    fixtures: defaultFixtures,
    stationId: 'CP1',
    dial: dialTo(skewMs, silentTo),
    validators: new PayloadValidators(officialValidators),
    clock: realClock,
    runId: 't',
    timeoutMs: silentTo === undefined ? 1000 : 20,
  } as const
  const { probe } = await visit(looking)
  return (await examine(probe, looking)).map(({ name, state }) => `${name} ${state}`)
}

test('tokens that are accepted and must not be, or are of another group, are told', async () => {
  expect(await states(0)).toEqual([
    'Boot good',
    'Clock good',
    'Token good',
    'Token good',
    'Token limit',
    'Token bad',
    'Token bad',
    'Token bad',
  ])
})

test('clocks more than five seconds apart are told', async () => {
  expect(await states(-1000)).toContain('Clock good')
  expect(await states(-6500)).toContain('Clock bad')
  expect(await states(60_000)).toContain('Clock bad')
})

test('a CSMS that does not answer is not asked on and on', async () => {
  expect(await states(0, 'BootNotification')).toEqual(['Boot bad'])
  expect(await states(0, 'Authorize')).toEqual(['Boot good', 'Clock good', 'Token bad'])
})
