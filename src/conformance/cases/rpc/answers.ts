import type { RpcErrorCode } from '../../../ocpp/rpc/error-codes.ts'
import type { OcppVersion } from '../../../ocpp/version.ts'
import { ordered } from '../../play/order.ts'
import type { Incoming } from '../../play/probe.ts'
import { reactionTo } from '../../play/reaction.ts'
import type { Scene } from '../../play/scene.ts'
import { CaseError, CaseOver } from '../../play/stage.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { does, raw, wait } from '../moves.ts'
import { asked as asked16 } from '../ocpp16/moves16.ts'
import { asked as asked201 } from '../ocpp201/moves201.ts'
import { value } from '../values.ts'
import { rpc, stillServed } from './rpc-case.ts'

const offlineThreshold = {
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: 'OfflineThreshold' },
} as const

/** What a CSMS can be made to read of any station, with an answer that is valid, and one that is not. */
interface Reading {
  readonly action: string
  readonly payload: object
  readonly valid: object
  readonly invalid: object
}

const reading16: Reading = {
  action: 'GetConfiguration',
  payload: { key: ['HeartbeatInterval'] },
  valid: { configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '300' }] },
  invalid: { configurationKey: 'none' },
}

const reading2x: Reading = {
  action: 'GetVariables',
  payload: { getVariableData: [offlineThreshold] },
  valid: {
    getVariableResult: [{ ...offlineThreshold, attributeStatus: 'Accepted', attributeValue: '60' }],
  },
  invalid: { getVariableResult: 'none' },
}

function readingOf(version: OcppVersion): Reading {
  return version === 'ocpp1.6' ? reading16 : reading2x
}

/** The CSMS is made to read something: the message id of its CALL. The case is over where none comes. */
async function read(scene: Scene, clause: string): Promise<string> {
  const { action, payload } = readingOf(scene.stage.version)
  const incoming = await ordered(scene, { action, payload })
  scene.check(`${action} sent`, incoming !== undefined, {
    detail: incoming ? `${action} came` : `no ${action} came in time`,
    clause,
    frame: incoming?.frame,
  })
  if (!incoming) throw new CaseOver()
  return incoming.id
}

/** The CSMS is made to read something and gets a good answer: it goes on as if nothing had been. */
function readsOn(version: OcppVersion): Move {
  const { action, payload, valid } = readingOf(version)
  return does(
    'the next CALL of the CSMS comes',
    async (scene) => {
      const incoming = await ordered(scene, { action, payload })
      scene.check('the next CALL comes', incoming !== undefined, {
        detail: incoming ? `${action} came` : `no ${action} came in time`,
        clause: '1.6J 4.1.1, 2.0.1 Part 4 4.1.1',
        frame: incoming?.frame,
      })
      if (incoming) scene.probe.result(incoming, valid)
    },
    [action],
  )
}

const answered = '1.6J 4.1.1, 2.0.1 Part 4 4.1.1'

/** Three orders; the next CALL may come as soon as the last one is answered, and no sooner. */
async function oneAtATime(scene: Scene): Promise<void> {
  const { probe, version, clock, silenceMs, timeoutMs } = scene.stage
  const { action, payload, valid } = readingOf(version)
  const level = version === 'ocpp1.6' ? 'SHOULD' : 'MUST'
  const coming = [1, 2, 3].map(() => ordered(scene, { action, payload, withinMs: 3 * timeoutMs }))
  const came: Incoming[] = []
  for (const call of coming) {
    void call.then((incoming) => incoming && came.push(incoming)).catch(() => {})
  }
  for (let turn = 0; turn < coming.length; turn += 1) {
    await Promise.race(coming.slice(turn))
    await new Promise<void>((resolve) => {
      clock.after(silenceMs / 2, resolve)
    })
    const waiting = came.length - turn
    scene.check(`one CALL at a time, ${turn + 1}`, waiting === 1, {
      detail: `${waiting} CALLs wait for their answers`,
      clause: answered,
      level,
      frame: came.at(-1)?.frame,
    })
    for (const incoming of came.slice(turn)) probe.result(incoming, valid)
    if (waiting !== 1) return
  }
}

const neighbourServed = does('another station is served meanwhile', async (scene) => {
  const { version, neighbour, timeoutMs } = scene.stage
  const { probe, connect } = neighbour()
  const handshake = await connect({})
  if (handshake.kind === 'refused' && handshake.status !== undefined) {
    throw new CaseError(`a second station is not let in: ${handshake.detail}`)
  }
  const boot = await probe.call(
    'BootNotification',
    version === 'ocpp1.6'
      ? { chargePointVendor: 'csms', chargePointModel: 'neighbour' }
      : { reason: 'PowerUp', chargingStation: { vendorName: 'csms', model: 'neighbour' } },
    timeoutMs,
  )
  scene.check('another station served', boot.kind === 'result', {
    detail: `its upgrade: ${handshake.kind}, its BootNotification: ${boot.kind}`,
    clause: answered,
  })
})

