import { afterEach, describe, expect, test } from 'vitest'
import { ac, Bench2x, second, versions2x } from '../../../../../test/helpers/bench-2x.ts'
import { plug, silent } from '../../../../../test/helpers/station-peer.ts'
import type { StationTemplate } from '../../../scenario/plan.ts'
import { plainMeter } from '../../meter/units.ts'

const remote = { idToken: 'REMOTE', type: 'Central' }
const two = { evses: [ac, { ...ac, connectors: ['cCCS2', 'cType2'] }] }
const socket = { evses: [{ ...ac, connectors: ['sType2'] }] }

let bench: Bench2x
afterEach(() => expect(bench.findings).toEqual([]))

describe.each(versions2x)('a station of %s', (version) => {
  const open = async (
    template: Partial<StationTemplate> = {},
    configuration: Readonly<Record<string, string>> = {},
  ) => {
    bench = await Bench2x.open(version, template, configuration)
  }
  const remoteStart = (more: object = {}) =>
    bench.call('RequestStartTransaction', { idToken: remote, remoteStartId: 42, ...more })

  describe('RequestStartTransaction', () => {
    test('[2.0.1 F01] charges where an EV waits and tells the remoteStartId once', async () => {
      await open(two)
      await bench.plugIn(second)
      bench.forget()
      expect(await remoteStart()).toEqual({ status: 'Accepted' })
      expect(bench.events()).toEqual(['Started RemoteStart', 'Updated ChargingStateChanged'])
      const [started, updated] = bench.sent('TransactionEvent')
      expect(started).toMatchObject({
        evse: { id: 2, connectorId: 1 },
        idToken: remote,
        transactionInfo: { remoteStartId: 42 },
      })
      expect(updated?.['transactionInfo']).not.toHaveProperty('remoteStartId')
      expect(bench.actor.variable('remoteStartId', second)).toBe(42)
    })

    test('[2.0.1 F02.FR.21] the first event says RemoteStart, though the cable set it off', async () => {
      await open()
      await remoteStart({ evseId: 1 })
      expect(bench.actions()).toEqual([])
      await bench.plugIn()
      expect(bench.station.evses[0]?.outlet.powerW).toBe(11_000)
      expect(bench.events()[0]).toBe('Started RemoteStart')
    })

    test('[2.0.1 F01.FR.13] names the transaction that the cable began', async () => {
      await open({ txStartPoint: ['EVConnected'] })
      await bench.plugIn()
      const transactionId = bench.actor.variable('transactionId', plug)
      expect(await remoteStart()).toEqual({ status: 'Accepted', transactionId })
      expect(bench.events()).toEqual([
        'Started CablePluggedIn',
        'Updated RemoteStart',
        'Updated ChargingStateChanged',
      ])
    })

    test('[2.0.1 F01.FR.01] asks the CSMS first if AuthorizeRemoteStart', async () => {
      await open({}, { 'AuthCtrlr.AuthorizeRemoteStart': 'true' })
      await bench.plugIn()
      bench.forget()
      await remoteStart({ idToken: { idToken: 'CARD', type: 'ISO14443' } })
      expect(bench.actions()).toEqual(['Authorize', 'TransactionEvent', 'TransactionEvent'])
    })

    test('[2.0.1 F01.FR.23, FR.24] is Rejected where it cannot be, and says why', async () => {
      await open(two)
      await bench.charging()
      const why = async (more: object) => {
        const answer = await remoteStart(more)
        expect(answer['status']).toBe('Rejected')
        return (answer['statusInfo'] as { readonly reasonCode: string }).reasonCode
      }
      expect(await why({ evseId: 3 })).toBe('UnknownEvse')
      expect(await why({ evseId: 1 })).toBe('TxInProgress')
      await bench.fault('OtherError', second)
      expect(await why({ evseId: 2 })).toBe('Unspecified')
      await why({})
      await bench.clearFault(second)
      await bench.call('ChangeAvailability', { operationalStatus: 'Inoperative', evse: { id: 2 } })
      expect(await why({ evseId: 2 })).toBe('Unspecified')
    })

    test('[2.0.1 F02.FR.14] without an EVSE takes one that is free', async () => {
      await open(two)
      await bench.charging()
      expect(await remoteStart()).toEqual({ status: 'Accepted' })
      await bench.plugIn(second)
      expect(bench.sent('TransactionEvent')[0]).toMatchObject({ evse: { id: 2 }, idToken: remote })
    })

    test('[2.0.1 B02.FR.05] is Rejected while Pending', async () => {
      await open()
      bench.answers.set('BootNotification', () => ({
        status: 'Pending',
        currentTime: bench.inMinutes(0),
        interval: 3600,
      }))
      bench.station.reboot('powerUp')
      await bench.clock.run(5000)
      for (const [action, payload] of [
        ['RequestStartTransaction', { idToken: remote, remoteStartId: 1 }],
        ['RequestStopTransaction', { transactionId: 'any' }],
      ] as const) {
        expect(await bench.call(action, payload)).toEqual({
          status: 'Rejected',
          statusInfo: { reasonCode: 'CSNotAccepted' },
        })
      }
    })
  })

  describe('a charging profile that comes with a remote start', () => {
    const profile = (more: object = {}) => ({
      id: 1,
      stackLevel: 0,
      chargingProfilePurpose: 'TxProfile',
      chargingProfileKind: 'Relative',
      chargingSchedule: [
        {
          id: 1,
          chargingRateUnit: 'W',
          chargingSchedulePeriod: [{ startPeriod: 0, limit: 5520 }],
        },
      ],
      ...more,
    })

    test('[2.0.1 F01.FR.10] limits the transaction that it starts', async () => {
      await open()
      await bench.plugIn()
      expect(await remoteStart({ chargingProfile: profile() })).toMatchObject({
        status: 'Accepted',
      })
      await bench.clock.run(1000)
      bench.station.evses[0]?.advance()
      expect(bench.station.evses[0]?.outlet.powerW).toBeCloseTo(5520, 0)
    })

    test('[2.0.1 F01.FR.26] is Rejected where it is no TxProfile', async () => {
      await open()
      const chargingProfile = profile({ chargingProfilePurpose: 'TxDefaultProfile' })
      expect(await remoteStart({ chargingProfile })).toMatchObject({
        status: 'Rejected',
        statusInfo: { reasonCode: 'InvalidProfile' },
      })
    })

    test('[2.0.1 F01.FR.12] is ignored without smart charging', async () => {
      await open({}, { 'SmartChargingCtrlr.Available': 'false' })
      await bench.plugIn()
      const chargingProfile = profile({ chargingProfilePurpose: 'TxDefaultProfile' })
      expect(await remoteStart({ chargingProfile })).toEqual({ status: 'Accepted' })
      await bench.clock.run(1000)
      expect(bench.station.evses[0]?.outlet.powerW).toBe(11_000)
    })
  })

  describe('RequestStopTransaction', () => {
    test('[2.0.1 F03.FR.03] ends the transaction that it names', async () => {
      await open()
      const transactionId = await bench.charging()
      expect(await bench.call('RequestStopTransaction', { transactionId })).toEqual({
        status: 'Accepted',
      })
      expect(bench.events()).toEqual(['Ended RemoteStop Remote'])
      expect(bench.station.evses[0]?.outlet.powerW).toBe(0)
    })

    test('[2.0.1 F03.FR.02] stops the energy where only the cable ends the transaction', async () => {
      await open({ txStopPoint: ['EVConnected'] })
      const transactionId = await bench.charging()
      await bench.call('RequestStopTransaction', { transactionId })
      await bench.unplug()
      expect(bench.events()).toEqual(['Updated RemoteStop', 'Ended EVCommunicationLost Remote'])
    })

    test('[2.0.1 F03.FR.08] is Rejected for a transaction that is not open', async () => {
      await open()
      const known = await bench.charging()
      await bench.stop()
      for (const transactionId of ['nobody', known]) {
        expect(await bench.call('RequestStopTransaction', { transactionId })).toEqual({
          status: 'Rejected',
          statusInfo: { reasonCode: 'TxNotFound' },
        })
      }
    })
  })

  describe('UnlockConnector', () => {
    const unlock = (evseId = 1, connectorId = 1) =>
      bench.call('UnlockConnector', { evseId, connectorId })

    test('[2.0.1 F05.FR.02] is refused while somebody charges there', async () => {
      await open(socket)
      await bench.charging()
      expect(await unlock()).toEqual({ status: 'OngoingAuthorizedTransaction' })
      expect(bench.actions()).toEqual([])
    })

    test('[2.0.1 F05.FR.03] of a connector that is not there', async () => {
      await open(socket)
      expect(await unlock(2)).toMatchObject({ status: 'UnknownConnector' })
      expect(await unlock(1, 2)).toMatchObject({
        status: 'UnknownConnector',
        statusInfo: { reasonCode: 'UnknownConnectorId' },
      })
    })

    test('[2.0.1 F05.FR.04, FR.06] unlocks, with a cable or without', async () => {
      await open(socket)
      expect(await unlock()).toEqual({ status: 'Unlocked', statusInfo: { reasonCode: 'NoCable' } })
      await bench.plugIn()
      expect(await unlock()).toEqual({ status: 'Unlocked' })
    })

    test('[2.0.1 F05.FR.05] fails where the lock is stuck and where the cable is fixed', async () => {
      await open(socket)
      await bench.fault('ConnectorLockFailure')
      expect(await unlock()).toEqual({ status: 'UnlockFailed' })
      bench = await Bench2x.open(version)
      expect(await unlock()).toEqual({
        status: 'UnlockFailed',
        statusInfo: { reasonCode: 'FixedCable' },
      })
    })
  })

  describe('TriggerMessage', () => {
    const trigger = async (requestedMessage: string, more: object = {}) => {
      const { status } = await bench.call('TriggerMessage', { requestedMessage, ...more })
      await bench.clock.run(0)
      return status
    }

    test('[2.0.1 F06] sends what a station has to say, after the answer', async () => {
      await open()
      bench.answers.set('Heartbeat', silent)
      const at = { evse: { id: 1, connectorId: 1 } }
      expect(await trigger('StatusNotification', at)).toBe('Accepted')
      expect(await trigger('MeterValues', { evse: { id: 1 } })).toBe('Accepted')
      expect(await trigger('LogStatusNotification')).toBe('Accepted')
      expect(await trigger('FirmwareStatusNotification')).toBe('Accepted')
      expect(await trigger('Heartbeat')).toBe('Accepted')
      expect(bench.actions()).toEqual([
        'StatusNotification',
        'MeterValues',
        'LogStatusNotification',
        'FirmwareStatusNotification',
        'Heartbeat',
      ])
      expect(bench.sent('MeterValues')[0]).toMatchObject({
        meterValue: [{ sampledValue: [{ context: 'Trigger' }] }],
      })
    })

    test('[2.0.1 F06.FR.03] an EVSE that means nothing to the message is ignored', async () => {
      await open()
      expect(await trigger('Heartbeat', { evse: { id: 9 } })).toBe('Accepted')
      expect(await trigger('FirmwareStatusNotification', { evse: { id: 9 } })).toBe('Accepted')
      expect(bench.actions()).toEqual(['Heartbeat', 'FirmwareStatusNotification'])
    })

    test('[2.0.1 F06.FR.07] tells of open transactions, and is Rejected without', async () => {
      await open()
      expect(await trigger('TransactionEvent')).toBe('Rejected')
      await bench.charging()
      expect(await trigger('TransactionEvent', { evse: { id: 1 } })).toBe('Accepted')
      expect(bench.events()).toEqual(['Updated Trigger'])
    })

    test('[2.0.1 F06.FR.12, FR.17] refuses what it cannot or may not', async () => {
      await open()
      expect(await trigger('BootNotification')).toBe('Rejected')
      expect(await trigger('StatusNotification')).toBe('Rejected')
      expect(await trigger('StatusNotification', { evse: { id: 1 } })).toBe('Rejected')
      expect(await trigger('MeterValues', { evse: { id: 5 } })).toBe('Rejected')
      expect(await trigger('MeterValues', { evse: { id: 0 } })).toBe('Rejected')
      expect(bench.actions()).toEqual([])
    })

    test('[2.0.1 F06.FR.08] is NotImplemented where there is no such part of a station', async () => {
      await open()
      expect(await trigger('PublishFirmwareStatusNotification')).toBe('NotImplemented')
    })

    test('[2.0.1 F06.FR.10] is not Accepted where nothing would be sent', async () => {
      await open({}, { 'AlignedDataCtrlr.Measurands': '' })
      expect(await trigger('MeterValues')).toBe('Rejected')
      expect(bench.actions()).toEqual([])
    })

    test('[2.0.1 F06.FR.11] of all EVSEs, of the main meter, too', async () => {
      await open({ ...two, meter: { ...plainMeter, main: true } })
      const places = () => bench.sent('MeterValues').map(({ evseId }) => evseId)
      expect(await trigger('MeterValues')).toBe('Accepted')
      expect(places()).toEqual([0, 1, 2])
      bench.forget()
      expect(await trigger('MeterValues', { evse: { id: 0 } })).toBe('Accepted')
      expect(places()).toEqual([0])
    })
  })
})

