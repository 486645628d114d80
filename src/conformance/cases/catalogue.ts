import type { OcppVersion } from '../../ocpp/version.ts'
import type { ConformanceCase } from './case.ts'
import { core16 } from './ocpp16/core.ts'
import { firmwareManagement16 } from './ocpp16/firmware-management.ts'
import { localAuthList16 } from './ocpp16/local-auth-list.ts'
import { remoteTrigger16 } from './ocpp16/remote-trigger.ts'
import { reservation16 } from './ocpp16/reservation.ts'
import { security16 } from './ocpp16/security.ts'
import { smartCharging16 } from './ocpp16/smart-charging.ts'
import { network21 } from './ocpp21/b-network.ts'
import { resets21 } from './ocpp21/b-resets.ts'
import { payments21 } from './ocpp21/c-payments.ts'
import { limits21 } from './ocpp21/e-limits.ts'
import { resumption21 } from './ocpp21/e-resumption.ts'
import { customTriggers21 } from './ocpp21/f-custom-trigger.ts'
import { connectorStates21 } from './ocpp21/g-connector-states.ts'
import { tariffs21 } from './ocpp21/i-tariffs.ts'
import { inherited21 } from './ocpp21/inherited21.ts'
import { smartCharging21 } from './ocpp21/k-profiles.ts'
import { contracts21 } from './ocpp21/m-contracts.ts'
import { logs21 } from './ocpp21/n-logs.ts'
import { streams21 } from './ocpp21/n-streams.ts'
import { languages21 } from './ocpp21/o-languages.ts'
import { otherwise21 } from './ocpp21/otherwise21.ts'
import { energyTransfers21 } from './ocpp21/q-energy-transfers.ts'
import { operationModes21 } from './ocpp21/q-operation-modes.ts'
import { derControl21 } from './ocpp21/r-der-control.ts'
import { batterySwap21 } from './ocpp21/s-battery-swap.ts'
import { security201 } from './ocpp201/a-security.ts'
import { provisioning201 } from './ocpp201/b-provisioning.ts'
import { authorization201 } from './ocpp201/c-authorization.ts'
import { localList201 } from './ocpp201/d-local-list.ts'
import { transactions201 } from './ocpp201/e-transactions.ts'
import { remoteControl201 } from './ocpp201/f-remote-control.ts'
import { availability201 } from './ocpp201/g-availability.ts'
import { reservation201 } from './ocpp201/h-reservation.ts'
import { cost201 } from './ocpp201/i-cost.ts'
import { meterValues201 } from './ocpp201/j-meter-values.ts'
import { smartCharging201 } from './ocpp201/k-smart-charging.ts'
import { firmware201 } from './ocpp201/l-firmware.ts'
import { certificateManagement201 } from './ocpp201/m-certificates.ts'
import { diagnostics201 } from './ocpp201/n-diagnostics.ts'
import { display201 } from './ocpp201/o-display.ts'
import { dataTransfer201 } from './ocpp201/p-data-transfer.ts'
import { rpcCases } from './rpc/x-rpc.ts'

const cases201: readonly ConformanceCase[] = [
  ...security201,
  ...provisioning201,
  ...authorization201,
  ...localList201,
  ...transactions201,
  ...remoteControl201,
  ...availability201,
  ...reservation201,
  ...cost201,
  ...meterValues201,
  ...smartCharging201,
  ...firmware201,
  ...certificateManagement201,
  ...diagnostics201,
  ...display201,
  ...dataTransfer201,
]

/** What 2.1 has and 2.0.1 has not: a line for each file. */
const new21: readonly ConformanceCase[] = [
  ...network21,
  ...resets21,
  ...payments21,
  ...limits21,
  ...resumption21,
  ...customTriggers21,
  ...connectorStates21,
  ...tariffs21,
  ...smartCharging21,
  ...contracts21,
  ...logs21,
  ...streams21,
  ...languages21,
  ...energyTransfers21,
  ...operationModes21,
  ...derControl21,
  ...batterySwap21,
]

/** All of 2.1, by functional block; inherited cases first. */
const cases21 = [...inherited21(cases201, otherwise21), ...new21].toSorted((one, other) =>
  one.group.localeCompare(other.group),
)

/** All cases, in the order of their documents. */
export const catalogue: readonly ConformanceCase[] = [
  ...core16,
  ...localAuthList16,
  ...firmwareManagement16,
  ...reservation16,
  ...remoteTrigger16,
  ...smartCharging16,
  ...security16,
  ...cases201,
  ...cases21,
  ...rpcCases,
]

/** Those of one version. */
export function casesOf(version: OcppVersion): readonly ConformanceCase[] {
  return catalogue.filter((one) => one.version === version)
}
