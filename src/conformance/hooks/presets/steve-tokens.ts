import type { Errand, OwnWay } from '../plan.ts'
import { fillValue, type TemplateValues } from '../template.ts'
import type { ApiAnswer, Asking } from './asking.ts'
import { fieldOf } from './field-of.ts'

const path = '/api/v1/ocppTags'

/** A tag is made only with an expiry that is still to come: this far ahead, milliseconds. */
const soonMs = 5000

/** How many transactions a tag may have at once: any number, and none, which is how SteVe blocks. */
const anyNumber = -1
const blocked = 0

/** Tags of SteVe are rows with a number of their own; a group is a tag, too, and there before its members. */
const make: OwnWay['act'] = async (values, asking) => {
  const { id, group, status, expiry } = tokenOf(values)
  if (group !== undefined) {
    const wrong = await store(asking, { idTag: group, maxActiveTransactionCount: anyNumber })
    if (wrong !== undefined) return wrong
  }
  const soon = new Date(asking.clock.wallMs() + soonMs).toISOString()
  const wrong = await store(asking, {
    idTag: id,
    parentIdTag: group,
    maxActiveTransactionCount: status === 'Blocked' ? blocked : anyNumber,
    expiryDate: expiry === undefined ? undefined : soon,
  })
  if (wrong === undefined && expiry !== undefined) {
    await new Promise<void>((resolve) => void asking.clock.after(soonMs + 1, resolve))
  }
  return wrong
}

/** SteVe forgets the transactions of a tag with it; a group goes with the last of its members. */
const forget: OwnWay['act'] = async (values, { ask }) => {
  const { id, group } = tokenOf(values)
  const wrong = await drop(id, ask)
  if (wrong !== undefined || group === undefined) return wrong
  const members = await found(ask, { parentIdTag: group })
  return members.length === 0 ? drop(group, ask) : undefined
}

/** An idTag that nobody knows is written down as a blocked one by the transaction that it began. */
const forgetStranger: OwnWay['act'] = async (values, { ask }) => {
  const stranger = fillValue('{{fixtures.invalidToken}}', values)
  return typeof stranger === 'string' ? drop(stranger, ask) : undefined
}

/** The tokens of the fixtures, as SteVe wants them. */
export const steveTokens: {
  readonly provision: readonly Errand[]
  readonly teardown: readonly Errand[]
} = {
  provision: [
    { each: 'run', way: { kind: 'own', act: forgetStranger } },
    { each: 'token', way: { kind: 'own', act: make } },
  ],
  teardown: [
    { each: 'run', way: { kind: 'own', act: forgetStranger } },
    { each: 'token', way: { kind: 'own', act: forget } },
  ],
}

async function store(
  { ask }: Asking,
  tag: { readonly idTag: string } & Readonly<Record<string, unknown>>,
): Promise<string | undefined> {
  const number = await numberOf(tag.idTag, ask)
  const stored =
    number === undefined
      ? await ask({ method: 'POST', path, body: tag })
      : await ask({ method: 'PUT', path: `${path}/${number}`, body: tag })
  return isGood(stored) ? undefined : stored.words
}

async function drop(idTag: string, ask: Asking['ask']): Promise<string | undefined> {
  const number = await numberOf(idTag, ask)
  if (number === undefined) return undefined
  const gone = await ask({ method: 'DELETE', path: `${path}/${number}` })
  return isGood(gone) ? undefined : gone.words
}

async function numberOf(idTag: string, ask: Asking['ask']): Promise<number | undefined> {
  const tags = await found(ask, { idTag })
  const number = fieldOf(
    tags.find((tag) => fieldOf(tag, 'idTag') === idTag),
    'ocppTagPk',
  )
  return typeof number === 'number' ? number : undefined
}

async function found(
  ask: Asking['ask'],
  query: Readonly<Record<string, string>>,
): Promise<readonly unknown[]> {
  const answer = await ask({ method: 'GET', path, query })
  if (!isGood(answer)) throw new Error(answer.words)
  return Array.isArray(answer.body) ? answer.body : []
}

function tokenOf(values: TemplateValues) {
  const text = (name: string): string | undefined => {
    const value = fillValue(`{{token.${name}}}`, values)
    return typeof value === 'string' ? value : undefined
  }
  return {
    id: text('id') ?? '',
    group: text('group'),
    status: text('status'),
    expiry: text('expiry'),
  }
}

function isGood({ status }: ApiAnswer): boolean {
  return status >= 200 && status < 300
}