describe('a CustomTrigger of 2.1', () => {
  const custom = (customTrigger?: string, more: object = {}) =>
    bench.call('TriggerMessage', {
      requestedMessage: 'CustomTrigger',
      ...(customTrigger !== undefined && { customTrigger }),
      ...more,
    })

  test('[2.1 F06.FR.18] is one of those that the station reports', async () => {
    bench = await Bench2x.open('ocpp2.1', two)
    const { getVariableResult } = await bench.call('GetVariables', {
      getVariableData: [
        { component: { name: 'CustomizationCtrlr' }, variable: { name: 'CustomTriggers' } },
      ],
    })
    expect(getVariableResult).toMatchObject([{ attributeValue: 'AvailabilityState,HealthReport' }])
    expect(await custom('AvailabilityState', { evse: { id: 2 } })).toEqual({ status: 'Accepted' })
    expect(bench.sent('NotifyEvent')).toMatchObject([
      {
        eventData: [
          { actualValue: 'Available', component: { evse: { id: 2, connectorId: 1 } } },
          { actualValue: 'Available', component: { evse: { id: 2, connectorId: 2 } } },
        ],
      },
    ])
    bench.answers.set('DataTransfer', () => ({ status: 'UnknownVendorId' }))
    expect(await custom('HealthReport')).toEqual({ status: 'Accepted' })
    expect(bench.sent('DataTransfer')).toMatchObject([
      { vendorId: 'Acme', messageId: 'HealthReport', data: { transactions: 0, faults: [] } },
    ])
  })

  test('[2.1 F06.FR.19] any other is NotImplemented, a standard message too', async () => {
    bench = await Bench2x.open('ocpp2.1')
    expect(await custom('Tea')).toEqual({ status: 'NotImplemented' })
    expect(await custom('Heartbeat')).toEqual({ status: 'NotImplemented' })
    expect(await custom()).toEqual({ status: 'NotImplemented' })
  })
})
