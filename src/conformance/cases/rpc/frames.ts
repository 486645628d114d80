import type { OcppVersion } from '../../../ocpp/version.ts'
import { checkReaction, reactionTo } from '../../play/reaction.ts'
import type { Scene } from '../../play/scene.ts'
import type { ConformanceCase, Reaction } from '../case.ts'
import { connects, does, raw } from '../moves.ts'
import { rpc, stillServed, versions2x } from './rpc-case.ts'

/** What may come of a text that is no frame: 1.6 does not say, 2.x answers the id "-1". */
function noFrame(version: OcppVersion): {
  readonly pass: readonly Reaction[]
  readonly warn: readonly Reaction[]
} {
  return version === 'ocpp1.6'
    ? { pass: ['silence', 'callError'], warn: ['close'] }
    : { pass: ['callError:RpcFrameworkError'], warn: ['callError', 'silence', 'close'] }
}

/** What may come of a message type that the version does not know. */
function unknownType(version: OcppVersion): {
  readonly pass: readonly Reaction[]
  readonly warn: readonly Reaction[]
} {
  return version === 'ocpp2.0.1'
    ? { pass: ['silence', 'callError:MessageTypeNotSupported'], warn: ['callError'] }
    : { pass: ['silence'], warn: ['callError'] }
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

interface Judged {
  readonly name: string
  readonly pass: readonly Reaction[]
  readonly warn: readonly Reaction[]
  readonly clause: string
}

/** Sends WebSocket frames that hold a Heartbeat with this id, and judges what comes of them. */
async function heartbeatIn(
  scene: Scene,
  judged: Judged,
  write: (bytes: Uint8Array) => void,
): Promise<void> {
  const { probe, connect, nextId, silenceMs, timeoutMs } = scene.stage
  if (!probe.open) await connect({})
  const id = nextId()
  const withinMs = judged.pass.includes('silence') ? silenceMs : timeoutMs
  const send = () => write(bytesOf(`[2,"${id}","Heartbeat",{}]`))
  checkReaction(scene, judged, await reactionTo(probe, send, { ids: [id], withinMs }))
}

const binaryFrame = does('a Heartbeat in a binary frame', (scene) =>
  heartbeatIn(
    scene,
    {
      name: 'a binary frame',
      pass: ['silence', 'close', 'callError'],
      warn: ['result'],
      clause: '1.6J 4.1.2, 2.0.1 Part 4 4.1.2',
    },
    (bytes) => scene.probe.frame(bytes, { binary: true, fin: true }),
  ),
)

const noUtf8 = does('a text frame that is no UTF-8', (scene) =>
  heartbeatIn(
    scene,
    {
      name: 'a text that is no UTF-8',
      pass: ['close'],
      warn: ['silence', 'callError'],
      clause: 'RFC 6455 8.1',
    },
    (bytes) => {
      const broken = bytes.slice()
      broken[broken.length - 2] = 0xff
      scene.probe.frame(broken, { binary: false, fin: true })
    },
  ),
)

const fragments = does('a Heartbeat in three frames, a ping between them', (scene) =>
  heartbeatIn(
    scene,
    { name: 'a fragmented text', pass: ['result'], warn: [], clause: 'RFC 6455 5.4' },
    (bytes) => {
      const { probe } = scene
      const third = Math.floor(bytes.length / 3)
      probe.frame(bytes.subarray(0, third), { binary: false, fin: false })
      probe.ping(() => {})
      probe.frame(bytes.subarray(third, 2 * third), { binary: false, fin: false })
      probe.frame(bytes.subarray(2 * third), { binary: false, fin: true })
    },
  ),
)

/** A station that hears nothing for longer takes the line for dead. */
const longestPongMs = 5000

const pong = does('a ping', async (scene) => {
  const { probe, clock } = scene.stage
  const beganMicros = clock.monotonicMicros()
  const answered = await new Promise<boolean>((resolve) => {
    const stop = clock.after(longestPongMs, () => resolve(false))
    probe.ping(() => {
      stop()
      resolve(true)
    })
  })
  const tookMs = Math.round((clock.monotonicMicros() - beganMicros) / 1000)
  scene.check('pong', answered, {
    detail: answered ? `a pong after ${tookMs} ms` : `no pong within ${longestPongMs} ms`,
    clause: 'RFC 6455 5.5.3, 1.6J 5.3, 2.0.1 Part 4 5.2',
  })
})

const deflated = does('permessage-deflate agreed on', (scene) => {
  const { extensions } = scene.probe
  scene.check('permessage-deflate', extensions.includes('permessage-deflate'), {
    detail: `extensions: ${extensions || 'none'}`,
    clause: '2.0.1 Part 4 3.3',
  })
})

/** A little more than stations send: 1 MiB of data. */
const megabyte = 'x'.repeat(1024 * 1024)

/** Texts that are no frames, and WebSocket frames that are no texts. */
export const frames: readonly ConformanceCase[] = [
  rpc({
    nn: '20',
    title: 'A text that is no frame does no harm',
    moves: (version) =>
      ['this is not JSON', '[2,"{id}","Heartbeat",', '[]', '{}', '42', ''].map((text) =>
        raw(text === '' ? 'an empty text' : text, text, {
          ...noFrame(version),
          clause: '1.6J 4.2.3, 2.0.1 Part 4 4.2.3',
        }),
      ),
  }),
  rpc({
    nn: '21',
    title: 'A message type that nobody knows is ignored',
    moves: (version) => [
      raw('type 9', '[9,"{id}","Heartbeat",{}]', {
        ...unknownType(version),
        clause: '1.6J 4.1.3, 2.0.1 Part 4 4.1.3, 4.4',
      }),
    ],
  }),
  rpc({
    nn: '22',
    title: 'SEND is never answered, whatever stands in it',
    versions: ['ocpp2.1'],
    moves: () =>
      [
        '{"id":1,"pending":0,"basetime":"2026-01-01T00:00:00Z","data":[{"t":0,"v":"1"}]}',
        '{"id":"one"}',
      ].map((payload) =>
        raw(`SEND ${payload.slice(0, 10)}`, `[6,"{id}","NotifyPeriodicEventStream",${payload}]`, {
          pass: ['silence'],
          clause: '2.1 Part 4 4.2.4',
        }),
      ),
  }),
  rpc({
    nn: '23',
    title: 'A binary frame, and a text that is no UTF-8, do no harm',
    moves: () => [binaryFrame, stillServed, noUtf8],
  }),
  rpc({
    nn: '24',
    title: 'A CALL that comes in several WebSocket frames is read as one',
    moves: () => [fragments],
  }),
  rpc({
    nn: '25',
    title: 'A CALL of a megabyte is answered, or ends its own connection at most',
    moves: () => [
      raw('a megabyte', `[2,"{id}","DataTransfer",{"vendorId":"csms","data":"${megabyte}"}]`, {
        pass: ['result', 'callError', 'close'],
        warn: ['silence'],
        clause: 'RFC 6455 10.4',
      }),
    ],
  }),
  rpc({
    nn: '26',
    title: 'A ping is answered with a pong within five seconds',
    moves: () => [pong],
  }),
  rpc({
    nn: '31',
    title: 'A CSMS of 2.x agrees to compression where a station offers it',
    versions: versions2x,
    moves: () => [
      connects('offers permessage-deflate', { compression: true }, { clause: '2.0.1 Part 4 3.3' }),
      deflated,
      raw(
        'a long text, compressed',
        `[2,"{id}","DataTransfer",{"vendorId":"csms","data":"${'ocpp'.repeat(2048)}"}]`,
        {
          // Who has no DataTransfer has read the text all the same.
          pass: ['result', 'callError:NotImplemented', 'callError:NotSupported'],
          warn: ['callError'],
          clause: '2.0.1 Part 4 3.3',
        },
      ),
    ],
  }),
].flat()
