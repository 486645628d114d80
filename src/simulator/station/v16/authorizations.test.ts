import { describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, validators } from '../../../../test/helpers/station-peer.ts'
import { protocol16 } from './protocol16.ts'

const protocol = protocol16(validators)
const token = (idToken: string) => ({ idToken, type: 'Central' })

async function booted(configuration: Record<string, string> = {}) {
  const bench = new StationPeer(protocol, {
    configuration: { RetryBackOffRandomRange: '0', ...configuration },
  })
  says(bench, 'Authorize', {})
  says(bench, 'StartTransaction', {})
  return bench.booted()
}

/** What the CSMS says of an idTag from now on. */
function says(bench: StationPeer, action: string, info: Record<string, unknown>): void {
  const idTagInfo = { status: 'Accepted', ...info }
  bench.answers.set(action, () =>
    action === 'StartTransaction' ? { transactionId: 1, idTagInfo } : { idTagInfo },
  )
}

const list = (bench: StationPeer, entries: Record<string, Record<string, unknown>>, version = 1) =>
  bench.call('SendLocalList', {
    listVersion: version,
    updateType: 'Full',
    localAuthorizationList: Object.entries(entries).map(([idTag, info]) => ({
      idTag,
      idTagInfo: { status: 'Accepted', ...info },
    })),
  })

const present = (bench: StationPeer, idTag: string) =>
  bench.act(bench.actor.authorize(plug, token(idTag), bench.cancel))

async function charging(bench: StationPeer, idTag: string) {
  await present(bench, idTag)
  await bench.act(bench.actor.plugIn(plug, ev))
  return bench.act(bench.actor.start(plug, bench.cancel))
}

const stop = (bench: StationPeer, idTag: string) =>
  bench.act(bench.actor.stop(plug, { token: token(idTag) }, bench.cancel))

describe('the order of authorisation', () => {
  test('[1.6 9.1.13] with LocalPreAuthorize a listed idTag charges without a question', async () => {
    const bench = await booted({ LocalPreAuthorize: 'true' })
    await list(bench, { LISTED: {} })
    expect(await present(bench, 'listed')).toMatchObject({ ok: true })
    expect(bench.actions()).not.toContain('Authorize')
  })

  test('[1.6 3.5] without LocalPreAuthorize the CSMS is asked for whom the list knows, too', async () => {
    const bench = await booted()
    await list(bench, { LISTED: {} })
    says(bench, 'Authorize', { status: 'Blocked' })
    expect(await present(bench, 'LISTED')).toMatchObject({ ok: false, reason: /Blocked/ })
    expect(bench.sent('Authorize')).toEqual([{ idTag: 'LISTED' }])
  })

  test('[1.6 3.5.3] the list comes before the cache', async () => {
    const bench = await booted({ LocalPreAuthorize: 'true' })
    await present(bench, 'A')
    await list(bench, { A: { status: 'Blocked' } })
    bench.forget()
    says(bench, 'Authorize', { status: 'Blocked' })
    expect(await present(bench, 'A')).toMatchObject({ ok: false })
    expect(bench.sent('Authorize')).toEqual([{ idTag: 'A' }])
  })

  test('[1.6 4.1] what the CSMS says of a listed idTag does not go into the cache', async () => {
    const bench = await booted()
    await list(bench, { LISTED: {} })
    says(bench, 'Authorize', { status: 'Blocked' })
    await present(bench, 'LISTED')
    expect(bench.station.memory.cached('LISTED')).toBeUndefined()
    await present(bench, 'OTHER')
    expect(bench.station.memory.cached('other')?.status).toBe('Blocked')
  })

  test('[1.6 9.2.1] a list that is switched off counts for nothing', async () => {
    const bench = await booted({ LocalPreAuthorize: 'true' })
    await list(bench, { LISTED: {} })
    await bench.call('ChangeConfiguration', { key: 'LocalAuthListEnabled', value: 'false' })
    expect(await bench.call('GetLocalListVersion', {})).toEqual({ listVersion: -1 })
    expect(await list(bench, { OTHER: {} }, 2)).toEqual({ status: 'NotSupported' })
    await present(bench, 'LISTED')
    expect(bench.sent('Authorize')).toEqual([{ idTag: 'LISTED' }])
    await bench.call('ChangeConfiguration', { key: 'LocalAuthListEnabled', value: 'true' })
    expect(await bench.call('GetLocalListVersion', {})).toEqual({ listVersion: 1 })
  })

  test('[1.6 3.5.1] a cached idTag whose time has passed is asked for again', async () => {
    const bench = await booted({ LocalPreAuthorize: 'true' })
    says(bench, 'Authorize', { expiryDate: new Date(bench.clock.wallMs() + 60_000).toISOString() })
    await present(bench, 'A')
    await present(bench, 'A')
    expect(bench.sent('Authorize')).toHaveLength(1)
    await bench.clock.run(60_000)
    await present(bench, 'A')
    expect(bench.sent('Authorize')).toHaveLength(2)
  })

  test('[1.6 5.4] after ClearCache nothing is known any more; the list stays', async () => {
    const bench = await booted({ LocalPreAuthorize: 'true' })
    await present(bench, 'A')
    await list(bench, { LISTED: {} })
    expect(await bench.call('ClearCache', {})).toEqual({ status: 'Accepted' })
    bench.forget()
    await present(bench, 'A')
    await present(bench, 'LISTED')
    expect(bench.sent('Authorize')).toEqual([{ idTag: 'A' }])
  })

  test('list and cache outlive a reboot', async () => {
    const bench = await booted({ LocalPreAuthorize: 'true' })
    await present(bench, 'A')
    await list(bench, { LISTED: {} }, 4)
    await bench.call('Reset', { type: 'Hard' })
    await bench.clock.run(5000)
    bench.forget()
    expect(await bench.call('GetLocalListVersion', {})).toEqual({ listVersion: 4 })
    await present(bench, 'A')
    await present(bench, 'LISTED')
    expect(bench.actions()).not.toContain('Authorize')
  })
})

