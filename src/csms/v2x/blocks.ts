import type { Handlers } from '../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../ocpp/v201/actions.ts'
import type { StationContext } from '../domain/domain.ts'
import type { CommandEffects } from '../gateway/command-effects.ts'
import { authorization } from './authorization/block.ts'
import { availability } from './availability/block.ts'
import { batterySwap } from './battery-swap/block.ts'
import { bidirectional } from './bidirectional/block.ts'
import type { Block } from './block.ts'
import { certificates } from './certificates/block.ts'
import { dataTransfer } from './data-transfer/block.ts'
import { derControl } from './der-control/block.ts'
import { diagnostics } from './diagnostics/block.ts'
import { display } from './display/block.ts'
import { firmware } from './firmware/block.ts'
import { localList } from './local-list/block.ts'
import { metering } from './metering/block.ts'
import { provisioning } from './provisioning/block.ts'
import { remoteControl } from './remote-control/block.ts'
import { reservation } from './reservation/block.ts'
import { security } from './security/block.ts'
import { smartCharging } from './smart-charging/block.ts'
import { tariffAndCost } from './tariff-and-cost/block.ts'
import { transactions } from './transactions/block.ts'

/** The functional blocks of OCPP 2.x, in the order of their letters. */
export const blocks: readonly Block[] = [
  security,
  provisioning,
  authorization,
  localList,
  transactions,
  remoteControl,
  availability,
  reservation,
  tariffAndCost,
  metering,
  smartCharging,
  firmware,
  certificates,
  diagnostics,
  display,
  dataTransfer,
  bidirectional,
  derControl,
  batterySwap,
]

/** Every action that a 2.0.1 station may send, and what is learned from its answers. */
export const handlers201: Handlers<Actions201, StationContext> = merged((block) => block.handlers)
export const effects201: CommandEffects<Actions201> = merged((block) => block.effects)

/** Likewise of 2.1. What it shares with 2.0.1 is typed by 2.0.1; each validates against its own schemas. */
export const handlers21 = { ...handlers201, ...merged((block) => block.handlers21) }
export const effects21 = { ...effects201, ...merged((block) => block.effects21) }

function merged<Table extends object>(of: (block: Block) => Table | undefined): Partial<Table> {
  return Object.assign({}, ...blocks.map((block) => of(block) ?? {}))
}
