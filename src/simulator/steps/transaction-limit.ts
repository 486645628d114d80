import { object } from '../../document/fields/collections.ts'
import { type Field, mapped, optional } from '../../document/fields/field.ts'
import { duration, energy, percent } from '../../document/fields/quantities.ts'
import { number } from '../../document/fields/scalars.ts'
import type { TransactionLimit } from './acts.ts'

/** The keys of a limit, for whoever has others besides. */
export const limitKeys = {
  energy: optional(energy({ min: 1 }), 'So much energy.'),
  time: optional(duration({ min: 1000 }), 'So long after its start, in simulated time.'),
  soc: optional(percent(), 'At this state of charge.'),
  cost: optional(number({ min: 0, wants: 'an amount like 5.50' }), 'At this cost.'),
}

interface Given {
  /** Wh. */
  readonly energy?: number | undefined
  /** Simulated ms. */
  readonly time?: number | undefined
  /** 0 to 1. */
  readonly soc?: number | undefined
  readonly cost?: number | undefined
}

/** As the wire has it; undefined where nothing is limited. */
export function limitOf({ energy, time, soc, cost }: Given): TransactionLimit | undefined {
  const limit: TransactionLimit = {
    ...(cost !== undefined && { maxCost: cost }),
    ...(energy !== undefined && { maxEnergy: energy }),
    ...(time !== undefined && { maxTime: Math.round(time / 1000) }),
    ...(soc !== undefined && { maxSoC: Math.round(soc * 100) }),
  }
  return Object.keys(limit).length > 0 ? limit : undefined
}

/** `{energy: 10kWh, time: 1h}` */
export const transactionLimit: Field<TransactionLimit> = mapped(
  object(limitKeys, { wants: 'a limit like {energy: 10kWh, time: 1h}' }),
  (given, node, reader) =>
    limitOf(given) ?? reader.report(node.span, 'A limit needs energy, time, soc or cost.'),
)
