import { actionsFrom } from '../../document/fields/actions.ts'
import type { Reader } from '../../document/reader.ts'
import type { SourceNode, Span } from '../../document/source-node.ts'
import type { RpcErrorCode } from '../../ocpp/rpc/error-codes.ts'
import { refusals } from '../station/refusals.ts'
import { garbage, type TraitsPlan } from '../station/traits.ts'
import type { ReplyOverride, ToldReply } from '../steps/actor.ts'
import { fleetOf } from './fleet-scope.ts'

/** In place of an action: every one that a CSMS may send to the fleet's version. */
export const everyAction = 'all'

/** What a file says of one action, or of all. */
export interface Said<Value = undefined> {
  readonly action: string
  readonly value: Value
  readonly span: Span
}

interface TraitsDraft {
  readonly rejects: readonly Said[]
  readonly ignores: readonly Said[]
  readonly callErrors: readonly Said<RpcErrorCode>[]
  readonly garbage: readonly Said[]
  /** Real milliseconds. */
  readonly slow: readonly Said<number>[]
  readonly share: number
}

/** How CALLs of one action, or of all, end. */
interface Ending {
  readonly trait: 'rejects' | 'ignores' | 'callErrors' | 'garbage'
  readonly said: Said<unknown>
  readonly reply: (action: string) => ReplyOverride | undefined
}

/** Resolves what is said into one reply per action: an action by its name comes before all. */
export function traitsPlan(
  draft: TraitsDraft,
  node: SourceNode,
  reader: Reader,
): TraitsPlan | undefined {
  const version = fleetOf(reader)?.version
  if (version === undefined) return undefined
  const statuses = refusals[version]
  const all = endings(draft, statuses)
  const faults = [
    ...(all.length + draft.slow.length === 0 ? nothing(node, Object.keys(draft)) : []),
    ...draft.rejects.flatMap((said) => withoutStatus(said, statuses)),
    ...contradictions(all, draft.slow),
  ]
  for (const { span, message } of faults) reader.report(span, message)
  if (faults.length > 0) return undefined
  const replies = actionsFrom(version, 'csms').flatMap((action) => {
    const told = toldReply(action, all, draft.slow)
    return told.reply || told.afterMs > 0 ? [[action, told] as const] : []
  })
  return { share: draft.share, replies: Object.fromEntries(replies) }
}

function endings(
  { rejects, ignores, callErrors, garbage: garbled }: TraitsDraft,
  statuses: Readonly<Record<string, string | undefined>>,
): readonly Ending[] {
  return [
    ...rejects.map((said): Ending => {
      const refused = (status: string | undefined) =>
        status === undefined ? undefined : ({ kind: 'refused', status } as const)
      return { trait: 'rejects', said, reply: (action) => refused(statuses[action]) }
    }),
    ...ignores.map(
      (said): Ending => ({ trait: 'ignores', said, reply: () => ({ kind: 'never' }) }),
    ),
    ...callErrors.map((said): Ending => {
      const reply = { kind: 'callError', code: said.value, description: 'by its traits' } as const
      return { trait: 'callErrors', said, reply: () => reply }
    }),
    ...garbled.map((said): Ending => {
      return { trait: 'garbage', said, reply: () => ({ kind: 'with', payload: garbage }) }
    }),
  ]
}

function toldReply(
  action: string,
  all: readonly Ending[],
  slow: readonly Said<number>[],
): ToldReply {
  const reply = named(action, all, ({ said }) => said)?.reply(action)
  const afterMs = named(action, slow, (said) => said)?.value ?? 0
  return { reply, afterMs: reply?.kind === 'never' ? 0 : afterMs }
}

function named<One>(
  action: string,
  among: readonly One[],
  saidOf: (one: One) => Said<unknown>,
): One | undefined {
  const find = (name: string) => among.find((one) => saidOf(one).action === name)
  return find(action) ?? find(everyAction)
}

interface Fault {
  readonly span: Span
  readonly message: string
}

/** An unknown key has been reported, and may have been meant as a trait. */
function nothing(node: SourceNode, known: readonly string[]): readonly Fault[] {
  if (node.kind === 'map' && node.entries.some(({ key }) => !known.includes(key))) return []
  const message = 'No trait: say what the stations do, like {rejects: [Reset], slow: 2s}.'
  return [{ span: node.span, message }]
}

function withoutStatus(
  { action, span }: Said,
  statuses: Readonly<Record<string, string | undefined>>,
): readonly Fault[] {
  if (action === everyAction || statuses[action] !== undefined) return []
  const message = `The answer to ${action} has no status to reject with; "callErrors" can refuse it.`
  return [{ span, message }]
}

/** A CALL ends in one way, and what is never answered is not answered late. */
function contradictions(all: readonly Ending[], slow: readonly Said<number>[]): readonly Fault[] {
  const first = (action: string) => all.find(({ said }) => said.action === action)
  return [
    ...all.flatMap((one): Fault[] => {
      const { action, span } = one.said
      const other = first(action)
      if (!other || other === one) return []
      return [
        { span, message: `"${other.trait}" names ${action} already: a CALL ends in one way.` },
      ]
    }),
    ...slow.flatMap(({ action, span }): Fault[] => {
      if (first(action)?.trait !== 'ignores') return []
      return [{ span, message: `"ignores" names ${action}: what is never answered is not slow.` }]
    }),
  ]
}

/** For `--dry-run`: how many stations do otherwise, and in how many actions. */
export function describeTraits({ share, replies }: TraitsPlan): string {
  const count = Object.keys(replies).length
  const who = share < 1 ? `${Math.round(share * 1000) / 10}% of them` : 'all of them'
  return `${who} with traits for ${count} ${count === 1 ? 'action' : 'actions'}`
}
