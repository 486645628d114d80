import { paymentVariables } from '../../authorization/payment-variables.ts'
import { authorizationVariables } from '../../authorization/variables.ts'
import { availabilityVariables } from '../../availability/variables.ts'
import { batterySwapVariables } from '../../battery-swap/variables.ts'
import { bidirectionalVariables } from '../../bidirectional/variables.ts'
import { certificateVariables } from '../../certificates/variables.ts'
import { derVariables } from '../../der-control/variables.ts'
import { diagnosticsVariables } from '../../diagnostics/variables.ts'
import { displayVariables } from '../../display/variables.ts'
import { firmwareVariables } from '../../firmware/variables.ts'
import { localListVariables } from '../../local-list/variables.ts'
import { meteringVariables } from '../../metering/variables.ts'
import { remoteControlVariables } from '../../remote-control/variables.ts'
import { reservationVariables } from '../../reservation/variables.ts'
import { securityVariables } from '../../security/variables.ts'
import { smartChargingVariables } from '../../smart-charging/variables.ts'
import { tariffAndCostVariables } from '../../tariff-and-cost/variables.ts'
import { transactionVariables } from '../../transactions/variables.ts'
import { infrastructure } from '../infrastructure.ts'
import { provisioningVariables } from '../variables.ts'
import type { VariableSpec } from './variable.ts'

/** The device model of a csms station [2.1 Part 2 chapter 2]; reports list it in this order. */
export const variables: readonly VariableSpec[] = [
  ...infrastructure,
  ...securityVariables,
  ...provisioningVariables,
  ...authorizationVariables,
  ...paymentVariables,
  ...localListVariables,
  ...transactionVariables,
  ...remoteControlVariables,
  ...availabilityVariables,
  ...reservationVariables,
  ...displayVariables,
  ...tariffAndCostVariables,
  ...meteringVariables,
  ...smartChargingVariables,
  ...firmwareVariables,
  ...certificateVariables,
  ...diagnosticsVariables,
  ...bidirectionalVariables,
  ...derVariables,
  ...batterySwapVariables,
]
