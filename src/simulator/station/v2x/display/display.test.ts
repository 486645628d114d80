import { afterEach, describe, expect, test } from 'vitest'
import { ac, Bench2x, second, versions2x } from '../../../../../test/helpers/bench-2x.ts'
import { plug } from '../../../../../test/helpers/station-peer.ts'

const two = { evses: [ac, ac] }

let bench: Bench2x
afterEach(() => expect(bench.findings).toEqual([]))

interface Message {
  readonly id?: number
  readonly priority?: string
  readonly text?: string
  readonly format?: string
  readonly language?: string
  readonly [field: string]: unknown
}

const set = async ({
  id = 1,
  priority = 'NormalCycle',
  text = `message ${id}`,
  format = 'UTF8',
  language,
  ...more
}: Message = {}) => {
  const content = { format, content: text, ...(language !== undefined && { language }) }
  const message = { id, priority, message: content, ...more }
  return (await bench.call('SetDisplayMessage', { message }))['status']
}
const clear = async (id: number) => (await bench.call('ClearDisplayMessage', { id }))['status']
const get = async (criteria: object = {}) => {
  bench.forget()
  const { status } = await bench.call('GetDisplayMessages', { requestId: 5, ...criteria })
  await bench.clock.run(0)
  return status
}
/** Ids as the last GetDisplayMessages brought them, page by page. */
const pages = () =>
  bench
    .sent('NotifyDisplayMessages')
    .map(({ messageInfo }) =>
      (messageInfo as readonly { readonly id: number }[]).map(({ id }) => id),
    )
const all = async () => ((await get()) === 'Unknown' ? [] : pages().flat())
/** As a CSMS reads it. */
const shown = async () => {
  const { getVariableResult } = await bench.call('GetVariables', {
    getVariableData: [
      { component: { name: 'Display' }, variable: { name: 'DataText', instance: 'Visible' } },
    ],
  })
  return (getVariableResult as readonly { readonly attributeValue: string }[])[0]?.attributeValue
}
const allOf = async (ms: number) => {
  const seen = new Set<string | undefined>()
  for (let passed = 0; passed < ms; passed += 10_000) {
    seen.add(await shown())
    await bench.clock.run(10_000)
  }
  return seen
}

