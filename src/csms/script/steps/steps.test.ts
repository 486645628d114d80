import { describe, expect, test } from 'vitest'
import { memoryScript } from '../../../../test/helpers/memory-script.ts'

/** The reason that the first station failed for; undefined: it did not. */
async function reasonOf(csms: ReturnType<typeof memoryScript>): Promise<string | undefined> {
  return (await csms.judged()).stations[0]?.failure?.reason
}

const wide = 'until: { stations: 9 }\n'

describe('expect', () => {
  test('takes a CALL that came before it, once', async () => {
    const csms = memoryScript(
      'script: [{ wait: 1s }, { expect: BootNotification }, { expect: { action: BootNotification, within: 1s } }]',
    )
    await csms.boot('CP1')
    await csms.clock.run(2_000)
    expect(await reasonOf(csms)).toBe('no BootNotification within 1000 ms')
  })

  test('says why the CALL that came was not the one', async () => {
    const csms = memoryScript(
      'script: [{ expect: { action: Authorize, payload: { idTag: A }, within: 5s } }]',
    )
    const station = await csms.boot('CP1')
    await station.ask('Authorize', { idTag: 'B' })
    await csms.clock.run(5_000)
    expect(await reasonOf(csms)).toBe(
      'no Authorize within 5000 ms; one came, but $.idTag: expected "A", got "B"',
    )
  })

  test('sees CALLs that csms refuses, and how they were answered', async () => {
    const csms = memoryScript(`
answers: { BootNotification: { change: { status: Pending } } }
tolerate: [BOOT_SENT_BEFORE_ACCEPTED]
script:
  - expect: { action: BootNotification, answer: Pending }
  - expect: { action: Heartbeat, callError: SecurityError }`)
    const station = csms.connect('CP1')
    await station.boot('ocpp1.6')
    await station.call('Heartbeat', {})
    expect((await csms.judged()).passed).toBe(true)
  })

  test('waits for the answer before it goes on', async () => {
    const csms = memoryScript(`
answers: { Heartbeat: { after: 3s } }
script: [{ expect: Heartbeat }]`)
    const station = await csms.boot('CP1')
    void station.call('Heartbeat', {})
    await csms.clock.run(2_999)
    expect(csms.verdict()).toBeUndefined()
    expect((await csms.judged(1)).passed).toBe(true)
  })

  test('`unanswered`: silence and garbage', async () => {
    const csms = memoryScript(`
answers: { Heartbeat: [{ never: true }, { raw: "nonsense" }] }
script: [{ expect: { action: Heartbeat, unanswered: true, count: 2 } }]`)
    const station = await csms.boot('CP1')
    const heard = station.socket
    heard.send('[2,"a","Heartbeat",{}]')
    await csms.clock.run(0)
    expect(csms.verdict()).toBeUndefined()
    // The station of this test reads JSON only: it must not hear the nonsense.
    heard.listen({ text: () => undefined, binary: () => undefined, closed: () => undefined })
    heard.send('[2,"b","Heartbeat",{}]')
    expect((await csms.judged()).passed).toBe(true)
  })

  test('`none` fails when one comes', async () => {
    const text = 'script: [{ expect: { action: Heartbeat, none: true, within: 5s } }]'
    const quiet = memoryScript(text)
    await quiet.boot('CP1')
    await quiet.clock.run(4_999)
    expect(quiet.verdict()).toBeUndefined()
    expect((await quiet.judged(1)).passed).toBe(true)
    const loud = memoryScript(text)
    const station = await loud.boot('CP1')
    await station.ask('Heartbeat', {})
    expect(await reasonOf(loud)).toBe('Heartbeat came, and none should: {}')
  })

  test.each([
    [[60, 60, 60], undefined],
    [[60, 66, 54], undefined],
    [[60, 67], 'Heartbeat does not come every 60000 ms: once after 67000 ms'],
    [[60, 5], 'Heartbeat does not come every 60000 ms: once after 5000 ms'],
  ])('`every` holds the time between CALLs to its tolerance: %j s', async (gaps, reason) => {
    const csms = memoryScript(
      'script: [{ expect: { action: Heartbeat, every: 60s ±10%, count: 4 } }]',
    )
    const station = await csms.boot('CP1')
    await station.ask('Heartbeat', {})
    for (const gap of gaps) {
      await csms.clock.run(gap * 1_000)
      await station.ask('Heartbeat', {})
    }
    expect(await reasonOf(csms)).toBe(reason)
  })

  test('`order` wants one after the other', async () => {
    const csms = memoryScript(
      'script: [{ expect: { order: [Authorize, Heartbeat], within: 5s, save: { x: $ } } }]',
    )
    const station = await csms.boot('CP1')
    await station.ask('Heartbeat', {})
    await station.ask('Authorize', { idTag: 'A' })
    await csms.clock.run(5_000)
    expect(await reasonOf(csms)).toBe('no Heartbeat within 5000 ms')
  })
})

