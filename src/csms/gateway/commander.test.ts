import { describe, expect, test } from 'vitest'
import { memoryCsms } from '../../../test/helpers/memory-csms.ts'

const accepted = { status: 'Accepted' }
const component = { name: 'OCPPCommCtrlr' }
const variable = { name: 'HeartbeatInterval' }

describe('CSMS-initiated actions', () => {
  test.each([
    ['RemoteStartTransaction', { connectorId: 1, idTag: 'T1' }, accepted],
    ['RemoteStopTransaction', { transactionId: 1 }, accepted],
    ['Reset', { type: 'Soft' }, accepted],
    ['TriggerMessage', { requestedMessage: 'MeterValues', connectorId: 1 }, accepted],
    ['ChangeAvailability', { connectorId: 0, type: 'Inoperative' }, { status: 'Scheduled' }],
    ['UnlockConnector', { connectorId: 1 }, { status: 'Unlocked' }],
    ['GetConfiguration', {}, { unknownKey: ['X'] }],
    ['ChangeConfiguration', { key: 'HeartbeatInterval', value: '60' }, accepted],
    ['ClearCache', {}, accepted],
    ['DataTransfer', { vendorId: 'x' }, { status: 'UnknownVendorId' }],
    ['GetLocalListVersion', {}, { listVersion: -1 }],
  ])('1.6 %s reaches the station and its answer comes back', async (action, payload, answer) => {
    const csms = memoryCsms()
    const station = await csms.boot('CP1')
    station.serve = () => answer
    expect(await csms.commander.send('CP1', action, payload)).toEqual({
      status: 'answered',
      payload: answer,
    })
    expect(station.heard.at(-1)).toEqual([2, 'r-csms-1', action, payload])
    const event = { type: 'command', stationId: 'CP1', action, outcome: 'answered' }
    expect(csms.events).toContainEqual(expect.objectContaining(event))
  })

  test.each([
    ['RequestStartTransaction', { remoteStartId: 1, idToken: { idToken: 'T1', type: 'Local' } }],
    ['RequestStopTransaction', { transactionId: 'tx-1' }],
    ['Reset', { type: 'OnIdle' }],
    ['TriggerMessage', { requestedMessage: 'TransactionEvent', evse: { id: 1 } }],
    ['ChangeAvailability', { operationalStatus: 'Operative', evse: { id: 1 } }],
    ['UnlockConnector', { evseId: 1, connectorId: 1 }, { status: 'UnlockFailed' }],
    [
      'GetVariables',
      { getVariableData: [{ component, variable }] },
      { getVariableResult: [{ attributeStatus: 'UnknownVariable', component, variable }] },
    ],
    [
      'SetVariables',
      { setVariableData: [{ component, variable, attributeValue: '60' }] },
      { setVariableResult: [{ attributeStatus: 'Accepted', component, variable }] },
    ],
    ['GetBaseReport', { requestId: 1, reportBase: 'FullInventory' }],
    ['ClearCache', {}],
    ['DataTransfer', { vendorId: 'x' }],
  ])(
    '2.x %s reaches the station and its answer comes back',
    async (action, payload, answer = accepted) => {
      for (const version of ['ocpp2.0.1', 'ocpp2.1'] as const) {
        const csms = memoryCsms()
        const station = await csms.boot('CS1', version)
        station.serve = () => answer
        expect(await csms.commander.send('CS1', action, payload)).toEqual({
          status: 'answered',
          payload: answer,
        })
        expect(station.heard.at(-1)).toEqual([2, 'r-csms-1', action, payload])
      }
    },
  )

  test('1.6 configuration is remembered as reported and as changed, secrets are not', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CP1')
    const key = (name: string, value: string) => ({ key: name, value, readonly: false })
    station.serve = (action) =>
      action === 'GetConfiguration'
        ? { configurationKey: [key('HeartbeatInterval', '300'), key('AuthorizationKey', 'abc')] }
        : accepted
    await csms.commander.send('CP1', 'GetConfiguration', {})
    const change = { key: 'HeartbeatInterval', value: '60' }
    await csms.commander.send('CP1', 'ChangeConfiguration', change)
    const secret = { key: 'AuthorizationKey', value: '0123456789abcdef' }
    await csms.commander.send('CP1', 'ChangeConfiguration', secret)
    expect(csms.store.stations.get('CP1')?.configuration).toEqual({
      HeartbeatInterval: { value: '60', readonly: false },
      AuthorizationKey: { value: undefined, readonly: false },
    })
  })

  test('2.x variables are remembered as reported and as set, where the station accepted', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CS1', 'ocpp2.0.1')
    const other = { name: 'RetryBackOffWaitMinimum' }
    station.serve = (action) =>
      action === 'GetVariables'
        ? {
            getVariableResult: [
              { attributeStatus: 'Accepted', attributeValue: '300', component, variable },
            ],
          }
        : {
            setVariableResult: [
              { attributeStatus: 'Accepted', component, variable },
              { attributeStatus: 'Rejected', component, variable: other },
            ],
          }
    const values = () =>
      Object.entries(csms.store.stations.get('CS1')?.variables ?? {}).map(([name, known]) => [
        name,
        known.attributes,
      ])
    await csms.commander.send('CS1', 'GetVariables', { getVariableData: [{ component, variable }] })
    expect(values()).toEqual([['OCPPCommCtrlr/HeartbeatInterval', { Actual: '300' }]])
    const setVariableData = [
      { component, variable, attributeValue: '60' },
      { component, variable: other, attributeValue: '5' },
    ]
    await csms.commander.send('CS1', 'SetVariables', { setVariableData })
    expect(values()).toEqual([['OCPPCommCtrlr/HeartbeatInterval', { Actual: '60' }]])
  })
})

