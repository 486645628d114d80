import { isSocket } from '../../evse.ts'
import { chargingProfiles } from '../smart-charging/charging-profiles.ts'
import type { Station2x } from '../station-2x.ts'
import { fixed, live, seconds, settable } from './device-model/rows.ts'
import type { VariableSpec } from './device-model/variable.ts'
import { networkConfiguration } from './network-configuration.ts'
import { profilesInUse } from './network-profiles.ts'
import { networkSlots, priorityRefusal } from './network-rules.ts'
import { timeOffsetRefusal } from './time-offset.ts'

function hasSockets({ services }: Station2x): boolean {
  return services.template.evses.some(({ connectors }) => connectors.some(isSocket))
}

const perMessage = (action: string, items: string): readonly VariableSpec[] => [
  fixed('DeviceDataCtrlr.ItemsPerMessage', 'integer', items, { instance: action }),
  fixed('DeviceDataCtrlr.BytesPerMessage', 'integer', '65536', { instance: action }),
]

/** How the station talks to its CSMS and shows its device model [2.1 Part 2 2.1 General]. */
export const provisioningVariables: readonly VariableSpec[] = [
  settable('OCPPCommCtrlr.HeartbeatInterval', 'integer', '300', { unit: 's', min: 1 }),
  settable('OCPPCommCtrlr.OfflineThreshold', 'integer', '60', seconds),
  live(
    'OCPPCommCtrlr.MessageTimeout',
    'integer',
    ({ services, settings }) =>
      String(Math.ceil((settings.callTimeoutMs ?? services.template.callTimeoutMs) / 1000)),
    { instance: 'Default', unit: 's' },
  ),
  settable('OCPPCommCtrlr.RetryBackOffWaitMinimum', 'integer', '1', seconds),
  settable('OCPPCommCtrlr.RetryBackOffRandomRange', 'integer', '5', seconds),
  settable('OCPPCommCtrlr.RetryBackOffRepeatTimes', 'integer', '5', { min: 0, max: 20 }),
  settable('OCPPCommCtrlr.WebSocketPingInterval', 'integer', '0', seconds),
  settable('OCPPCommCtrlr.NetworkConfigurationPriority', 'SequenceList', '1', {
    values: networkSlots,
    min: 1,
    objection: priorityRefusal,
  }),
  settable('OCPPCommCtrlr.NetworkProfileConnectionAttempts', 'integer', '3', { min: 1 }),
  live(
    'OCPPCommCtrlr.ActiveNetworkProfile',
    'integer',
    (station) => profilesInUse(station)?.slot ?? networkSlots[0] ?? '',
  ),
  settable('OCPPCommCtrlr.ResetRetries', 'integer', '0', { min: 0, max: 10 }),
  live(
    'OCPPCommCtrlr.UnlockOnEVSideDisconnect',
    'boolean',
    (station) => String(hasSockets(station)),
    {
      mutability: 'ReadWrite',
      objection: (station) =>
        hasSockets(station)
          ? undefined
          : { reasonCode: 'ReadOnly', additionalInfo: 'all cables are fixed' },
    },
  ),
  fixed('OCPPCommCtrlr.FileTransferProtocols', 'MemberList', 'HTTP,HTTPS', {
    values: ['HTTP', 'HTTPS', 'FTP', 'FTPS', 'SFTP'],
  }),

  live('ClockCtrlr.DateTime', 'dateTime', ({ services }) => services.wireTime()),
  // Local time is what tariffs and schedules in local time are about.
  settable('ClockCtrlr.TimeOffset', 'string', '+00:00', {
    max: 6,
    objection: timeOffsetRefusal,
    changed: (station) => chargingProfiles.existing(station)?.localTimeChanged(),
  }),
  settable('ClockCtrlr.TimeSource', 'SequenceList', 'Heartbeat', { values: ['Heartbeat'], min: 1 }),

  ...networkConfiguration,

  ...perMessage('GetVariables', '64'),
  ...perMessage('SetVariables', '64'),
  ...perMessage('GetReport', '32'),
  fixed('DeviceDataCtrlr.ConfigurationValueSize', 'integer', '1000'),
  fixed('DeviceDataCtrlr.ReportingValueSize', 'integer', '2500'),
]
