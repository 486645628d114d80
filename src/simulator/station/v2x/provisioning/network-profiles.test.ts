import { afterEach, describe, expect, test } from 'vitest'
import { StationPeer, validators } from '../../../../../test/helpers/station-peer.ts'
import { protocol2x } from '../protocol.ts'

const protocol201 = protocol2x('ocpp2.0.1', validators)
const protocol21 = protocol2x('ocpp2.1', validators)
const protocols = [protocol201, protocol21] as const

let peer: StationPeer
afterEach(() => expect(peer.findings).toEqual([]))

const profile = {
  ocppVersion: 'OCPP20',
  ocppTransport: 'JSON',
  ocppInterface: 'Wired0',
  ocppCsmsUrl: 'ws://elsewhere/ocpp',
  messageTimeout: 20,
  securityProfile: 0,
}
const comm = (variable: string, attributeValue?: string) => ({
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: variable },
  ...(attributeValue !== undefined && { attributeValue }),
})
const slot = (instance: string, variable: string, attributeValue?: string) => ({
  component: { name: 'NetworkConfiguration', instance },
  variable: { name: variable },
  ...(attributeValue !== undefined && { attributeValue }),
})

async function set(...setVariableData: readonly object[]) {
  const answer = await peer.call('SetVariables', { setVariableData })
  return answer['setVariableResult'] as readonly Record<string, unknown>[]
}

async function get(...getVariableData: readonly object[]) {
  const answer = await peer.call('GetVariables', { getVariableData })
  const results = answer['getVariableResult'] as readonly Record<string, unknown>[]
  return results.map((result) => result['attributeValue'] ?? result['attributeStatus'])
}

const setProfile = (configurationSlot: number, data: object = {}) =>
  peer.call('SetNetworkProfile', { configurationSlot, connectionData: { ...profile, ...data } })

/** Where the station dialled; `dead` addresses refuse. */
function opened(protocol: typeof protocol201, dead: readonly string[] = []) {
  const urls: string[] = []
  peer = new StationPeer(protocol, {
    configuration: {
      'OCPPCommCtrlr.RetryBackOffRandomRange': '0',
      'OCPPCommCtrlr.RetryBackOffRepeatTimes': '0',
    },
  })
  const { dial } = peer.station.fleet
  Object.assign(peer.station.fleet, {
    dial: (request: Parameters<typeof dial>[0], result: Parameters<typeof dial>[1]) => {
      urls.push(request.url)
      if (!dead.some((address) => request.url.startsWith(address))) return dial(request, result)
      void Promise.resolve().then(() => result.failed('refused', 'nobody is there'))
      return () => undefined
    },
  })
  return { urls, ready: peer.booted() }
}

