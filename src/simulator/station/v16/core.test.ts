import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, silent, validators } from '../../../../test/helpers/station-peer.ts'
import type { StationTemplate } from '../../scenario/plan.ts'
import { type ConnectorStatus, transitions } from '../connector-machine.ts'
import { protocol16 } from './protocol16.ts'

const protocol = protocol16(validators)
const socket = { connectors: ['sType2'], maxPowerW: 22_000, phases: 3, current: 'AC' } as const
const token = { idToken: 'TAG-1', type: 'Central' }

function peer(template: Partial<StationTemplate> = {}): StationPeer {
  const bench = new StationPeer(protocol, { evses: [socket, socket], ...template })
  let next = 0
  bench.answers.set('Authorize', () => ({ idTagInfo: { status: 'Accepted' } }))
  bench.answers.set('StartTransaction', () => {
    next += 1
    return { transactionId: next, idTagInfo: { status: 'Accepted' } }
  })
  return bench
}

const booted = (template?: Partial<StationTemplate>) => peer(template).booted()
const configured = (configuration: Record<string, string>) => booted({ configuration })

async function charge(bench: StationPeer): Promise<void> {
  await bench.act(bench.actor.plugIn(plug, ev))
  await bench.act(bench.actor.authorize(plug, token, bench.cancel))
  await bench.act(bench.actor.start(plug, bench.cancel))
  bench.forget()
}

const statuses = (bench: StationPeer) =>
  bench
    .sent('StatusNotification')
    .map(({ connectorId, status }) => `${String(connectorId)} ${String(status)}`)

describe('BootNotification', () => {
  test('[1.6 6.3] names vendor, model, serials, firmware, modem and meter', async () => {
    const bench = peer({
      firmware: '1.2.3',
      modem: { iccid: '8949', imsi: '2620' },
      meter: {
        type: 'M1',
        serial: 'M-7',
        energyUnit: 'Wh',
        powerUnit: 'W',
        temperatureUnit: 'Celsius',
        location: undefined,
        signedData: undefined,
        powerFactor: 1,
        main: false,
      },
    })
    bench.station.boot()
    await bench.clock.run(0)
    expect(bench.sent('BootNotification')).toEqual([
      {
        chargePointVendor: 'Acme',
        chargePointModel: 'AC22',
        firmwareVersion: '1.2.3',
        iccid: '8949',
        imsi: '2620',
        meterType: 'M1',
        meterSerialNumber: 'M-7',
      },
    ])
  })
})

describe('TriggerMessage and ExtendedTriggerMessage', () => {
  const asked = async (bench: StationPeer, action: string, requestedMessage: string) => {
    const { status } = await bench.call(action, { requestedMessage })
    await bench.clock.run(0)
    return status
  }

  test.each([
    ['TriggerMessage', 'BootNotification', 'BootNotification'],
    ['TriggerMessage', 'DiagnosticsStatusNotification', 'DiagnosticsStatusNotification'],
    ['TriggerMessage', 'FirmwareStatusNotification', 'FirmwareStatusNotification'],
    ['TriggerMessage', 'Heartbeat', 'Heartbeat'],
    ['TriggerMessage', 'MeterValues', 'MeterValues'],
    ['TriggerMessage', 'StatusNotification', 'StatusNotification'],
    ['ExtendedTriggerMessage', 'BootNotification', 'BootNotification'],
    ['ExtendedTriggerMessage', 'FirmwareStatusNotification', 'SignedFirmwareStatusNotification'],
    ['ExtendedTriggerMessage', 'Heartbeat', 'Heartbeat'],
    ['ExtendedTriggerMessage', 'LogStatusNotification', 'LogStatusNotification'],
    ['ExtendedTriggerMessage', 'MeterValues', 'MeterValues'],
    ['ExtendedTriggerMessage', 'StatusNotification', 'StatusNotification'],
  ])('[1.6 5.17, SWP 5.5] %s of %s brings %s after the answer', async (action, name, sent) => {
    const bench = await booted()
    expect(await asked(bench, action, name)).toBe('Accepted')
    expect(bench.actions()[0]).toBe(sent)
    expect(bench.findings).toEqual([])
  })

  test('[1.6 SWP A02] no certificate is asked for without a CpoName', async () => {
    const bench = await booted()
    expect(await asked(bench, 'ExtendedTriggerMessage', 'SignChargePointCertificate')).toBe(
      'Rejected',
    )
  })

  test.each(['TriggerMessage', 'ExtendedTriggerMessage'])(
    '[1.6 7.32] %s of what the enumeration does not name is a CALLERROR',
    async (action) => {
      const bench = await booted()
      const outcome = await bench.outcome(action, { requestedMessage: 'StartTransaction' })
      expect(outcome).toMatchObject({ kind: 'error', wireCode: 'PropertyConstraintViolation' })
    },
  )

  test('[1.6 errata 3.22] statuses follow a boot that was triggered', async () => {
    const bench = await booted()
    await asked(bench, 'TriggerMessage', 'BootNotification')
    expect(bench.actions()).toEqual(['BootNotification', ...Array(3).fill('StatusNotification')])
  })

  test('[1.6 5.17] a connector is ignored where the message is not about one', async () => {
    const bench = await booted()
    const request = { requestedMessage: 'Heartbeat', connectorId: 9 }
    expect(await bench.call('TriggerMessage', request)).toEqual({ status: 'Accepted' })
    await bench.clock.run(0)
    expect(bench.actions()).toEqual(['Heartbeat'])
  })

  test('MeterValues of connector 0 without a meter and of an unknown one are Rejected', async () => {
    const bench = await booted()
    for (const connectorId of [0, 3]) {
      const request = { requestedMessage: 'MeterValues', connectorId }
      expect(await bench.call('TriggerMessage', request)).toEqual({ status: 'Rejected' })
    }
  })
})

