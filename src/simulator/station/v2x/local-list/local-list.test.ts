import { afterEach, describe, expect, test } from 'vitest'
import { Peer2x } from '../../../../../test/helpers/peer-2x.ts'

let peer: Peer2x
afterEach(() => expect(peer.findings).toEqual([]))

const entry = (idToken: string, status?: string, type = 'ISO14443') => ({
  idToken: { idToken, type },
  ...(status !== undefined && { idTokenInfo: { status } }),
})
const send = (
  updateType: 'Full' | 'Differential',
  versionNumber: number,
  ...entries: readonly object[]
) =>
  peer.call('SendLocalList', {
    versionNumber,
    updateType,
    ...(entries.length > 0 && { localAuthorizationList: entries }),
  })
const version = async () => (await peer.call('GetLocalListVersion', {}))['versionNumber']
const entries = async () => {
  const { getVariableResult } = (await peer.call('GetVariables', {
    getVariableData: [{ component: { name: 'LocalAuthListCtrlr' }, variable: { name: 'Entries' } }],
  })) as { getVariableResult: { attributeValue: string }[] }
  return getVariableResult[0]?.attributeValue
}
/** Whether the station knows it while it is out of reach. */
const knows = async (idToken: string, type = 'ISO14443') => {
  peer.cut()
  const { ok } = await peer.authorize({ idToken, type })
  if (ok) await peer.stop()
  await peer.reconnect()
  return ok
}

describe('SendLocalList', () => {
  test('[2.0.1 D01.FR.04] Full replaces the list, and empties it', async () => {
    peer = await Peer2x.open()
    expect(await version()).toBe(0)
    expect(await send('Full', 3, entry('A', 'Accepted'), entry('B', 'Blocked'))).toEqual({
      status: 'Accepted',
    })
    expect([await version(), await entries()]).toEqual([3, '2'])
    expect([await knows('a'), await knows('B')]).toEqual([true, false])
    await send('Full', 2, entry('C', 'Accepted'))
    expect([await version(), await knows('A'), await knows('C')]).toEqual([2, false, true])
    expect(await send('Full', 5)).toEqual({ status: 'Accepted' })
    expect([await version(), await entries()]).toEqual([0, '0'])
  })

  test('[2.0.1 D01.FR.16, FR.17] Differential adds, changes and takes off', async () => {
    peer = await Peer2x.open()
    await send('Full', 1, entry('A', 'Accepted'), entry('B', 'Accepted'))
    await send('Differential', 2, entry('A'), entry('B', 'Expired'), entry('C', 'Accepted'))
    expect([await knows('A'), await knows('B'), await knows('C')]).toEqual([false, false, true])
    expect([await version(), await entries()]).toEqual([2, '2'])
  })

  test('[2.0.1 D01.FR.05] Differential without entries brings a new version only', async () => {
    peer = await Peer2x.open()
    await send('Full', 1, entry('A', 'Accepted'))
    expect(await send('Differential', 4)).toEqual({ status: 'Accepted' })
    expect([await version(), await knows('A')]).toEqual([4, true])
  })

  test('[2.0.1 D01.FR.19] Differential of no higher version is a VersionMismatch', async () => {
    peer = await Peer2x.open()
    await send('Full', 3, entry('A', 'Accepted'))
    expect(await send('Differential', 3, entry('B', 'Accepted'))).toEqual({
      status: 'VersionMismatch',
    })
    expect(await knows('B')).toBe(false)
  })

  test('[2.0.1 D01] tokens of one text and two types are two', async () => {
    peer = await Peer2x.open()
    await send('Full', 1, entry('1234', 'Accepted', 'KeyCode'), entry('1234', 'Blocked'))
    expect([await knows('1234', 'KeyCode'), await knows('1234')]).toEqual([true, false])
  })

  test.each([
    ['version 0 [2.0.1 D01.FR.18]', () => send('Full', 0, entry('A', 'Accepted'))],
    ['a token twice', () => send('Full', 1, entry('A', 'Accepted'), entry('a', 'Blocked'))],
    ['a full list without what it says', () => send('Full', 1, entry('A'))],
    [
      'more than ItemsPerMessage',
      () => send('Full', 1, ...Array.from({ length: 101 }, (_, i) => entry(`T${i}`, 'Accepted'))),
    ],
  ])('fails, and changes nothing, with %s', async (_what, update) => {
    peer = await Peer2x.open()
    expect(await update()).toMatchObject({ status: 'Failed' })
    expect(await entries()).toBe('0')
  })

  test('[2.0.1 D02.FR.03] fails where the list is switched off, which has version 0', async () => {
    peer = await Peer2x.open()
    await send('Full', 3, entry('A', 'Accepted'))
    await peer.setVariable('LocalAuthListCtrlr.Enabled', 'false')
    expect(await send('Full', 4, entry('B', 'Accepted'))).toMatchObject({ status: 'Failed' })
    expect([await version(), await knows('A')]).toEqual([0, false])
  })

  test('[2.0.1 D01.FR.10] the list survives a reboot', async () => {
    peer = await Peer2x.open()
    await send('Full', 3, entry('A', 'Accepted'))
    peer.actor.powerLoss()
    peer.station.powerUp()
    await peer.clock.run(1000)
    expect([await version(), await knows('A')]).toEqual([3, true])
  })
})