describe.each(protocols)('network profiles of $version', (protocol) => {
  test('[2.0.1 B09.FR.01, B10.FR.01, FR.04] a profile that comes first is used after a reset', async () => {
    const { urls, ready } = opened(protocol)
    await ready
    expect(await setProfile(2)).toEqual({ status: 'Accepted' })
    expect((await set(comm('NetworkConfigurationPriority', '2,1')))[0]?.['attributeStatus']).toBe(
      'Accepted',
    )
    expect(await get(comm('ActiveNetworkProfile'))).toEqual(['1'])
    await peer.call('Reset', { type: 'Immediate' })
    await peer.clock.run(10_000)
    expect(urls).toEqual(['ws://csms/CS-1', 'ws://elsewhere/ocpp/CS-1'])
    expect(peer.sent('BootNotification')).toMatchObject([{ reason: 'RemoteReset' }])
    expect(await get(comm('ActiveNetworkProfile'))).toEqual(['2'])
    const timeout = {
      ...comm('MessageTimeout'),
      variable: { name: 'MessageTimeout', instance: 'Default' },
    }
    expect(await get(timeout)).toEqual(['20'])
  })

  test('[2.0.1 B10.FR.03, FR.07] so many attempts with each, then what worked last', async () => {
    const dead = ['ws://elsewhere', 'ws://third']
    const { urls, ready } = opened(protocol, dead)
    await ready
    await setProfile(2)
    await setProfile(3, { ocppCsmsUrl: 'ws://third/' })
    await set(
      comm('NetworkConfigurationPriority', '2,3'),
      comm('NetworkProfileConnectionAttempts', '2'),
    )
    urls.length = 0
    await peer.call('Reset', { type: 'Immediate' })
    await peer.clock.run(60_000)
    expect(urls).toEqual([
      'ws://elsewhere/ocpp/CS-1',
      'ws://elsewhere/ocpp/CS-1',
      'ws://third/CS-1',
      'ws://third/CS-1',
      'ws://csms/CS-1',
    ])
    expect(peer.station.online).toBe(true)
    expect(await get(comm('ActiveNetworkProfile'))).toEqual(['1'])
  })

  test('[2.1 B10.FR.10] elsewhere without a reboot it registers anew', async () => {
    const { urls, ready } = opened(protocol)
    await ready
    await setProfile(2)
    await set(
      comm('NetworkConfigurationPriority', '1,2'),
      comm('NetworkProfileConnectionAttempts', '1'),
    )
    peer.cut()
    await peer.clock.run(0)
    const { dial } = peer.station.fleet
    const toFirst = (url: string) => url.startsWith('ws://csms')
    Object.assign(peer.station.fleet, {
      dial: (request: Parameters<typeof dial>[0], result: Parameters<typeof dial>[1]) => {
        if (!toFirst(request.url)) return dial(request, result)
        urls.push(request.url)
        void Promise.resolve().then(() => result.failed('refused', 'nobody is there'))
        return () => undefined
      },
    })
    peer.reachable = true
    peer.forget()
    await peer.clock.run(30_000)
    expect(urls.slice(-2)).toEqual(['ws://csms/CS-1', 'ws://elsewhere/ocpp/CS-1'])
    expect(peer.sent('BootNotification')).toMatchObject([{ reason: 'Unknown' }])
    expect(peer.actions()).toEqual(['BootNotification', 'StatusNotification'])
  })

  test.each([
    [9, {}, 'InvalidConfSlot'],
    [2, { ocppTransport: 'SOAP' }, 'InvalidNetworkConf'],
    [2, { ocppCsmsUrl: 'http://elsewhere' }, 'InvalidNetworkConf'],
    [2, { ocppCsmsUrl: 'ws://user:secret@elsewhere/' }, 'InvalidNetworkConf'],
    [2, { messageTimeout: 0 }, 'InvalidNetworkConf'],
    [2, { securityProfile: 2 }, 'InvalidNetworkConf'],
    [2, { securityProfile: 4 }, 'InvalidNetworkConf'],
  ])('[2.0.1 B09.FR.02, FR.05] slot %i with %j is Rejected: %s', async (at, data, reasonCode) => {
    const { ready } = opened(protocol)
    await ready
    expect(await setProfile(at, data)).toMatchObject({
      status: 'Rejected',
      statusInfo: { reasonCode },
    })
    const [answer] = await set(comm('NetworkConfigurationPriority', '1,2'))
    expect(answer).toMatchObject({
      attributeStatus: 'Rejected',
      attributeStatusInfo: { reasonCode: 'InvalidNetworkConf' },
    })
  })

  test('[2.0.1 B09.FR.04] a lower security profile is Rejected', async () => {
    peer = new StationPeer(
      protocol,
      {},
      {
        security: {
          profile: 1,
          ca: undefined,
          trustsAnyone: true,
          hasClients: false,
          reaches: () => true,
          clientOf: () => Promise.resolve(undefined),
        },
      },
    )
    await peer.booted()
    expect(await setProfile(2)).toMatchObject({
      status: 'Rejected',
      statusInfo: { reasonCode: 'NoSecurityDowngrade' },
    })
    expect(await setProfile(2, { securityProfile: 1 })).toEqual({ status: 'Accepted' })
  })

  test('[2.1 B09 remark] a new profile in the slot that is connected waits for the next connection', async () => {
    const { urls, ready } = opened(protocol)
    await ready
    await setProfile(1, { messageTimeout: 5 })
    const timeout = {
      ...comm('MessageTimeout'),
      variable: { name: 'MessageTimeout', instance: 'Default' },
    }
    expect(await get(timeout)).toEqual(['30'])
    peer.cut()
    peer.reachable = true
    await peer.clock.run(10_000)
    expect(urls.at(-1)).toBe('ws://elsewhere/ocpp/CS-1')
    expect(await get(timeout)).toEqual(['5'])
    expect(peer.actions()).not.toContain('BootNotification')
  })
})