describe.each(versions2x)('the display of a station of %s', (version) => {
  test('[2.0.1 O01] shows what the CSMS set, also to scripts', async () => {
    bench = await Bench2x.open(version)
    expect(await shown()).toBe('')
    expect(await set({ text: 'Welcome' })).toBe('Accepted')
    expect(await shown()).toBe('Welcome')
    expect(bench.actor.variable('display', plug)).toBe('Welcome')
  })

  test('[2.0.1 O01.FR.12-FR.15] what is always in front hides the rest, what is in front the cycle', async () => {
    bench = await Bench2x.open(version)
    await set({ id: 1 })
    await set({ id: 2 })
    expect(await allOf(40_000)).toEqual(new Set(['message 1', 'message 2']))
    await set({ id: 3, priority: 'InFront' })
    await set({ id: 4, priority: 'InFront' })
    expect(await allOf(40_000)).toEqual(new Set(['message 3', 'message 4']))
    await set({ id: 5, priority: 'AlwaysFront' })
    expect(await allOf(40_000)).toEqual(new Set(['message 5']))
  })

  test('[2.0.1 O01.FR.14] messages of one rank take turns of CycleInterval', async () => {
    bench = await Bench2x.open(version, {}, { 'DisplayMessageCtrlr.CycleInterval': '60' })
    await set({ id: 1 })
    await set({ id: 2 })
    const first = await shown()
    await bench.clock.run(60_000)
    expect(await shown()).not.toBe(first)
    await bench.clock.run(60_000)
    expect(await shown()).toBe(first)
  })

  test('[2.0.1 O01.FR.16, O06] a new one that is always in front, or of the same id, replaces', async () => {
    bench = await Bench2x.open(version)
    await set({ id: 1, priority: 'AlwaysFront' })
    await set({ id: 2, priority: 'AlwaysFront' })
    expect(await all()).toEqual([2])
    await set({ id: 2, text: 'new', priority: 'NormalCycle' })
    expect(await all()).toEqual([2])
    expect(await shown()).toBe('new')
  })

  test('[2.0.1 O01.FR.06, FR.07] from its start to its end, and gone afterwards', async () => {
    bench = await Bench2x.open(version)
    await set({ startDateTime: bench.inMinutes(1), endDateTime: bench.inMinutes(2) })
    expect(await shown()).toBe('')
    expect(await all()).toEqual([1])
    await bench.clock.run(60_000)
    expect(await shown()).toBe('message 1')
    await bench.clock.run(60_000)
    expect(await shown()).toBe('')
    expect(await all()).toEqual([])
  })

  test('[2.0.1 MessageStateEnumType] in the state it is for', async () => {
    bench = await Bench2x.open(version)
    for (const [id, state] of ['Idle', 'Charging', 'Faulted', 'Unavailable'].entries()) {
      await set({ id, state, text: state })
    }
    expect(await shown()).toBe('Idle')
    await bench.plugIn()
    await bench.start()
    expect(await shown()).toBe('Charging')
    await bench.stop()
    await bench.unplug()
    await bench.fault('GroundFailure')
    expect(await shown()).toBe('Faulted')
    await bench.clearFault()
    await bench.call('ChangeAvailability', { operationalStatus: 'Inoperative' })
    expect(await shown()).toBe('Unavailable')
  })

  test('[2.0.1 O02] for a transaction, until it ends', async () => {
    bench = await Bench2x.open(version, two)
    expect(await set({ transactionId: 'nobody' })).toBe('UnknownTransaction')
    const transactionId = await bench.charging()
    await bench.charging(second)
    expect(await set({ transactionId, state: 'Charging' })).toBe('Accepted')
    expect(await shown()).toBe('message 1')
    await bench.stop()
    expect(await shown()).toBe('')
    expect(await all()).toEqual([])
  })

  test('[2.0.1 O01.FR.10] messages outlive a reboot', async () => {
    bench = await Bench2x.open(version)
    await set()
    await bench.call('Reset', { type: 'Immediate' })
    await bench.clock.run(10_000)
    expect(await shown()).toBe('message 1')
  })

  test('[2.0.1 O01.FR.01-FR.03] what it cannot show is not taken', async () => {
    const of = (...lists: readonly string[]) =>
      Object.fromEntries(lists.map((list) => list.split('=')))
    bench = await Bench2x.open(
      version,
      {},
      of(
        'DisplayMessageCtrlr.SupportedPriorities=NormalCycle',
        'DisplayMessageCtrlr.SupportedFormats=ASCII',
      ),
    )
    expect(await set({ priority: 'InFront', format: 'ASCII' })).toBe('NotSupportedPriority')
    expect(await set({ format: 'HTML' })).toBe('NotSupportedMessageFormat')
    expect(await set({ format: 'ASCII', text: 'Größe' })).toBe('Rejected')
    expect(await set({ format: 'ASCII', display: { name: 'Gauge' } })).toBe('Rejected')
    expect(await set({ format: 'ASCII', display: { name: 'Display' } })).toBe('Accepted')
    bench = await Bench2x.open(version, {}, { 'DisplayMessageCtrlr.Enabled': 'false' })
    expect(await set()).toBe('Rejected')
  })

  test('[2.0.1 O01.FR.11] no more than maxLimit, but one may replace another', async () => {
    bench = await Bench2x.open(version)
    for (let id = 1; id <= 20; id += 1) expect(await set({ id })).toBe('Accepted')
    expect(await set({ id: 21 })).toBe('Rejected')
    expect(await set({ id: 20, priority: 'AlwaysFront' })).toBe('Accepted')
    expect(await set({ id: 21, priority: 'AlwaysFront' })).toBe('Accepted')
    const { getVariableResult } = await bench.call('GetVariables', {
      getVariableData: [
        { component: { name: 'DisplayMessageCtrlr' }, variable: { name: 'DisplayMessages' } },
      ],
    })
    expect(getVariableResult).toMatchObject([{ attributeValue: '20' }])
  })

  test('[2.0.1 O05] ClearDisplayMessage', async () => {
    bench = await Bench2x.open(version)
    expect(await clear(1)).toBe('Unknown')
    await set()
    expect(await clear(2)).toBe('Unknown')
    expect(await clear(1)).toBe('Accepted')
    expect(await shown()).toBe('')
  })

  describe('GetDisplayMessages', () => {
    test('[2.0.1 O03.FR.03-FR.05] tells all of them in pages, the last without tbc', async () => {
      bench = await Bench2x.open(version)
      for (let id = 1; id <= 12; id += 1) await set({ id })
      expect(await get()).toBe('Accepted')
      expect(pages()).toEqual([
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        [11, 12],
      ])
      expect(bench.sent('NotifyDisplayMessages')).toMatchObject([
        { requestId: 5, tbc: true },
        { requestId: 5, tbc: false },
      ])
    })

    test('[2.0.1 O04] those of an id, a priority and a state', async () => {
      bench = await Bench2x.open(version)
      await set({ id: 1, state: 'Idle' })
      await set({ id: 2, priority: 'InFront', state: 'Idle' })
      await set({ id: 3, priority: 'InFront' })
      const found = async (criteria: object) =>
        (await get(criteria)) === 'Accepted' ? pages() : []
      expect(await found({ id: [1, 3, 9] })).toEqual([[1, 3]])
      expect(await found({ priority: 'InFront' })).toEqual([[2, 3]])
      expect(await found({ priority: 'InFront', state: 'Idle' })).toEqual([[2]])
      expect(await found({ id: [1], priority: 'InFront' })).toEqual([])
      expect(bench.sent('NotifyDisplayMessages')).toEqual([])
    })

    test('[2.0.1 O03.FR.06] Unknown where there is none', async () => {
      bench = await Bench2x.open(version)
      expect(await get()).toBe('Unknown')
      expect(bench.actions()).toEqual([])
    })

    test('[2.0.1 GetDisplayMessagesRequest] more ids than messages fit is a CALLERROR', async () => {
      bench = await Bench2x.open(version)
      const id = Array.from({ length: 21 }, (_, i) => i)
      expect(await bench.outcome('GetDisplayMessages', { requestId: 1, id })).toMatchObject({
        kind: 'error',
        code: 'OccurrenceConstraintViolation',
      })
    })
  })
})