const refusals: readonly RpcErrorCode[] = [
  'NotImplemented',
  'NotSupported',
  'InternalError',
  'ProtocolError',
  'SecurityError',
  'FormatViolation',
  'PropertyConstraintViolation',
  'OccurrenceConstraintViolation',
  'TypeConstraintViolation',
  'GenericError',
]

const resultErrorForNothing = raw(
  'a CALLRESULTERROR for nothing',
  '[5,"{id}","FormatViolation","",{}]',
  { pass: ['silence'], clause: '2.1 Part 4 4.2.3' },
)

/** What a CSMS does about answers of stations: missing, late, wrong, or to nothing. */
export const answers: readonly ConformanceCase[] = [
  rpc({
    nn: '15',
    title: 'A station that never answers blocks nobody, and the CSMS gives its CALL up',
    tags: ['slow'],
    moves: (version) => [
      does(
        'a CALL stays without an answer',
        async (scene) => {
          await read(scene, answered)
        },
        [readingOf(version).action],
      ),
      stillServed,
      neighbourServed,
      wait(value('callTimeoutMs')),
      wait(1000),
      readsOn(version),
    ],
  }),
  rpc({
    nn: '16',
    title: 'The CSMS goes on after every CALLERROR that its CALLs are answered with',
    moves: (version) =>
      refusals.flatMap((callError) => [
        version === 'ocpp1.6'
          ? asked16('GetConfiguration', {
              order: { key: ['HeartbeatInterval'] },
              answer: { callError },
              clause: '1.6J 4.2.3',
            })
          : asked201('GetVariables', {
              order: { getVariableData: [offlineThreshold] },
              answer: { callError },
              clause: '2.0.1 Part 4 4.2.3',
            }),
        stillServed,
      ]),
  }),
  rpc({
    nn: '17',
    title: 'An answer that breaks its schema is not answered with a CALLERROR, and blocks nothing',
    moves: (version) => [
      does(
        'an answer that breaks its schema',
        async (scene) => {
          const id = await read(scene, answered)
          const { silenceMs } = scene.stage
          const text = `[3,"${id}",${JSON.stringify(readingOf(version).invalid)}]`
          const seen = await reactionTo(scene.probe, () => scene.probe.raw(text), {
            ids: [id],
            withinMs: silenceMs,
          })
          const fine = version === 'ocpp2.1' ? ['silence', 'callResultError'] : ['silence']
          scene.check('no CALLERROR for a CALLRESULT', fine.includes(seen.reaction), {
            detail: `the CSMS: ${seen.reaction}; fine: ${fine.join(', ')}`,
            clause: '1.6J 4.2.3, 2.0.1 Part 4 4.2.3, 2.1 Part 4 4.2.3',
            frame: seen.frame,
          })
        },
        [readingOf(version).action],
      ),
      readsOn(version),
    ],
  }),
  rpc({
    nn: '18',
    title: 'Answers to CALLs that were never sent are ignored',
    moves: (version) => [
      raw('a CALLRESULT for nothing', '[3,"{id}",{}]', {
        pass: ['silence'],
        warn: version === 'ocpp2.1' ? ['callResultError'] : [],
        clause: answered,
      }),
      raw('a CALLERROR for nothing', '[4,"{id}","GenericError","",{}]', {
        pass: ['silence'],
        clause: answered,
      }),
      ...(version === 'ocpp2.1' ? [resultErrorForNothing] : []),
    ],
  }),
  rpc({
    nn: '19',
    title: 'An answer that comes after the CSMS gave up is ignored',
    tags: ['slow'],
    moves: (version) => [
      does(
        'an answer that comes too late',
        async (scene) => {
          const id = await read(scene, answered)
          const { clock, silenceMs, fixtures } = scene.stage
          await new Promise<void>((resolve) => {
            clock.after(Number(fixtures['callTimeoutMs']) + 1000, resolve)
          })
          const text = `[3,"${id}",${JSON.stringify(readingOf(version).valid)}]`
          const seen = await reactionTo(scene.probe, () => scene.probe.raw(text), {
            ids: [id],
            withinMs: silenceMs,
          })
          scene.check('a late answer is ignored', seen.reaction === 'silence', {
            detail: `the CSMS: ${seen.reaction}; fine: silence`,
            clause: answered,
            frame: seen.frame,
          })
        },
        [readingOf(version).action],
      ),
      readsOn(version),
    ],
  }),
  rpc({
    nn: '34',
    title: 'However many operators act at once: one CALL at a time',
    moves: (version) => [
      does(
        'three orders at once, and a station that takes its time',
        (scene) => oneAtATime(scene),
        [readingOf(version).action],
      ),
    ],
  }),
].flat()
