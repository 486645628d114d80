import type { OcppVersion } from '../../../ocpp/version.ts'
import { reactionsTo, reactionTo } from '../../play/reaction.ts'
import type { ConformanceCase, Reaction } from '../case.ts'
import { does, raw } from '../moves.ts'
import { rpc } from './rpc-case.ts'

const idClause = '1.6J 4.1.4, 2.0.1 Part 4 4.1.4'

/** What may come of a CALL whose id cannot be read: 1.6 says nothing, 2.x has the id "-1" for it. */
function unreadableId(version: OcppVersion): {
  readonly pass: readonly Reaction[]
  readonly warn: readonly Reaction[]
} {
  return version === 'ocpp1.6'
    ? { pass: ['silence', 'callError'], warn: ['result', 'close'] }
    : { pass: ['callError:RpcFrameworkError'], warn: ['callError', 'result', 'silence'] }
}

/** Message ids: what may stand there, and how often. */
export const messageIds: readonly ConformanceCase[] = [
  rpc({
    nn: '10',
    title: 'A message id that is no text does no harm',
    moves: (version) => [
      raw('a number for an id', '[2,4711,"Heartbeat",{}]', {
        ...unreadableId(version),
        clause: '1.6J 4.1.4, 2.0.1 Part 4 4.2.3',
        answeredAs: '4711',
      }),
      raw('null for an id', '[2,null,"Heartbeat",{}]', {
        ...unreadableId(version),
        clause: '1.6J 4.1.4, 2.0.1 Part 4 4.2.3',
        answeredAs: 'null',
      }),
    ],
  }),
  rpc({
    nn: '11',
    title: 'A message id may have 36 characters, and no more',
    moves: (version) => [
      raw('36 characters', '[2,"{id}","Heartbeat",{}]', {
        pass: ['result'],
        clause: idClause,
        idLength: 36,
      }),
      raw('37 characters', '[2,"{id}","Heartbeat",{}]', {
        pass: ['result', 'callError', ...(version === 'ocpp1.6' ? (['silence'] as const) : [])],
        warn: ['silence'],
        clause: idClause,
        idLength: 37,
      }),
    ],
  }),
  rpc({
    nn: '12',
    title: 'The same message id twice in a burst is answered at least once',
    moves: () => [
      does('two CALLs with one id, back to back', async (scene) => {
        const { nextId, silenceMs } = scene.stage
        const id = nextId()
        const text = `[2,"${id}","Heartbeat",{}]`
        const asked = { ids: [id], count: 2, withinMs: silenceMs }
        const twice = () => {
          scene.probe.raw(text)
          scene.probe.raw(text)
        }
        const seen = await reactionsTo(scene.probe, twice, asked)
        scene.check(
          'answered',
          seen.some(({ reaction }) => reaction === 'result'),
          {
            detail: `the CSMS: ${seen.map(({ reaction }) => reaction).join(', ') || 'silence'}`,
            clause: idClause,
            frame: seen[0]?.frame,
          },
        )
        scene.check('the connection stays', scene.probe.open, {
          detail: 'a CALLERROR is all that a duplicate is worth',
          clause: idClause,
        })
      }),
    ],
  }),
  rpc({
    nn: '13',
    title: 'A CALL that is sent again with its id, after its answer, is answered again',
    moves: () => [
      does('the same CALL again', async (scene) => {
        const { nextId, timeoutMs } = scene.stage
        const id = nextId()
        const send = () => scene.probe.raw(`[2,"${id}","Heartbeat",{}]`)
        const asked = { ids: [id], withinMs: timeoutMs }
        await reactionTo(scene.probe, send, asked)
        const { reaction, frame } = await reactionTo(scene.probe, send, asked)
        scene.check('answered again', /^(result|callError:\w+)$/.test(reaction), {
          detail: `the CSMS: ${reaction}; a retry may keep its id`,
          clause: '1.6J errata 3.1, 2.0.1 Part 4 errata 2024-09, 2.1 Part 4 4.1.4',
          frame,
        })
      }),
    ],
  }),
  rpc({
    nn: '14',
    title: 'A second CALL before the first is answered is answered, too',
    moves: () => [
      does('three CALLs, back to back', async (scene) => {
        const { nextId, timeoutMs } = scene.stage
        const ids = [nextId(), nextId(), nextId()]
        const asked = { ids, count: ids.length, withinMs: timeoutMs }
        const pipeline = () => {
          for (const id of ids) scene.probe.raw(`[2,"${id}","Heartbeat",{}]`)
        }
        const seen = await reactionsTo(scene.probe, pipeline, asked)
        const answers = seen.filter(({ reaction }) => /^(result|callError:\w+)$/.test(reaction))
        scene.check('all answered', answers.length === 3, {
          detail: `the CSMS: ${seen.map(({ reaction }) => reaction).join(', ') || 'silence'}`,
          clause: '1.6J 4.1.1, 2.0.1 Part 4 4.1.1',
          frame: seen.at(-1)?.frame,
        })
      }),
    ],
  }),
].flat()