describe('a CSMS that says otherwise than the local list', () => {
  const conflicts = (bench: StationPeer) =>
    bench.sent('StatusNotification').filter(({ errorCode }) => errorCode === 'LocalListConflict')

  test('[1.6 3.5.2] hears of the conflict, connector 0', async () => {
    const bench = await booted({ LocalPreAuthorize: 'true' })
    await list(bench, { LISTED: {} })
    says(bench, 'StartTransaction', { status: 'Blocked' })
    await charging(bench, 'LISTED')
    expect(conflicts(bench)).toMatchObject([
      { connectorId: 0, status: 'Available', errorCode: 'LocalListConflict', info: 'LISTED' },
    ])
    expect(bench.findings).toEqual([])
  })

  test('[1.6 3.5.2] ConcurrentTx is no conflict: the idTag is valid', async () => {
    const bench = await booted()
    await list(bench, { LISTED: {}, BAD: { status: 'Invalid' } })
    says(bench, 'Authorize', { status: 'ConcurrentTx' })
    await present(bench, 'LISTED')
    says(bench, 'Authorize', { status: 'Expired' })
    await present(bench, 'BAD')
    expect(conflicts(bench)).toEqual([])
  })
})

describe('offline', () => {
  const past = '2020-01-01T00:00:00Z'

  test.each<[string, Record<string, string>, Record<string, Record<string, unknown>>, boolean]>([
    ['[1.6 9.1.12] a listed idTag', {}, { A: {} }, true],
    ['[1.6 3.5.2] one that is listed as ConcurrentTx', {}, { A: { status: 'ConcurrentTx' } }, true],
    [
      '[1.6 9.1.12] without LocalAuthorizeOffline',
      { LocalAuthorizeOffline: 'false' },
      { A: {} },
      false,
    ],
    ['[1.6 3.5.4] an unknown idTag', {}, {}, false],
    [
      '[1.6 9.1.1] one with AllowOfflineTxForUnknownId',
      { AllowOfflineTxForUnknownId: 'true' },
      {},
      true,
    ],
    [
      '[1.6 3.5.4] one that the list refuses, whatever is allowed to unknown ones',
      { AllowOfflineTxForUnknownId: 'true' },
      { A: { status: 'Blocked' } },
      false,
    ],
    [
      '[1.6 3.5.4] one whose time on the list has passed',
      { AllowOfflineTxForUnknownId: 'true' },
      { A: { expiryDate: past } },
      false,
    ],
  ])('%s', async (_name, configuration, entries, charges) => {
    const bench = await booted(configuration)
    if (Object.keys(entries).length > 0) await list(bench, entries)
    bench.cut()
    expect(await present(bench, 'A')).toMatchObject({ ok: charges })
  })

  test('[1.6 3.5.4] a transaction of an unknown idTag is told later, and ends if it is refused', async () => {
    const bench = await booted({ AllowOfflineTxForUnknownId: 'true' })
    says(bench, 'StartTransaction', { status: 'Invalid' })
    bench.cut()
    await charging(bench, 'UNKNOWN')
    await bench.clock.run(600_000)
    bench.reachable = true
    await bench.clock.run(60_000)
    expect(bench.sent('StartTransaction')).toMatchObject([{ idTag: 'UNKNOWN' }])
    expect(bench.sent('StopTransaction')).toMatchObject([
      { transactionId: 1, reason: 'DeAuthorized' },
    ])
  })
})

