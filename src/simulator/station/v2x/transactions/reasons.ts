import type { ReasonEnumType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { TransactionEventRequest } from 'typed-ocpp/dist/ocpp21/types.js'
import type { StopCause } from '../../behaviour.ts'

/** Those that only 2.1 has are said by what only 2.1 does. */
type Trigger = TransactionEventRequest['triggerReason']

interface Spelling {
  readonly trigger: Trigger
  readonly reason: ReasonEnumType
}

/** How a stop is told: why the event was sent, and why the transaction stopped. */
export const stopSpelling: Readonly<Record<StopCause, Spelling>> = {
  local: { trigger: 'StopAuthorized', reason: 'Local' },
  remote: { trigger: 'RemoteStop', reason: 'Remote' },
  evDisconnected: { trigger: 'EVCommunicationLost', reason: 'EVDisconnected' },
  deauthorized: { trigger: 'Deauthorized', reason: 'DeAuthorized' },
  tariffNotAccepted: { trigger: 'TariffNotAccepted', reason: 'DeAuthorized' },
  unlock: { trigger: 'UnlockCommand', reason: 'Other' },
  fault: { trigger: 'AbnormalCondition', reason: 'Other' },
  softReset: { trigger: 'ResetCommand', reason: 'Reboot' },
  hardReset: { trigger: 'ResetCommand', reason: 'ImmediateReset' },
  powerLoss: { trigger: 'AbnormalCondition', reason: 'PowerLoss' },
  reboot: { trigger: 'ResetCommand', reason: 'Reboot' },
  emergency: { trigger: 'AbnormalCondition', reason: 'EmergencyStop' },
  other: { trigger: 'AbnormalCondition', reason: 'Other' },
}

/** The trigger that goes with a stoppedReason which a script asks for [2.0.1 TransactionEvent]. */
const triggerOfReason: Partial<Record<string, Trigger>> = {
  DeAuthorized: 'Deauthorized',
  EmergencyStop: 'AbnormalCondition',
  EnergyLimitReached: 'EnergyLimitReached',
  EVDisconnected: 'EVCommunicationLost',
  GroundFault: 'AbnormalCondition',
  ImmediateReset: 'ResetCommand',
  Local: 'StopAuthorized',
  LocalOutOfCredit: 'Deauthorized',
  MasterPass: 'StopAuthorized',
  OvercurrentFault: 'AbnormalCondition',
  PowerLoss: 'AbnormalCondition',
  PowerQuality: 'AbnormalCondition',
  Reboot: 'ResetCommand',
  Remote: 'RemoteStop',
  SOCLimitReached: 'ChargingStateChanged',
  StoppedByEV: 'ChargingStateChanged',
  TimeLimitReached: 'TimeLimitReached',
  Timeout: 'EVConnectTimeout',
}

/** The stoppedReason that says what a fault says; any other fault is `Other`. */
const reasonOfFault: Partial<Record<string, ReasonEnumType>> = {
  GroundFailure: 'GroundFault',
  OverCurrentFailure: 'OvercurrentFault',
  OverVoltage: 'PowerQuality',
  UnderVoltage: 'PowerQuality',
}

/** @param code of the fault that stopped the energy: a 1.6 error code or a vendor's own */
export function spellFault(code: string): Spelling {
  return { trigger: 'AbnormalCondition', reason: reasonOfFault[code] ?? 'Other' }
}

/** @param reason wire name that overrides the cause's own, passed on as it is */
export function spellStop(cause: StopCause, reason: string | undefined): Spelling {
  const spelling = stopSpelling[cause]
  if (reason === undefined) return spelling
  return {
    trigger: triggerOfReason[reason] ?? spelling.trigger,
    reason: reason as ReasonEnumType,
  }
}

/** Stops that end a transaction whatever TxStopPoint says: what measures it goes away. */
export const decisiveCauses: ReadonlySet<StopCause> = new Set([
  'softReset',
  'hardReset',
  'powerLoss',
  'reboot',
])