describe('UnlockConnector', () => {
  test('[1.6 7.46] a stuck lock is UnlockFailed, until it is repaired', async () => {
    const bench = await booted()
    await bench.act(bench.actor.fault(plug, { code: 'ConnectorLockFailure' }))
    const unlock = () => bench.call('UnlockConnector', { connectorId: 1 })
    expect(await unlock()).toEqual({ status: 'UnlockFailed' })
    await bench.act(bench.actor.clearFault(plug))
    expect(await unlock()).toEqual({ status: 'Unlocked' })
  })

  test('[1.6 5.18] ends the transaction on it, reason UnlockCommand', async () => {
    const bench = await booted()
    await charge(bench)
    expect(await bench.call('UnlockConnector', { connectorId: 1 })).toEqual({ status: 'Unlocked' })
    await bench.clock.run(0)
    expect(bench.sent('StopTransaction')).toMatchObject([{ reason: 'UnlockCommand' }])
  })

  test.each(['wInductive', 'Pan', 'sCEE-7-7', 'cCCS2'])(
    '[1.6 7.46] %s has no lock: NotSupported',
    async (type) => {
      const bench = await booted({ evses: [{ ...socket, connectors: [type] }] })
      expect(await bench.call('UnlockConnector', { connectorId: 1 })).toEqual({
        status: 'NotSupported',
      })
    },
  )
})

describe('a cable that is pulled at the EV', () => {
  test('[1.6 4.9, 4.10] Finishing says why, then the socket is Available', async () => {
    const bench = await booted()
    await charge(bench)
    await bench.act(bench.actor.unplug(plug, bench.cancel))
    expect(bench.sent('StopTransaction')).toMatchObject([{ reason: 'EVDisconnected' }])
    expect(bench.sent('StatusNotification')).toMatchObject([
      { status: 'Finishing', info: 'EV side disconnected', errorCode: 'NoError' },
      { status: 'Available' },
    ])
  })

  const keeping = { UnlockConnectorOnEVSideDisconnect: 'false' }

  test('[1.6 9.1.33] stays locked in its socket until the CSMS unlocks it', async () => {
    const bench = await configured(keeping)
    await charge(bench)
    await bench.act(bench.actor.unplug(plug, bench.cancel))
    await bench.clock.run(600_000)
    expect(statuses(bench)).toEqual(['1 Finishing'])
    const expiryDate = '2027-01-01T00:00:00Z'
    const reservation = { connectorId: 1, idTag: 'GUEST', reservationId: 1, expiryDate }
    expect(await bench.call('ReserveNow', reservation)).toEqual({ status: 'Occupied' })
    expect(await bench.act(bench.actor.unplug(plug, bench.cancel))).toMatchObject({ ok: false })
    await bench.call('UnlockConnector', { connectorId: 1 })
    await bench.clock.run(0)
    expect(statuses(bench)).toEqual(['1 Finishing', '1 Available'])
    expect(bench.sent('StopTransaction').length).toBe(1)
  })

  test('[1.6 4.10] or until somebody presents an idTag, which starts nothing', async () => {
    const bench = await configured(keeping)
    await charge(bench)
    await bench.act(bench.actor.unplug(plug, bench.cancel))
    await bench.act(bench.actor.authorize(plug, token, bench.cancel))
    expect(statuses(bench)).toEqual(['1 Finishing', '1 Available'])
    await bench.act(bench.actor.plugIn(plug, ev))
    expect(statuses(bench).at(-1)).toBe('1 Preparing')
    expect(bench.sent('StartTransaction')).toEqual([])
  })

  test('[1.6 4.9] SuspendedEV says why where the transaction goes on', async () => {
    const bench = await configured({ StopTransactionOnEVSideDisconnect: 'false', ...keeping })
    await charge(bench)
    await bench.act(bench.actor.unplug(plug, bench.cancel))
    expect(bench.sent('StatusNotification')).toMatchObject([
      { status: 'SuspendedEV', info: 'EV side disconnected' },
    ])
    await bench.call('RemoteStopTransaction', { transactionId: 1 })
    await bench.clock.run(0)
    expect(bench.sent('StopTransaction')).toMatchObject([{ reason: 'Remote' }])
    expect(statuses(bench)).toEqual(['1 SuspendedEV', '1 Finishing', '1 Available'])
  })

  test('[1.6 4.10] locked or not, it stays where the transaction goes on, and charges again', async () => {
    const bench = await configured({ StopTransactionOnEVSideDisconnect: 'false' })
    await charge(bench)
    await bench.act(bench.actor.unplug(plug, bench.cancel))
    expect(await bench.act(bench.actor.unplug(plug, bench.cancel))).toMatchObject({ ok: false })
    await bench.act(bench.actor.plugIn(plug, ev))
    expect(statuses(bench)).toEqual(['1 SuspendedEV', '1 Charging'])
    await bench.act(bench.actor.stop(plug, {}, bench.cancel))
    expect(statuses(bench).at(-1)).toBe('1 Finishing')
  })
})

