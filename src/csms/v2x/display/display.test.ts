import { describe, expect, test } from 'vitest'
import { csmsLab } from '../../../../test/helpers/csms-lab.ts'
import { displayMessagesOf } from '../../domain/display-messages.ts'

const now = '2026-01-01T00:00:00.000Z'
const message = (id: number, more: object = {}) => ({
  id,
  priority: 'NormalCycle',
  message: { format: 'UTF8', content: `message ${id}` },
  ...more,
})

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('what a station of %s shows', (version) => {
  async function shows() {
    const lab = await csmsLab(version)
    const set = (id: number, more: object = {}, status = 'Accepted') =>
      lab.command('SetDisplayMessage', { message: message(id, more) }, { status })
    const ids = () =>
      displayMessagesOf(
        lab.record,
        (id) => lab.station.transaction(id),
        lab.csms.clock.wallMs(),
      ).map((known) => known.message.id)
    return { lab, set, ids }
  }

  test('[2.0.1 O01, O06] what it accepted, as it stood on the wire', async () => {
    const { lab, set, ids } = await shows()
    await set(1)
    await set(2, {}, 'NotSupportedPriority')
    await set(1, { state: 'Idle' })
    expect(lab.record.displayMessages).toEqual([
      { message: message(1, { state: 'Idle' }), since: now },
    ])
    await set(3, { priority: 'AlwaysFront' })
    await set(4, { priority: 'AlwaysFront' })
    expect(ids()).toEqual([1, 4])
  })

  test('[2.0.1 O05] what was cleared, or was gone already, is forgotten', async () => {
    const { lab, set, ids } = await shows()
    for (const id of [1, 2, 3]) await set(id)
    await lab.command('ClearDisplayMessage', { id: 1 })
    await lab.command('ClearDisplayMessage', { id: 2 }, { status: 'Unknown' })
    expect(ids()).toEqual([3])
  })

  test('[2.0.1 O01.FR.07, O02.FR.02] what is over by its time, or with its transaction, does not show', async () => {
    const { lab, set, ids } = await shows()
    await set(1, { endDateTime: '2026-01-01T00:10:00Z' })
    const event = { timestamp: now, transactionInfo: { transactionId: 'T1' } }
    const started = { eventType: 'Started', seqNo: 0, triggerReason: 'CablePluggedIn', ...event }
    await lab.tell('TransactionEvent', started)
    await set(2, { transactionId: 'T1' })
    expect(ids()).toEqual([1, 2])
    const ended = { eventType: 'Ended', seqNo: 1, triggerReason: 'EVDeparted', ...event }
    await lab.tell('TransactionEvent', ended)
    expect(ids()).toEqual([1])
    await lab.csms.clock.run(600_000)
    expect(ids()).toEqual([])
  })

  test('[2.0.1 O03] a complete list, page by page, is the truth', async () => {
    const { lab, set, ids } = await shows()
    for (const id of [1, 2]) await set(id)
    await lab.command('GetDisplayMessages', { requestId: 7 })
    const page = (requestId: number, told: readonly number[], tbc: boolean) =>
      lab.tell('NotifyDisplayMessages', {
        requestId,
        tbc,
        messageInfo: told.map((id) => message(id)),
      })
    expect(await page(7, [2], true)).toEqual({})
    expect(ids()).toEqual([1, 2])
    await page(7, [5], false)
    expect(ids()).toEqual([2, 5])
  })

  test('a list without an end fills no memory, and removes nothing', async () => {
    const { lab, set, ids } = await shows()
    await set(1)
    await lab.command('GetDisplayMessages', { requestId: 7 })
    const page = (tbc: boolean) =>
      lab.tell('NotifyDisplayMessages', {
        requestId: 7,
        tbc,
        messageInfo: Array.from({ length: 1000 }, () => message(2)),
      })
    for (let pages = 0; pages < 11; pages += 1) await page(true)
    expect(lab.record.displayReport).toBeUndefined()
    await page(false)
    expect(ids()).toEqual([1, 2])
  })

  test('[2.0.1 O04] a list of some says nothing of the others', async () => {
    const { lab, set, ids } = await shows()
    for (const id of [1, 2]) await set(id)
    await lab.command('GetDisplayMessages', { requestId: 7, id: [1] })
    const messageInfo = [message(1)]
    await lab.tell('NotifyDisplayMessages', { requestId: 7, messageInfo, tbc: false })
    expect(ids()).toEqual([2, 1])
    const some = { requestId: 8, id: [1], priority: 'InFront' }
    await lab.command('GetDisplayMessages', some, { status: 'Unknown' })
    expect(ids()).toEqual([2, 1])
    await lab.command('GetDisplayMessages', { requestId: 8, id: [1] }, { status: 'Unknown' })
    expect(ids()).toEqual([2])
    await lab.command('GetDisplayMessages', { requestId: 9 }, { status: 'Unknown' })
    expect(ids()).toEqual([])
  })
})
