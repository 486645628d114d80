import { afterEach, describe, expect, test } from 'vitest'
import { Peer2x } from '../../../../../test/helpers/peer-2x.ts'
import { plug } from '../../../../../test/helpers/station-peer.ts'
import type { StationTemplate } from '../../../scenario/plan.ts'

const minute = 60_000
const family = { groupIdToken: { idToken: 'FAMILY', type: 'Central' } }
const ac = { connectors: ['cType2'], maxPowerW: 22_000, phases: 3, current: 'AC' } as const
const second = { evse: 2, connector: 1 } as const

let peer: Peer2x
afterEach(() => expect(peer.findings).toEqual([]))

async function open(
  configuration: Record<string, string> = {},
  template: Partial<StationTemplate> = {},
): Promise<void> {
  peer = await Peer2x.open('ocpp2.0.1', { ...template, configuration })
}

const asked = () => peer.actions().filter((action) => action === 'Authorize').length

/** The CSMS says something of a card, and the station forgets that it asked. */
async function heard(idToken: string, info: object): Promise<void> {
  peer.judges(() => info)
  await peer.authorize(idToken)
  await peer.act(peer.actor.stop(plug, {}, peer.cancel))
  peer.judges(() => ({ status: 'Accepted' }))
  peer.forget()
}

async function listed(...entries: readonly { idToken: string; info: object }[]): Promise<void> {
  await peer.call('SendLocalList', {
    versionNumber: 1,
    updateType: 'Full',
    localAuthorizationList: entries.map(({ idToken, info: idTokenInfo }) => ({
      idToken: { idToken, type: 'ISO14443' },
      idTokenInfo,
    })),
  })
}

describe('authorization online', () => {
  test('[2.0.1 C01] asks the CSMS and does as it says', async () => {
    await open()
    peer.judges((idToken) => ({ status: idToken === 'GOOD' ? 'Accepted' : 'Blocked' }))
    expect(await peer.authorize('BAD')).toMatchObject({
      ok: false,
      reason: 'the CSMS says that BAD is Blocked',
    })
    expect(await peer.authorize('GOOD')).toMatchObject({ ok: true })
  })

  test('[2.0.1 C01] a token that is for other EVSEs may not charge at this one', async () => {
    await open({}, { evses: [ac, ac] })
    peer.judges(() => ({ status: 'Accepted', evseId: [2] }))
    expect(await peer.authorize('CARD')).toMatchObject({ ok: false })
    expect(await peer.authorize('CARD', second)).toMatchObject({ ok: true })
  })

  test('[2.0.1 IdTokenType] a PIN beside the card is told, and is no part of what it is known by', async () => {
    await open({ 'AuthCtrlr.LocalPreAuthorize': 'true' }, { evses: [ac, ac] })
    const card = { idToken: 'CARD', type: 'ISO14443' }
    const additionalInfo = [{ additionalIdToken: '1234', type: 'PIN' }]
    await peer.authorize({ ...card, additionalInfo })
    expect(peer.sent('Authorize')).toEqual([{ idToken: { ...card, additionalInfo } }])
    await peer.plugIn()
    expect(peer.events[0]).toMatchObject({ idToken: { ...card, additionalInfo } })
    await peer.authorize(card, second)
    expect(asked()).toBe(1)
  })

  test('[2.0.1 G03] nobody begins anything where the EVSE is faulted or out of service', async () => {
    await open({ 'TxCtrlr.TxStartPoint': 'Authorized' }, { evses: [ac, ac] })
    await peer.act(peer.actor.fault(plug, { code: 'GroundFailure' }))
    expect(await peer.authorize('CARD')).toMatchObject({ ok: false, reason: 'EVSE 1 is faulted' })
    await peer.call('ChangeAvailability', { operationalStatus: 'Inoperative', evse: { id: 2 } })
    expect(await peer.authorize('CARD', second)).toMatchObject({
      ok: false,
      reason: 'EVSE 2 is out of service',
    })
    expect(peer.events).toEqual([])
    await peer.act(peer.actor.clearFault(plug))
    expect(await peer.authorize('CARD')).toMatchObject({ ok: true })
    await peer.call('ChangeAvailability', { operationalStatus: 'Inoperative' })
    // What goes on already goes on.
    expect(await peer.authorize('CARD')).toMatchObject({ ok: true })
  })

  test('[2.0.1 C02] nobody is asked for NoAuthorization, and where authorization is off', async () => {
    await open()
    expect(await peer.authorize({ idToken: '', type: 'NoAuthorization' })).toMatchObject({
      ok: true,
    })
    await peer.stop()
    await peer.setVariable('AuthCtrlr.Enabled', 'false')
    expect(await peer.authorize('CARD')).toMatchObject({ ok: true })
    expect(asked()).toBe(0)
  })

  test('[2.0.1 C12.FR.02] a cached token charges at once with LocalPreAuthorize', async () => {
    await open({ 'AuthCtrlr.LocalPreAuthorize': 'true' })
    await heard('CARD', { status: 'Accepted' })
    expect(await peer.authorize('card')).toMatchObject({ ok: true })
    expect(asked()).toBe(0)
  })

  test('[2.0.1 C12] a token of the same text and another type is another token', async () => {
    await open({ 'AuthCtrlr.LocalPreAuthorize': 'true' })
    await heard('CARD', { status: 'Accepted' })
    await peer.authorize({ idToken: 'CARD', type: 'KeyCode' })
    expect(asked()).toBe(1)
  })

  test('[2.0.1 C12.FR.05] a refused one is asked for again unless DisablePostAuthorize', async () => {
    await open({ 'AuthCtrlr.LocalPreAuthorize': 'true' })
    await heard('CARD', { status: 'Invalid' })
    expect(await peer.authorize('CARD')).toMatchObject({ ok: true })
    expect(asked()).toBe(1)
    await peer.stop()
    await heard('OTHER', { status: 'Invalid' })
    await peer.setVariable('AuthCacheCtrlr.DisablePostAuthorize', 'true')
    expect(await peer.authorize('OTHER')).toMatchObject({
      ok: false,
      reason: 'the authorization cache says that OTHER is Invalid',
    })
    expect(asked()).toBe(0)
  })

  test('[2.0.1 C14.FR.02, FR.03] the list comes first, and may be final', async () => {
    await open({ 'AuthCtrlr.LocalPreAuthorize': 'true' })
    await listed(
      { idToken: 'MUM', info: { status: 'Accepted' } },
      { idToken: 'LOST', info: { status: 'Blocked' } },
    )
    expect(await peer.authorize('MUM')).toMatchObject({ ok: true })
    expect(asked()).toBe(0)
    await peer.stop()
    expect(await peer.authorize('LOST')).toMatchObject({ ok: true })
    expect(asked()).toBe(1)
    await peer.stop()
    await peer.setVariable('LocalAuthListCtrlr.DisablePostAuthorize', 'true')
    expect(await peer.authorize('LOST')).toMatchObject({ ok: false })
    expect(asked()).toBe(1)
  })

  test('[2.0.1 DisableRemoteAuthorization] asks nobody', async () => {
    await open({ 'AuthCtrlr.DisableRemoteAuthorization': 'true' })
    await listed({ idToken: 'MUM', info: { status: 'Accepted' } })
    expect(await peer.authorize('MUM')).toMatchObject({ ok: true })
    await peer.stop()
    expect(await peer.authorize('STRANGER')).toMatchObject({ ok: false })
    expect(asked()).toBe(0)
  })
})