describe('a socket in any order of acts', () => {
  type Act = (bench: StationPeer) => Promise<unknown>
  const acts: Readonly<Record<string, Act>> = {
    plugIn: ({ actor }) => actor.plugIn(plug, ev),
    authorize: ({ actor, cancel }) => actor.authorize(plug, token, cancel),
    start: ({ actor, cancel }) => actor.start(plug, cancel),
    stop: ({ actor, cancel }) => actor.stop(plug, {}, cancel),
    unplug: ({ actor, cancel }) => actor.unplug(plug, cancel),
    unlock: (bench) => bench.outcome('UnlockConnector', { connectorId: 1 }),
    lockFault: ({ actor }) => actor.fault(plug, { code: 'ConnectorLockFailure' }),
    clearFault: ({ actor }) => actor.clearFault(plug),
    unavailable: (bench) =>
      bench.outcome('ChangeAvailability', { connectorId: 1, type: 'Inoperative' }),
    available: (bench) =>
      bench.outcome('ChangeAvailability', { connectorId: 0, type: 'Operative' }),
  }

  test('[1.6 4.9] statuses follow the matrix, every start has its stop, and an unlock frees it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...Object.keys(acts)), { maxLength: 25 }),
        async (names) => {
          const bench = await configured({ UnlockConnectorOnEVSideDisconnect: 'false' })
          for (const name of [...names, 'clearFault', 'unplug', 'unlock', 'available']) {
            const act = acts[name]?.(bench)
            await bench.clock.run(100_000)
            await act
          }
          let at: ConnectorStatus = 'Available'
          for (const payload of bench.sent('StatusNotification')) {
            if (payload['connectorId'] !== 1) continue
            const next = payload['status'] as ConnectorStatus
            expect(transitions[at]).toContain(next)
            at = next
          }
          expect(at).toBe('Available')
          expect(bench.sent('StopTransaction').map(({ transactionId }) => transactionId)).toEqual(
            bench.sent('StartTransaction').map((_, i) => i + 1),
          )
          expect(bench.findings).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('MinimumStatusDuration', () => {
  test('[1.6 9.1.20] what does not last is not told, what lasts is told when it has', async () => {
    const bench = await configured({ MinimumStatusDuration: '10' })
    await bench.act(bench.actor.plugIn(plug, ev), 4000)
    await bench.act(bench.actor.start(plug, bench.cancel), 4000)
    expect(statuses(bench)).toEqual([])
    await bench.clock.run(5999)
    expect(statuses(bench)).toEqual([])
    await bench.clock.run(1)
    expect(statuses(bench)).toEqual(['1 Charging'])
    const pause = bench.actor.suspendEv(plug, 5000, bench.cancel)
    await bench.clock.run(60_000)
    await pause
    expect(statuses(bench)).toEqual(['1 Charging'])
  })

  test('a trigger and a boot tell what holds now; a power loss forgets what waited', async () => {
    const bench = await configured({ MinimumStatusDuration: '10' })
    await bench.act(bench.actor.plugIn(plug, ev))
    await bench.call('TriggerMessage', { requestedMessage: 'StatusNotification', connectorId: 1 })
    await bench.clock.run(60_000)
    expect(statuses(bench)).toEqual(['1 Preparing'])
    await bench.act(bench.actor.unplug(plug, bench.cancel))
    bench.forget()
    bench.station.reboot('remoteReset')
    await bench.clock.run(60_000)
    expect(statuses(bench)).toEqual(['0 Available', '1 Available', '2 Available'])
  })
})

describe('Reset', () => {
  test('without power nobody switches it on again', async () => {
    const bench = await booted()
    await charge(bench)
    bench.answers.set('StopTransaction', silent)
    await bench.call('Reset', { type: 'Soft' })
    bench.actor.powerLoss()
    bench.forget()
    await bench.clock.run(600_000)
    expect(bench.actions()).toEqual([])
  })

  test('[1.6 9.1.22] is tried ResetRetries times more while it fails, and says so each time', async () => {
    const bench = await configured({ ResetRetries: '2' })
    await bench.act(bench.actor.fault(plug, { code: 'ResetFailure' }))
    bench.forget()
    expect(await bench.call('Reset', { type: 'Hard' })).toEqual({ status: 'Accepted' })
    await bench.clock.run(60_000)
    expect(bench.sent('StatusNotification')).toMatchObject(
      Array(3).fill({ connectorId: 1, errorCode: 'ResetFailure' }),
    )
    expect(bench.actions()).not.toContain('BootNotification')
  })

  test('[1.6 9.1.22] a retry succeeds once what was broken works again', async () => {
    const bench = await configured({ ResetRetries: '2' })
    await bench.act(bench.actor.fault(plug, { code: 'ResetFailure' }))
    await bench.call('Reset', { type: 'Soft' })
    await bench.act(bench.actor.clearFault(plug))
    bench.forget()
    await bench.clock.run(60_000)
    expect(bench.actions().filter((action) => action === 'BootNotification').length).toBe(1)
  })
})

describe('ChangeAvailability', () => {
  const order = (bench: StationPeer, connectorId: number, type: string) =>
    bench.call('ChangeAvailability', { connectorId, type })

  test('[1.6 5.2] what it is already is Accepted; a scheduled order can be taken back', async () => {
    const bench = await booted()
    expect(await order(bench, 2, 'Operative')).toEqual({ status: 'Accepted' })
    await charge(bench)
    expect(await order(bench, 1, 'Inoperative')).toEqual({ status: 'Scheduled' })
    expect(await order(bench, 1, 'Operative')).toEqual({ status: 'Accepted' })
    await bench.act(bench.actor.stop(plug, {}, bench.cancel))
    expect(statuses(bench)).toEqual(['1 Finishing'])
  })

  test('[1.6 4.9] Unavailable holds over a power loss in the transaction that it waited for', async () => {
    const bench = await booted()
    await charge(bench)
    await order(bench, 0, 'Inoperative')
    bench.actor.powerLoss()
    bench.forget()
    bench.station.powerUp()
    await bench.clock.run(10_000)
    expect(statuses(bench)).toEqual(['0 Unavailable', '1 Unavailable', '2 Unavailable'])
    expect(bench.sent('StopTransaction')).toMatchObject([{ reason: 'PowerLoss' }])
  })
})

describe('DataTransfer', () => {
  test('[1.6 5.6] DisplayText of the own vendor stands on the display over a reboot', async () => {
    const bench = await booted()
    const send = (payload: object) => bench.call('DataTransfer', { vendorId: 'Acme', ...payload })
    expect(await send({ messageId: 'DisplayText', data: 'Out of order' })).toMatchObject({
      status: 'Accepted',
    })
    expect(await send({ messageId: 'DisplayText', data: 'x'.repeat(201) })).toEqual({
      status: 'Rejected',
    })
    expect(await send({ messageId: 'Dance' })).toEqual({ status: 'UnknownMessageId' })
    expect(await bench.call('DataTransfer', { vendorId: 'Other' })).toEqual({
      status: 'UnknownVendorId',
    })
    await bench.call('Reset', { type: 'Hard' })
    await bench.clock.run(10_000)
    expect(await bench.call('GetConfiguration', { key: ['DisplayText'] })).toEqual({
      configurationKey: [{ key: 'DisplayText', readonly: true, value: 'Out of order' }],
    })
  })
})

describe('StopTransaction reasons', () => {
  test.each([
    ['EmergencyStop', 'EmergencyStop'],
    ['GroundFailure', 'Other'],
  ])('[1.6 7.36] the fault %s ends a transaction with %s', async (code, reason) => {
    const bench = await booted()
    await charge(bench)
    await bench.act(bench.actor.fault(plug, { code }))
    expect(bench.sent('StopTransaction')).toMatchObject([{ reason }])
  })

  test.each(['Reboot', 'Other', 'EmergencyStop'])(
    '[1.6 7.36] %s, where a script says so',
    async (reason) => {
      const bench = await booted()
      await charge(bench)
      await bench.act(bench.actor.stop(plug, { reason }, bench.cancel))
      expect(bench.sent('StopTransaction')).toMatchObject([{ reason }])
    },
  )
})