describe('a command that goes wrong', () => {
  test('is refused where the version has no such action or only stations send it', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CP1')
    const refused = { status: 'refused', because: 'action' }
    expect(await csms.commander.send('CP1', 'SetVariables', {})).toMatchObject(refused)
    expect(await csms.commander.send('CP1', 'reset', { type: 'Soft' })).toEqual({
      ...refused,
      message: 'ocpp1.6 has no action "reset". Did you mean "Reset"?',
    })
    expect(await csms.commander.send('CP1', 'Heartbeat', {})).toMatchObject(refused)
    expect(station.heard).toHaveLength(1)
  })

  test('is refused with the place where its payload breaks the schema', async () => {
    const csms = memoryCsms()
    await csms.boot('CP1')
    expect(await csms.commander.send('CP1', 'Reset', { type: 'Gentle' })).toEqual({
      status: 'refused',
      because: 'payload',
      message: '/type must be equal to one of the allowed values (Hard, Soft)',
    })
  })

  test('tells an unknown station from one that is offline', async () => {
    const csms = memoryCsms({ stations: [{ id: 'CP1' }] })
    const reset = { type: 'Soft' }
    expect(await csms.commander.send('CP1', 'Reset', reset)).toEqual({ status: 'offline' })
    expect(await csms.commander.send('CP2', 'Reset', reset)).toEqual({ status: 'unknownStation' })
  })

  test('ends with the CALLERROR of the station, spelled as it was', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CP1')
    const command = csms.commander.send('CP1', 'Reset', { type: 'Soft' })
    await csms.clock.run(0)
    station.socket.send('[4,"r-csms-1","FormationViolation","no",{"a":1}]')
    expect(await command).toEqual({
      status: 'callError',
      code: 'FormationViolation',
      description: 'no',
      details: { a: 1 },
    })
  })

  test('ends as invalid where the answer breaks its schema', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CP1')
    station.serve = () => ({ status: 'Perhaps' })
    expect(await csms.commander.send('CP1', 'Reset', { type: 'Soft' })).toMatchObject({
      status: 'invalidAnswer',
      payload: { status: 'Perhaps' },
    })
    expect(csms.domain.counters.snapshot().findings).toMatchObject({
      RPC_RESPONSE_SCHEMA: { level: 'MUST', count: 1 },
    })
  })

  test('times out, and an answer that comes too late is counted and dropped', async () => {
    const csms = memoryCsms({ callTimeoutMs: 1000 })
    const station = await csms.boot('CP1')
    const command = csms.commander.send('CP1', 'Reset', { type: 'Soft' })
    await csms.clock.run(1500)
    expect(await command).toEqual({ status: 'timeout' })
    station.socket.send('[3,"r-csms-1",{"status":"Accepted"}]')
    await csms.clock.run(0)
    expect(csms.domain.counters).toMatchObject({ lateAnswers: 1 })
  })

  test('times out in the queue without ever being sent', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CP1')
    const first = csms.commander.send('CP1', 'Reset', { type: 'Soft' })
    const second = csms.commander.send('CP1', 'ClearCache', {}, 1000)
    await csms.clock.run(1500)
    expect(await second).toEqual({ status: 'timeout' })
    station.socket.send('[3,"r-csms-1",{"status":"Accepted"}]')
    expect(await first).toMatchObject({ status: 'answered' })
    await csms.clock.run(0)
    expect(station.heard.map((frame) => frame[2])).not.toContain('ClearCache')
  })

  test('is refused when too many wait for the same station, others are not affected', async () => {
    const csms = memoryCsms({ longestQueue: 2 })
    await csms.boot('CP1')
    const other = await csms.boot('CP2')
    other.serve = () => accepted
    const send = (id: string) => csms.commander.send(id, 'ClearCache', {})
    void send('CP1')
    void send('CP1')
    void send('CP1')
    expect(await send('CP1')).toMatchObject({ status: 'refused', because: 'queue' })
    expect(await send('CP2')).toMatchObject({ status: 'answered' })
  })

  test('is lost when the station goes away, those behind it were never sent', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CP1')
    const first = csms.commander.send('CP1', 'Reset', { type: 'Soft' })
    const second = csms.commander.send('CP1', 'ClearCache', {})
    await csms.clock.run(0)
    station.socket.terminate()
    expect(await first).toEqual({ status: 'lost' })
    expect(await second).toEqual({ status: 'offline' })
  })

  test('crosses a CALL of the station, which is served meanwhile', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CP1')
    const command = csms.commander.send('CP1', 'Reset', { type: 'Soft' })
    expect(await station.ask('Heartbeat', {})).toHaveProperty('currentTime')
    station.socket.send('[3,"r-csms-1",{"status":"Rejected"}]')
    expect(await command).toEqual({ status: 'answered', payload: { status: 'Rejected' } })
  })
})
