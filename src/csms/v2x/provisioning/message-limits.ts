import type { Station } from '../../domain/station.ts'
import { variableKey, variableValue } from '../../domain/variables.ts'
import type { Division } from '../../gateway/division.ts'
import { dividedReport } from './divided-report.ts'

/** The list of each action that has a limit. */
const lists: Readonly<Record<string, LimitedList>> = {
  GetVariables: { asked: 'getVariableData', answered: 'getVariableResult' },
  SetVariables: { asked: 'setVariableData', answered: 'setVariableResult', unique: true },
  SetVariableMonitoring: {
    asked: 'setMonitoringData',
    answered: 'setMonitoringResult',
    limitedBy: 'MonitoringCtrlr',
  },
  ClearVariableMonitoring: {
    asked: 'id',
    answered: 'clearMonitoringResult',
    limitedBy: 'MonitoringCtrlr',
  },
  GetReport: { asked: 'componentVariable', report: 'NotifyReport' },
  GetMonitoringReport: {
    asked: 'componentVariable',
    report: 'NotifyMonitoringReport',
    limit: 'GetReport',
  },
}

interface LimitedList {
  readonly asked: string
  /** The list of the answer. */
  readonly answered?: string
  /** The action that brings what was asked for. */
  readonly report?: string
  /** The component that tells the limits; absent: DeviceDataCtrlr. */
  readonly limitedBy?: string
  /** The instance of the limits; absent: as the action. */
  readonly limit?: string
  /** No two items of one message may be about the same. */
  readonly unique?: true
}

interface Limits {
  readonly items: number
  readonly bytes: number
}

/** Bytes of a CALL that are not its payload: brackets, message id and action, and some to spare. */
const frameBytes = 100

/**
 * What is more than the station takes in one message goes in several: as many items as its
 * ItemsPerMessage said, as many bytes as its BytesPerMessage, as far as they are known
 * [2.0.1 B05.FR.11, B06.FR.05, B08.FR.06, N02.FR.07, N04.FR.09, N06.FR.04], and no variable is set
 * twice in one [2.0.1 B05.FR.13].
 */
export function divided(station: Station, action: string, payload: object): Division | undefined {
  const list = lists[action]
  if (!list) return undefined
  const { asked, answered, report } = list
  const batches = inBatches(itemsOf(payload, asked), limitsOf(station, action, list), {
    unique: list.unique === true,
    overhead: frameBytes + bytesOf({ ...payload, [asked]: [] }),
  })
  if (batches.length < 2) return undefined
  const parts = batches.map((items) => ({ ...payload, [asked]: items }))
  if (report) return dividedReport(station, report, payload, parts)
  return {
    parts,
    joined: (answers) => ({
      ...answers.at(-1),
      ...(answered && { [answered]: answers.flatMap((answer) => itemsOf(answer, answered)) }),
    }),
  }
}

function limitsOf({ record }: Station, action: string, list: LimitedList): Limits {
  const { limitedBy = 'DeviceDataCtrlr', limit = action } = list
  const told = (variable: string) => {
    const most = Number(variableValue(record, limitedBy, variable, limit) ?? 0)
    return most >= 1 ? most : Number.POSITIVE_INFINITY
  }
  return { items: told('ItemsPerMessage'), bytes: told('BytesPerMessage') }
}

/** In order, at least one to each. */
function inBatches(
  items: readonly unknown[],
  limits: Limits,
  { unique, overhead }: { readonly unique: boolean; readonly overhead: number },
): readonly (readonly unknown[])[] {
  const batches: unknown[][] = []
  let batch: unknown[] = []
  let bytes = 0
  const about = new Set<string>()
  for (const item of items) {
    // And the comma behind it.
    const size = limits.bytes === Number.POSITIVE_INFINITY ? 0 : bytesOf(item) + 1
    const subject = unique ? subjectOf(item) : ''
    const fits = batch.length < limits.items && bytes + size <= limits.bytes && !about.has(subject)
    if (!fits || batch.length === 0) {
      batch = []
      batches.push(batch)
      bytes = overhead
      about.clear()
    }
    batch.push(item)
    bytes += size
    if (unique) about.add(subject)
  }
  return batches
}

/** Which attribute of which variable an item of SetVariables is about. */
function subjectOf(item: unknown): string {
  const { component, variable, attributeType = 'Actual' } = item as SetVariableItem
  return `${variableKey(component, variable)} ${attributeType}`.toLowerCase()
}

interface SetVariableItem {
  readonly component: Parameters<typeof variableKey>[0]
  readonly variable: Parameters<typeof variableKey>[1]
  readonly attributeType?: string
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}

function itemsOf(payload: object, key: string): readonly unknown[] {
  const items: unknown = Object.entries(payload).find(([name]) => name === key)?.[1]
  return Array.isArray(items) ? items : []
}