describe('the authorization cache', () => {
  const cached = async (idToken: string) => {
    peer.cut()
    const { ok } = await peer.authorize(idToken)
    if (ok) await peer.stop()
    await peer.reconnect()
    peer.forget()
    return ok
  }

  test('[2.0.1 C10.FR.02, C11] survives a reboot, and ClearCache empties it', async () => {
    await open()
    await heard('CARD', { status: 'Accepted' })
    peer.actor.powerLoss()
    peer.station.powerUp()
    await peer.clock.run(1000)
    expect(await cached('CARD')).toBe(true)
    expect(await peer.call('ClearCache', {})).toEqual({ status: 'Accepted' })
    expect(await cached('CARD')).toBe(false)
  })

  test('[2.0.1 C10.FR.05] learns from TransactionEventResponses', async () => {
    await open()
    await peer.plugIn()
    peer.answers.set('TransactionEvent', ({ idToken }) =>
      idToken ? { idTokenInfo: { status: 'Blocked' } } : {},
    )
    await peer.authorize('CARD')
    await peer.clock.run(0)
    peer.cut()
    expect(await peer.authorize('CARD')).toMatchObject({
      ok: false,
      reason: 'the authorization cache says that CARD is Blocked',
    })
  })

  test('[2.0.1 C10.FR.08] forgets after LifeTime, which begins anew with each use', async () => {
    await open({ 'AuthCacheCtrlr.LifeTime': '600' })
    await heard('CARD', { status: 'Accepted' })
    await peer.clock.run(8 * minute)
    expect(await cached('CARD')).toBe(true)
    await peer.clock.run(8 * minute)
    expect(await cached('CARD')).toBe(true)
    await peer.clock.run(11 * minute)
    expect(await cached('CARD')).toBe(false)
  })

  test('[2.0.1 C10] and after cacheExpiryDateTime', async () => {
    await open()
    const inFive = new Date(peer.clock.wallMs() + 5 * minute).toISOString()
    await heard('CARD', { status: 'Accepted', cacheExpiryDateTime: inFive })
    expect(await cached('CARD')).toBe(true)
    await peer.clock.run(5 * minute)
    expect(await cached('CARD')).toBe(false)
  })

  test('[2.0.1 C05.FR.02] keeps nothing of what the CSMS itself presents', async () => {
    await open()
    const token = { idToken: 'REMOTE', type: 'Central' }
    await peer.authorize(token)
    await peer.stop()
    peer.cut()
    expect(await peer.authorize(token)).toMatchObject({ ok: false })
  })
})

