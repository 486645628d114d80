import type { StationRecord } from '../../domain/station.ts'
import { variableValue } from '../../domain/variables.ts'
import type { Division } from '../../gateway/division.ts'

/** The list of each action that has a limit, in its request and in its answer. */
const lists: Readonly<Record<string, LimitedList>> = {
  GetVariables: { asked: 'getVariableData', answered: 'getVariableResult' },
  SetVariables: { asked: 'setVariableData', answered: 'setVariableResult' },
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
}

interface LimitedList {
  readonly asked: string
  readonly answered: string
  /** The component that tells the limit; absent: DeviceDataCtrlr. */
  readonly limitedBy?: string
}

/**
 * What is more than the station takes in one message goes in several: as many as its
 * ItemsPerMessage said, as far as that is known [2.0.1 B05.FR.11, B06.FR.05, N04.FR.09, N06.FR.04].
 */
export function divideByItems(
  record: StationRecord,
  action: string,
  payload: object,
): Division | undefined {
  const list = lists[action]
  if (!list) return undefined
  const items = itemsOf(payload, list.asked)
  const told = variableValue(record, list.limitedBy ?? 'DeviceDataCtrlr', 'ItemsPerMessage', action)
  const most = Number(told ?? 0)
  if (!(most >= 1) || items.length <= most) return undefined
  const parts: object[] = []
  for (let from = 0; from < items.length; from += most) {
    parts.push({ ...payload, [list.asked]: items.slice(from, from + most) })
  }
  return {
    parts,
    joined: (answers) => ({
      ...answers.at(-1),
      [list.answered]: answers.flatMap((answer) => itemsOf(answer, list.answered)),
    }),
  }
}

function itemsOf(payload: object, key: string): readonly unknown[] {
  const items: unknown = Object.entries(payload).find(([name]) => name === key)?.[1]
  return Array.isArray(items) ? items : []
}
