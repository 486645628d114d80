import { answering, besideAnswering } from '../../document/fields/ending.ts'
import { type Field, optional } from '../../document/fields/field.ts'
import { oneOf } from '../../document/fields/scalars.ts'
import { stopReasons16 } from '../../ocpp/v16/enumerations.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import { physical } from '../scenario/fields/place.ts'
import { fleetOf } from '../scenario/fleet-scope.ts'
import { idToken, presented } from './id-token.ts'
import { judge, refusable } from './outcome.ts'
import { defineStep } from './step-definition.ts'

/** [2.0.1 Part 2 3.67] */
const reasons201 = [
  'DeAuthorized',
  'EmergencyStop',
  'EnergyLimitReached',
  'EVDisconnected',
  'GroundFault',
  'ImmediateReset',
  'Local',
  'LocalOutOfCredit',
  'MasterPass',
  'Other',
  'OvercurrentFault',
  'PowerLoss',
  'PowerQuality',
  'Reboot',
  'Remote',
  'SOCLimitReached',
  'StoppedByEV',
  'TimeLimitReached',
  'Timeout',
] as const

const reasons: Readonly<Record<OcppVersion, Field<string>>> = {
  'ocpp1.6': oneOf(stopReasons16),
  'ocpp2.0.1': oneOf(reasons201),
  'ocpp2.1': oneOf([...reasons201, 'ReqEnergyTransferRejected']),
}

const reason: Field<string> = {
  wants: "a stop reason of the fleet's version, like Local",
  parse: (node, reader) => reasons[fleetOf(reader)?.version ?? 'ocpp2.1'].parse(node, reader),
  schema: () => ({ enum: [...new Set([...stopReasons16, ...reasons201])].sort() }),
}

export const stop = defineStep({
  name: 'stop',
  summary: 'End the transaction at the station.',
  args: physical(
    {
      reason: optional(reason, 'Its wire name.', 'Local'),
      token: optional(idToken(), 'Who stops.', 'who started'),
      refused: refusable,
      ...answering,
    },
    { wants: 'a stop reason like Local', shorthand: 'reason' },
  ),
  beside: [...besideAnswering, 'refused'],
  example: '- stop: {reason: EmergencyStop}',
  async run({ at, reason: why, token, ...wanted }, context) {
    const how = {
      ...(why === undefined ? {} : { reason: why }),
      ...(token ? { token: presented(token, context) } : {}),
    }
    judge(await context.actor.stop(at, how, context.cancel), wanted, context)
  },
})
