import { CallError } from '../../../ocpp/rpc/error-codes.ts'
import type { Reply } from '../../../ocpp/rpc/service.ts'
import { authorization } from './authorization/block.ts'
import { availability } from './availability/block.ts'
import { batterySwap } from './battery-swap/block.ts'
import { bidirectional } from './bidirectional/block.ts'
import type { Block, Trigger } from './block.ts'
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
import type { Station2x } from './station-2x.ts'
import { tariffAndCost } from './tariff-and-cost/block.ts'
import { transactions } from './transactions/block.ts'

/** The functional blocks that a station has, in the order in which they hear of what happens. */
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

type AnyHandler = (request: object, station: Station2x) => Reply<object> | Promise<Reply<object>>

const handlersOf = {
  'ocpp2.0.1': table(({ handlers }) => [handlers]),
  'ocpp2.1': table(({ handlers, handlers21 }) => [handlers, handlers21]),
}

/** Answers a CALL of the CSMS; what no block serves is NotSupported. */
export function serve2x(
  action: string,
  request: object,
  station: Station2x,
): Reply<object> | Promise<Reply<object>> {
  const handler = handlersOf[station.version].get(action)
  if (!handler) throw new CallError('NotSupported', `${action} is not supported`)
  return handler(request, station)
}

/** Undefined: no block sends this message on demand. */
export function triggerOf(message: string): Trigger | undefined {
  return triggers.get(message)
}

const triggers = new Map(blocks.flatMap((block) => Object.entries(block.triggers ?? {})))

// The connection checked the request against the schema of just this action.
function table(of: (block: Block) => readonly (object | undefined)[]): Map<string, AnyHandler> {
  const entries = blocks.flatMap((block) => of(block).flatMap((some) => Object.entries(some ?? {})))
  return new Map(entries as [string, AnyHandler][])
}

/** What happens reaches only the blocks that listen: the path of every message is short. */
export const listeners = {
  registered: blocks.flatMap((block) => block.registered ?? []),
  reconnected: blocks.flatMap((block) => block.reconnected ?? []),
  disconnected: blocks.flatMap((block) => block.disconnected ?? []),
  acted: blocks.flatMap((block) => block.acted ?? []),
  happened: blocks.flatMap((block) => block.happened ?? []),
  transactionEvent: blocks.flatMap((block) => block.transactionEvent ?? []),
  transactionAnswered: blocks.flatMap((block) => block.transactionAnswered ?? []),
  authorized: blocks.flatMap((block) => block.authorized ?? []),
  variable: blocks.flatMap((block) => block.variable ?? []),
  barred: blocks.flatMap((block) => block.barred ?? []),
  noticed: blocks.flatMap((block) => block.noticed ?? []),
  powerLost: blocks.flatMap((block) => block.powerLost ?? []),
  powerRestored: blocks.flatMap((block) => block.powerRestored ?? []),
  stopped: blocks.flatMap((block) => block.stopped ?? []),
}