describe('authorization offline', () => {
  const offline = async (configuration: Record<string, string>) => {
    await open(configuration)
    await listed(
      { idToken: 'MUM', info: { status: 'Accepted' } },
      { idToken: 'LOST', info: { status: 'Blocked' } },
    )
    peer.cut()
  }

  test('[2.0.1 C13] lets in whom list and cache accept', async () => {
    await offline({})
    expect(await peer.authorize('MUM')).toMatchObject({ ok: true })
    await peer.stop()
    expect(await peer.authorize('STRANGER')).toMatchObject({ ok: false })
  })

  test('[2.0.1 C13] nobody without LocalAuthorizeOffline', async () => {
    await offline({ 'AuthCtrlr.LocalAuthorizeOffline': 'false' })
    expect(await peer.authorize('MUM')).toMatchObject({ ok: false })
  })

  test('[2.0.1 C13.FR.04, C15] strangers where they may, but none that are known to be bad', async () => {
    await offline({ 'AuthCtrlr.OfflineTxForUnknownIdEnabled': 'true' })
    expect(await peer.authorize('LOST')).toMatchObject({ ok: false })
    expect(await peer.authorize('STRANGER')).toMatchObject({ ok: true })
  })

  test('[2.0.1 C15] a stranger who proves to be invalid is stopped after the reconnect', async () => {
    await offline({ 'AuthCtrlr.OfflineTxForUnknownIdEnabled': 'true' })
    await peer.plugIn()
    await peer.authorize('STRANGER')
    await peer.start()
    peer.forget()
    peer.judges(() => ({ status: 'Invalid' }))
    await peer.reconnect()
    expect(peer.told.at(-1)).toBe('Ended Deauthorized EVConnected DeAuthorized')
  })
})

describe('who may stop', () => {
  const charging = async (configuration: Record<string, string> = {}) => {
    await open(configuration, { evses: [ac, ac] })
    peer.judges((idToken) => {
      if (idToken === 'CHIEF') {
        return { status: 'Accepted', groupIdToken: { idToken: 'MASTERS', type: 'Central' } }
      }
      return idToken === 'STRANGER' ? { status: 'Accepted' } : { status: 'Accepted', ...family }
    })
    for (const at of [plug, second]) {
      await peer.plugIn(at)
      await peer.authorize('MUM', at)
      await peer.start(at)
    }
    peer.forget()
  }

  test('[2.0.1 C01.FR.03] who started, without being asked for', async () => {
    await charging()
    expect(await peer.stop('mum')).toMatchObject({ ok: true })
    expect(asked()).toBe(0)
  })

  test('[2.0.1 C09.FR.03, E07] another one of the group, told with his token', async () => {
    await charging()
    expect(await peer.stop('DAD')).toMatchObject({ ok: true })
    expect(asked()).toBe(1)
    expect(peer.told).toEqual(['Ended StopAuthorized EVConnected Local'])
    expect(peer.events[0]?.idToken?.idToken).toBe('DAD')
  })

  test('[2.0.1 C09.FR.07] nobody else', async () => {
    await charging()
    expect(await peer.stop('STRANGER')).toMatchObject({
      ok: false,
      reason: 'STRANGER is not of the group of MUM, who started',
    })
    expect(peer.told).toEqual([])
  })

  test('[2.0.1 C13, E08] offline, too, whom the list knows of the group', async () => {
    await charging()
    await listed({ idToken: 'KID', info: { status: 'Accepted', ...family } })
    peer.cut()
    expect(await peer.stop('STRANGER')).toMatchObject({ ok: false })
    expect(await peer.stop('KID')).toMatchObject({ ok: true })
  })

  test('[2.0.1 C16.FR.01] the master pass, the transaction that he chose', async () => {
    await charging({ 'AuthCtrlr.MasterPassGroupId': 'MASTERS' })
    expect(await peer.stop('CHIEF')).toMatchObject({ ok: true })
    expect(peer.told).toEqual(['Ended StopAuthorized EVConnected MasterPass'])
  })

  test('[2.0.1 C16.FR.02, FR.03] the master pass starts nothing, and ends all there is', async () => {
    await charging({ 'AuthCtrlr.MasterPassGroupId': 'MASTERS' })
    expect(await peer.authorize('CHIEF')).toMatchObject({
      ok: false,
      reason: 'CHIEF is a master pass: it starts nothing, and ended 2',
    })
    expect(peer.told).toEqual([
      'Ended StopAuthorized EVConnected MasterPass',
      'Ended StopAuthorized EVConnected MasterPass',
    ])
    await peer.authorize('CHIEF')
    expect(peer.told).toHaveLength(2)
  })
})