describe('call', () => {
  test('waits until the station is accepted, matches the answer, and saves from it', async () => {
    const csms = memoryScript(`
script:
  - call: { action: GetConfiguration, payload: { key: [a] }, answer: { unknownKey: [a] }, save: { k: "$.unknownKey[0]" } }
  - call: { action: DataTransfer, payload: { vendorId: "{id}", data: "{k}" }, answer: Rejected }`)
    const station = csms.connect('CP1')
    const asked: unknown[] = []
    station.serve = (action, payload) => {
      asked.push([action, payload])
      return action === 'GetConfiguration' ? { unknownKey: ['a'] } : { status: 'Accepted' }
    }
    await csms.clock.run(1_000)
    expect(asked).toEqual([])
    await station.boot('ocpp1.6')
    expect(await reasonOf(csms)).toBe('answer $.status: expected "Rejected", got "Accepted"')
    expect(asked).toEqual([
      ['GetConfiguration', { key: ['a'] }],
      ['DataTransfer', { vendorId: 'CP1', data: 'a' }],
    ])
  })

  test('sends what is wrong on purpose as it stands, and it is no fault of csms', async () => {
    const csms = memoryScript(
      'script: [{ call: { action: Reset, payload: { type: Gently }, callError: $any } }]',
    )
    const station = await csms.boot('CP1')
    await csms.clock.run(0)
    const id = station.heard.find(([, , action]) => action === 'Reset')?.[1]
    station.socket.send(JSON.stringify([4, id, 'PropertyConstraintViolation', '', {}]))
    expect((await csms.judged()).passed).toBe(true)
    expect(csms.domain.counters.handlerFailures).toBe(0)
  })

  test('[1.6 4.2] `anyway`: also to a station that is not accepted', async () => {
    const csms = memoryScript(
      'script: [{ call: { action: ClearCache, anyway: true, answer: Accepted } }]',
    )
    const station = csms.connect('CP1')
    station.serve = () => ({ status: 'Accepted' })
    expect((await csms.judged()).passed).toBe(true)
  })

  test.each([
    ['nobody is accepted', false, 'not connected and accepted within 2000 ms'],
    ['no answer comes', true, 'no answer in time'],
  ])('fails where %s', async (_what, boots, reason) => {
    const csms = memoryScript('script: [{ call: { action: ClearCache, timeout: 2s } }]')
    if (boots) await csms.boot('CP1')
    else csms.connect('CP1')
    await csms.clock.run(2_500)
    expect(await reasonOf(csms)).toBe(reason)
  })

  test('an answer against its schema fails it', async () => {
    const csms = memoryScript('script: [{ call: ClearCache }]')
    const station = csms.connect('CP1')
    station.serve = () => ({ status: 'Perhaps' })
    await station.boot('ocpp1.6')
    expect(await reasonOf(csms)).toContain('the answer breaks its schema')
  })

  test('[2.0.1 F01] a 2.x station is called by its own actions', async () => {
    const csms = memoryScript(`
protocol: ocpp2.0.1
script: [{ call: { action: GetBaseReport, payload: { requestId: 1, reportBase: FullInventory }, answer: NotSupported } }]`)
    const station = csms.connect('CP1', 'ocpp2.0.1')
    station.serve = () => ({ status: 'NotSupported' })
    await station.boot('ocpp2.0.1')
    expect((await csms.judged()).passed).toBe(true)
  })
})

describe('the other steps', () => {
  test('`reply` comes before `answers`, once', async () => {
    const csms = memoryScript(`${wide}
answers: { Heartbeat: { callError: NotSupported } }
script: [{ expect: BootNotification }, { reply: { action: Heartbeat, callError: InternalError } }, { wait: 1h }]`)
    const station = await csms.boot('CP1')
    await csms.clock.run(0)
    expect(await station.verdict('Heartbeat', {})).toBe('InternalError')
    expect(await station.verdict('Heartbeat', {})).toBe('NotSupported')
  })

  test('`repeat` plays so many rounds, or for so long', async () => {
    const csms = memoryScript(`${wide}
script:
  - repeat: { times: 2 }
    steps: [{ log: "round" }]
  - repeat: { for: 2500ms }
    steps: [{ log: "second" }, { wait: 1s }]`)
    await csms.boot('CP1')
    await csms.clock.run(10_000)
    const lines = csms.events.flatMap((event) => (event.type === 'script' ? [event.message] : []))
    expect(lines).toEqual(['round', 'round', 'second', 'second', 'second', 'the script passed'])
  })

  test('`close`, `connects` and `disconnects` follow the connection of one station', async () => {
    const csms = memoryScript(
      'script: [{ close: { code: 4001, reason: "bye {id}" } }, connects, { disconnects: 5s }]',
    )
    const first = csms.connect('CP1')
    await csms.clock.run(1_000)
    expect(first.closedWith).toEqual({ code: 4001, reason: 'bye CP1' })
    const second = csms.connect('CP1')
    await csms.clock.run(1_000)
    expect(csms.verdict()).toBeUndefined()
    second.socket.close()
    expect((await csms.judged()).passed).toBe(true)
  })

  test.each([
    ['connects: 5s', true, 'not connected within 5000 ms'],
    ['disconnects: 5s', false, 'still connected after 5000 ms'],
  ])('`%s` fails when it waited in vain', async (step, hangsUp, reason) => {
    const csms = memoryScript(`script: [{ wait: 1s }, { ${step} }]`)
    const station = csms.connect('CP1')
    if (hangsUp) station.socket.close()
    await csms.clock.run(6_000)
    expect(await reasonOf(csms)).toBe(reason)
  })

  test('`sendRaw` and `pipeline` send what nobody should, and fail when there is no socket', async () => {
    const csms = memoryScript(
      'script: [{ sendRaw: [2, "{id}-1", Nonsense, {}] }, { pipeline: [ClearCache, ClearCache] }]',
    )
    const station = csms.connect('CP1')
    expect((await csms.judged()).passed).toBe(true)
    expect(station.heard.map(([, , action]) => action)).toEqual([
      'Nonsense',
      'ClearCache',
      'ClearCache',
    ])
    expect(station.heard[0]?.[1]).toBe('CP1-1')
    const gone = memoryScript('script: [{ close: 1006 }, { sendRaw: x }]')
    gone.connect('CP1')
    expect(await reasonOf(gone)).toBe('not connected')
  })
})
