import { ordered } from '../../play/order.ts'
import type { Handshake } from '../../play/probe.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { connects, does } from '../moves.ts'
import { boot as boot16 } from '../ocpp16/states16.ts'
import { accepted201 } from '../ocpp201/states201.ts'
import { value } from '../values.ts'
import { rpc, stillServed } from './rpc-case.ts'

const secondConnection = does('the same station comes a second time', async (scene) => {
  const { probe, connect, clock, silenceMs, timeoutMs } = scene.stage
  const handshake = await connect({})
  const replaced = handshake.kind === 'open'
  const answer = await probe.call('Heartbeat', {}, timeoutMs)
  scene.check('one of the two is served', answer.kind === 'result', {
    detail: `the second upgrade: ${handshake.kind}; a Heartbeat over ${replaced ? 'it' : 'the first'}: ${answer.kind}`,
    clause: '1.6J 3.2, 2.0.1 Part 4 3.2',
    frame: handshake.entry,
  })
  if (!replaced) return
  await new Promise<void>((resolve) => {
    clock.after(silenceMs, resolve)
  })
  scene.check('the first is closed', probe.connections === 1, {
    detail: `${probe.connections} connections of one station are open: which one gets the next CALL?`,
    clause: '2.0.1 Part 4 3.1',
    level: 'SHOULD',
  })
})

/** In the middle of a CALL, as a power loss is. */
const breaksOff: Move = does('the connection breaks in the middle of a CALL', (scene) => {
  const id = scene.stage.nextId()
  scene.probe.expect(id)
  scene.probe.raw(`[2,"${id}","Heartbeat",{}]`)
  scene.probe.drop()
})

const backAgain = connects('back after a break', {}, { clause: '1.6J 3.2, 2.0.1 Part 4 3.2' })

/** Where a hook can, it names the station as people write it: the CALL must come over this connection. */
const foundByName = does('the CSMS finds it by its name', async (scene) => {
  const { version, hooks, probe } = scene.stage
  const [action, payload, answer] =
    version === 'ocpp1.6'
      ? ['GetConfiguration', { key: ['HeartbeatInterval'] }, { unknownKey: ['HeartbeatInterval'] }]
      : ['GetVariables', { getVariableData: [offline] }, { getVariableResult: [unknown] }]
  if (!hooks.some((hook) => hook.can(version, action))) return
  const incoming = await ordered(scene, { action, payload })
  scene.check('found by its name', incoming !== undefined, {
    detail: incoming
      ? `${action} came`
      : `no ${action} came to "${String(scene.values.get('stationId'))}"`,
    clause: '1.6J 3.1.1, 2.0.1 Part 4 3.1.1',
    frame: incoming?.frame,
  })
  if (incoming) probe.result(incoming, answer)
})

const offline = {
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: 'OfflineThreshold' },
} as const
const unknown = { ...offline, attributeStatus: 'UnknownVariable' } as const

/** A station with this name boots, and is found by it. */
function named(what: string, fixture: string, boot: Move): readonly Move[] {
  return [
    connects(
      `an identity with ${what}`,
      { id: value(fixture) },
      {
        clause: '1.6J 3.1.1, 2.0.1 Part 4 3.1.1',
      },
    ),
    boot,
    foundByName,
    stillServed,
  ]
}

/** Where the CSMS lets only those in that it knows. */
const unknownIdentity = does('an identity that the CSMS does not know', async (scene) => {
  const { probe, connect, fixtures } = scene.stage
  const { unknownStation } = fixtures
  if (typeof unknownStation !== 'string') return
  probe.close()
  const handshake = await connect({ id: unknownStation })
  const answer = handshake.kind === 'open' ? 'let in' : handshake.detail
  scene.check('an unknown identity is answered 404', statusOf(handshake) === 404, {
    detail: `"${unknownStation}": ${answer}; recommended: HTTP 404`,
    clause: '1.6J 3.2, 2.0.1 Part 4 3.2',
    level: 'SHOULD',
    frame: handshake.entry,
  })
  probe.close()
})

function statusOf(handshake: Handshake): number | undefined {
  return handshake.kind === 'refused' ? handshake.status : undefined
}

/** How stations come, go, and are called. */
export const connections: readonly ConformanceCase[] = [
  rpc({
    nn: '27',
    title: 'A second connection of the same station replaces the first, or is refused',
    moves: () => [secondConnection],
  }),
  rpc({
    nn: '28',
    title: 'A station whose connection broke off comes back at once',
    moves: () => [breaksOff, backAgain, stillServed, breaksOff, backAgain],
  }),
  rpc({
    nn: '32',
    title: 'Identities are decoded from the URL, odd characters and all, and looked up',
    needs: ['pipeStation', 'longStation', 'spaceStation'],
    moves: (version) => [
      unknownIdentity,
      ...(version === 'ocpp1.6'
        ? [...named('a space', 'spaceStation', boot16), ...named('a pipe', 'pipeStation', boot16)]
        : [
            ...named('a pipe', 'pipeStation', accepted201()),
            ...named('48 characters', 'longStation', accepted201()),
          ]),
    ],
  }),
].flat()