describe('NetworkConfiguration', () => {
  test('[2.1 B09.FR.08] 2.1 shows its slots, 2.0.1 does not', async () => {
    await opened(protocol201).ready
    expect(await get(slot('1', 'OcppCsmsUrl'))).toEqual(['UnknownComponent'])
    await opened(protocol21).ready
    expect(await get(slot('1', 'OcppCsmsUrl'), slot('2', 'OcppCsmsUrl'), slot('4', 'Apn'))).toEqual(
      ['ws://csms', '', 'UnknownComponent'],
    )
  })

  test('[2.1 B09.FR.09, FR.11, FR.12] SetNetworkProfile fills the variables of its slot', async () => {
    await opened(protocol21).ready
    const vpn = { type: 'IKEv2', server: 'vpn', user: 'u', password: 'p', key: 'k' }
    await setProfile(2, { identity: 'CS-ONE', basicAuthPassword: 'sixteen-letters!', vpn })
    expect(
      await get(
        slot('2', 'OcppCsmsUrl'),
        slot('2', 'Identity'),
        slot('2', 'BasicAuthPassword'),
        slot('2', 'VpnEnabled'),
        slot('2', 'VpnServer'),
        slot('2', 'VpnKey'),
        slot('2', 'ApnEnabled'),
      ),
    ).toEqual(['ws://elsewhere/ocpp', 'CS-ONE', 'Rejected', 'true', 'vpn', 'Rejected', 'false'])
    await setProfile(2)
    expect(await get(slot('2', 'VpnEnabled'), slot('2', 'Identity'))).toEqual(['false', ''])
  })

  test('[2.1 B09.FR.22 to FR.25] only what is not in use can be set variable by variable', async () => {
    await opened(protocol21).ready
    const statusOf = async (...data: readonly object[]) =>
      (await set(...data)).map((one) => one['attributeStatusInfo'] ?? one['attributeStatus'])
    expect(
      await statusOf(
        slot('1', 'MessageTimeout', '10'),
        slot('2', 'OcppCsmsUrl', 'nowhere'),
        slot('2', 'OcppCsmsUrl', 'ws://second/'),
        slot('2', 'MessageTimeout', '10'),
      ),
    ).toMatchObject([
      { reasonCode: 'ActiveNetworkConf' },
      { reasonCode: 'InvalidNetworkConf' },
      'Accepted',
      'Accepted',
    ])
    expect(await statusOf(comm('NetworkConfigurationPriority', '2,1'))).toEqual(['Accepted'])
  })

  test('[2.1 B09.FR.27, FR.28] identity and password are those of the slot, until another is set', async () => {
    const { urls, ready } = opened(protocol21)
    await ready
    await setProfile(2, { identity: 'CS-ONE', basicAuthPassword: 'password-of-slot-2' })
    await set(comm('NetworkConfigurationPriority', '2'))
    await peer.call('Reset', { type: 'Immediate' })
    await peer.clock.run(10_000)
    expect(urls.at(-1)).toBe('ws://elsewhere/ocpp/CS-ONE')
    expect(peer.dialled.at(-1)).toEqual({ password: 'password-of-slot-2' })
    expect(
      await get({ component: { name: 'SecurityCtrlr' }, variable: { name: 'Identity' } }),
    ).toEqual(['CS-ONE'])
    await set({
      component: { name: 'SecurityCtrlr' },
      variable: { name: 'BasicAuthPassword' },
      attributeValue: 'another-password!',
    })
    await peer.clock.run(10_000)
    expect(peer.dialled.at(-1)).toEqual({ password: 'another-password!' })
  })
})