describe('who may stop', () => {
  const family = { parentIdTag: 'FAMILY' }

  test('[1.6 4.1] who started stops without a question', async () => {
    const bench = await booted()
    await charging(bench, 'MUM')
    bench.forget()
    expect(await stop(bench, 'mum')).toMatchObject({ ok: true })
    expect(bench.actions()).not.toContain('Authorize')
    expect(bench.sent('StopTransaction')).toMatchObject([{ idTag: 'mum', reason: 'Local' }])
  })

  test('[1.6 4.1] where who started is of no group, nobody else is asked for', async () => {
    const bench = await booted()
    await charging(bench, 'LONER')
    bench.forget()
    expect(await stop(bench, 'MUM')).toMatchObject({ ok: false, reason: /not of the group/ })
    expect(bench.actions()).toEqual([])
  })

  test('[1.6 3.10] another one of the same group stops, once authorised', async () => {
    const bench = await booted()
    says(bench, 'Authorize', family)
    says(bench, 'StartTransaction', family)
    await charging(bench, 'MUM')
    bench.forget()
    expect(await stop(bench, 'DAD')).toMatchObject({ ok: true })
    expect(bench.sent('Authorize')).toEqual([{ idTag: 'DAD' }])
    expect(bench.sent('StopTransaction')).toMatchObject([{ idTag: 'DAD', reason: 'Local' }])
  })

  test('[1.6 3.10] anybody else does not, also without any group', async () => {
    const bench = await booted()
    says(bench, 'StartTransaction', family)
    await charging(bench, 'MUM')
    expect(await stop(bench, 'STRANGER')).toMatchObject({ ok: false, reason: /not of the group/ })
    says(bench, 'Authorize', { ...family, status: 'Blocked' })
    expect(await stop(bench, 'DAD')).toMatchObject({ ok: false, reason: /Blocked/ })
    expect(bench.actions()).not.toContain('StopTransaction')
    expect(bench.station.evses[0]?.energized).toBe(true)
  })

  test('[1.6 3.10] offline the list knows the group', async () => {
    const bench = await booted()
    await list(bench, { MUM: family, DAD: family, STRANGER: {} })
    await charging(bench, 'MUM')
    bench.cut()
    expect(await stop(bench, 'STRANGER')).toMatchObject({ ok: false })
    expect(await stop(bench, 'DAD')).toMatchObject({ ok: true })
    bench.reachable = true
    await bench.clock.run(60_000)
    expect(bench.sent('StopTransaction')).toMatchObject([{ idTag: 'DAD' }])
  })
})

describe('an idTag that StartTransaction refuses', () => {
  async function refused(configuration: Record<string, string>) {
    const bench = await booted(configuration)
    says(bench, 'StartTransaction', { status: 'Blocked' })
    await charging(bench, 'A')
    await bench.clock.run(2 * 3_600_000)
    return bench
  }

  const drawn = (bench: StationPeer) => {
    const [entry] = bench.station.books()
    return entry && entry.meterWh - entry.meterStartWh
  }

  test('[1.6 9.1.14] MaxEnergyOnInvalidId is charged before the transaction is stopped', async () => {
    const bench = await refused({ MaxEnergyOnInvalidId: '5500' })
    expect(drawn(bench)).toBe(5500)
    expect(bench.sent('StopTransaction')).toMatchObject([{ reason: 'DeAuthorized' }])
  })

  test('[1.6 9.1.14] and before the energy ends where the transaction goes on', async () => {
    const bench = await refused({
      MaxEnergyOnInvalidId: '5500',
      StopTransactionOnInvalidId: 'false',
    })
    expect(drawn(bench)).toBe(5500)
    expect(bench.sent('StopTransaction')).toEqual([])
    expect(bench.sent('StatusNotification').at(-1)).toMatchObject({ status: 'SuspendedEVSE' })
  })

  test('where the run ends before, the books stay as they are', async () => {
    const bench = await booted({ MaxEnergyOnInvalidId: '5500' })
    says(bench, 'StartTransaction', { status: 'Blocked' })
    await charging(bench, 'A')
    await bench.clock.run(60_000)
    bench.station.stop({ graceful: true })
    await bench.clock.run(3_600_000)
    expect(bench.station.books()).toMatchObject([{ stoppedAt: undefined }])
    expect(bench.findings).toEqual([])
  })

  test('who leaves before has no more said of him', async () => {
    const bench = await booted({ MaxEnergyOnInvalidId: '5500' })
    says(bench, 'StartTransaction', { status: 'Blocked' })
    await charging(bench, 'A')
    await bench.clock.run(60_000)
    await bench.act(bench.actor.unplug(plug, bench.cancel))
    await bench.clock.run(3_600_000)
    expect(bench.sent('StopTransaction')).toMatchObject([{ reason: 'EVDisconnected' }])
  })
})