describe('languages of 2.1', () => {
  const german = [{ format: 'UTF8', language: 'de', content: 'Hallo' }]
  const greeting = { text: 'Hello', language: 'en', messageExtra: german }
  const driver = (languages: object) => {
    const idTokenInfo = { status: 'Accepted', ...languages }
    bench.answers.set('Authorize', () => ({ idTokenInfo }))
    bench.answers.set('TransactionEvent', ({ idToken }) => (idToken ? { idTokenInfo } : {}))
  }

  test('[2.1 O01.FR.08, FR.09] the driver reads his own, or English; nobody there, the station’s', async () => {
    bench = await Bench2x.open('ocpp2.1', {}, { 'DisplayMessageCtrlr.Language': 'de' })
    expect(await set(greeting)).toBe('Accepted')
    expect(await shown()).toBe('Hallo')
    driver({ language1: 'pl', language2: 'fr' })
    await bench.authorize('A')
    expect(await shown()).toBe('Hello')
    await bench.plugIn()
    await bench.start()
    await bench.stop()
    await bench.unplug()
    expect(await shown()).toBe('Hallo')
    driver({ language1: 'de-AT' })
    await bench.authorize('B')
    expect(await shown()).toBe('Hallo')
  })

  test('[2.1 O01.FR.08] after a power loss nobody is there', async () => {
    bench = await Bench2x.open('ocpp2.1', {}, { 'DisplayMessageCtrlr.Language': 'de' })
    await set(greeting)
    driver({ language1: 'fr' })
    await bench.authorize('A')
    expect(await shown()).toBe('Hello')
    bench.station.powerLoss()
    bench.station.powerUp()
    await bench.clock.run(10_000)
    expect(await shown()).toBe('Hallo')
  })

  test('[2.1 O01.FR.18] a language that it does not know is LanguageNotSupported', async () => {
    bench = await Bench2x.open('ocpp2.1')
    expect(await set({ language: 'EN-us' })).toBe('Accepted')
    expect(await set({ language: 'tlh' })).toBe('LanguageNotSupported')
    const klingon = [{ format: 'UTF8', language: 'tlh', content: 'nuqneH' }]
    expect(await set({ messageExtra: klingon })).toBe('LanguageNotSupported')
  })

  test('[2.1 O01.FR.02] Suspended is a state of 2.1, and QRCODE a format', async () => {
    bench = await Bench2x.open('ocpp2.1')
    expect(await set({ state: 'Suspended', format: 'QRCODE', text: 'https://example.com' })).toBe(
      'Accepted',
    )
    await bench.charging()
    expect(await shown()).toBe('')
    await bench.act(bench.actor.suspendEv(plug, undefined, bench.cancel))
    expect(await shown()).toBe('https://example.com')
    bench = await Bench2x.open('ocpp2.1', {}, { 'DisplayMessageCtrlr.SupportedStates': 'Idle' })
    expect(await set({ state: 'Suspended' })).toBe('NotSupportedState')
  })
})
