import { describe, expect, test } from 'vitest'
import { VirtualClock } from '../../../shared/virtual-clock.ts'
import type { Errand } from '../plan.ts'
import type { ApiAnswer, ApiRequest, Asking } from './asking.ts'
import { steveTokens } from './steve-tokens.ts'

type Tag = Readonly<Record<string, unknown>> & { readonly ocppTagPk: number }

/** Tags as SteVe keeps them: a parent must be there, and goes only without members. */
class Tags {
  tags: readonly Tag[] = []
  readonly asked: string[] = []
  readonly clock = new VirtualClock()

  readonly asking: Asking = {
    clock: this.clock,
    ask: (request) => Promise.resolve(this.#answer(request)),
  }

  tag(idTag: string): Tag | undefined {
    return this.tags.find((one) => one['idTag'] === idTag)
  }

  #answer({ method, path, query, body }: ApiRequest): ApiAnswer {
    this.asked.push(`${method} ${path}`)
    const number = Number(path.split('/').at(-1))
    const said = body as Record<string, unknown> | undefined
    const reply = (status: number, json?: unknown) => ({
      status,
      body: json,
      words: `HTTP ${status}`,
    })
    if (method === 'GET') {
      return reply(
        200,
        this.tags.filter((one) => matches(one, query ?? {})),
      )
    }
    if (method === 'DELETE') {
      const gone = this.tags.find((one) => one.ocppTagPk === number)
      if (this.tags.some((one) => one['parentIdTag'] === gone?.['idTag'])) return reply(500)
      this.tags = this.tags.filter((one) => one !== gone)
      return reply(200)
    }
    const parent = said?.['parentIdTag']
    if (typeof parent === 'string' && !this.tag(parent)) return reply(500)
    const expiry = said?.['expiryDate']
    if (typeof expiry === 'string' && Date.parse(expiry) <= this.clock.wallMs()) return reply(400)
    const at = method === 'PUT' ? number : this.tags.length + 1
    const others = this.tags.filter((one) => one.ocppTagPk !== at)
    this.tags = [...others, { ...said, ocppTagPk: at }]
    return reply(201)
  }
}

function matches(tag: Tag, query: Readonly<Record<string, string>>): boolean {
  return Object.entries(query).every(([key, value]) => tag[key] === value)
}

async function run(errands: readonly Errand[], token: object, tags: Tags): Promise<unknown> {
  const errand = errands.find(({ each }) => each === 'token')
  if (errand?.way.kind !== 'own') throw new Error('an errand of its own')
  const done = errand.way.act({ api: 'http://steve', token }, tags.asking)
  // Making a tag that is over takes as long as its expiry is ahead.
  for (let i = 0; i < 20; i += 1) await Promise.resolve()
  tags.clock.advance(10_000)
  return done
}

describe('the tokens of SteVe', () => {
  test('a group is there before its member, and both have no limit', async () => {
    const tags = new Tags()
    expect(
      await run(steveTokens.provision, { id: 'A', status: 'Accepted', group: 'G' }, tags),
    ).toBe(undefined)
    expect(tags.tag('G')).toMatchObject({ maxActiveTransactionCount: -1 })
    expect(tags.tag('A')).toMatchObject({ maxActiveTransactionCount: -1, parentIdTag: 'G' })
  })

  test('a blocked one may have no transaction', async () => {
    const tags = new Tags()
    await run(steveTokens.provision, { id: 'B', status: 'Blocked' }, tags)
    expect(tags.tag('B')).toMatchObject({ maxActiveTransactionCount: 0 })
  })

  test('one that is over is made before that, and waited for', async () => {
    const tags = new Tags()
    const old = { id: 'E', status: 'Accepted', expiry: '2020-01-01T00:00:00Z' }
    expect(await run(steveTokens.provision, old, tags)).toBe(undefined)
    expect(Date.parse(String(tags.tag('E')?.['expiryDate']))).toBeLessThan(tags.clock.wallMs())
  })

  test('what is there already is changed', async () => {
    const tags = new Tags()
    await run(steveTokens.provision, { id: 'A', status: 'Accepted' }, tags)
    await run(steveTokens.provision, { id: 'A', status: 'Blocked' }, tags)
    expect(tags.tags).toHaveLength(1)
    expect(tags.tag('A')).toMatchObject({ maxActiveTransactionCount: 0 })
  })

  test('one that nobody may know is forgotten, before and after', async () => {
    for (const [errand] of [steveTokens.provision, steveTokens.teardown]) {
      const tags = new Tags()
      await run(steveTokens.provision, { id: 'NOBODY', status: 'Blocked' }, tags)
      if (errand?.each !== 'run' || errand.way.kind !== 'own') throw new Error('once, its own')
      await errand.way.act({ fixtures: { invalidToken: 'NOBODY' } }, tags.asking)
      expect(tags.tags).toEqual([])
    }
  })

  test('a group is forgotten with the last of its members', async () => {
    const tags = new Tags()
    const [a, b] = ['A', 'B'].map((id) => ({ id, status: 'Accepted', group: 'G' }))
    for (const token of [a, b]) await run(steveTokens.provision, token ?? {}, tags)
    await run(steveTokens.teardown, a ?? {}, tags)
    expect(['A', 'B', 'G'].filter((id) => tags.tag(id))).toEqual(['B', 'G'])
    await run(steveTokens.teardown, b ?? {}, tags)
    expect(tags.tags).toEqual([])
  })
})
