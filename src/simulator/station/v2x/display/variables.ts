import { fixed, live, settable } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'
import { displayMessages } from './display-messages.ts'

const formats = ['ASCII', 'HTML', 'URI', 'UTF8']
const formats21 = [...formats, 'QRCODE']
const priorities = ['AlwaysFront', 'InFront', 'NormalCycle']
const states = ['Charging', 'Faulted', 'Idle', 'Unavailable', 'Suspended', 'Discharging']
const languages = ['en', 'en-GB', 'en-US', 'de', 'fr', 'nl', 'es', 'it', 'no']

/** How many messages a station keeps. */
const mostMessages = 20

/** What the station shows people [2.1 Part 2 2.14 Display Message]; the cycle is an addition of ours. */
export const displayVariables: readonly VariableSpec[] = [
  fixed('DisplayMessageCtrlr.Available', 'boolean', 'true'),
  settable('DisplayMessageCtrlr.Enabled', 'boolean', 'true'),
  live(
    'DisplayMessageCtrlr.DisplayMessages',
    'integer',
    (station) => String(displayMessages.existing(station)?.all.length ?? 0),
    { max: mostMessages },
  ),
  fixed('DisplayMessageCtrlr.SupportedFormats', 'MemberList', formats.join(','), {
    only: 'ocpp2.0.1',
    values: formats,
  }),
  fixed('DisplayMessageCtrlr.SupportedFormats', 'MemberList', formats21.join(','), {
    only: 'ocpp2.1',
    values: formats21,
  }),
  fixed('DisplayMessageCtrlr.SupportedPriorities', 'MemberList', priorities.join(','), {
    values: priorities,
  }),
  fixed('DisplayMessageCtrlr.SupportedStates', 'MemberList', states.join(','), {
    only: 'ocpp2.1',
    values: states,
  }),
  settable('DisplayMessageCtrlr.Language', 'OptionList', 'en', {
    only: 'ocpp2.1',
    values: languages,
  }),
  settable('DisplayMessageCtrlr.CycleInterval', 'integer', '10', { unit: 's', min: 1 }),
  fixed('DeviceDataCtrlr.ItemsPerMessage', 'integer', '10', { instance: 'GetDisplayMessages' }),
  fixed('Display.Available', 'boolean', 'true'),
  live(
    'Display.DataText',
    'string',
    (station) => displayMessages.existing(station)?.shown()?.content ?? '',
    { instance: 'Visible' },
  ),
]
