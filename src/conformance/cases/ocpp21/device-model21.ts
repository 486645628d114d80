import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Move } from '../case.ts'
import { any, now, value } from '../values.ts'
import { asked, call } from './moves21.ts'

type Reported = NonNullable<RequestOf<Actions21, 'NotifyReport'>['reportData']>[number]

/** What a variable says; of several words it is a MemberList. */
type Setting = boolean | number | readonly string[]

/** By component, variable and perhaps instance: `TariffCostCtrlr.Enabled[Tariff]`. */
type Variables = Readonly<Record<string, Setting>>

/**
 * The CSMS reads what the station is: many things may only be asked of a station that said that it can
 * do them [2.1 B07, E16.FR.12].
 */
export function reports(variables: Variables): readonly Move[] {
  return [
    asked('GetBaseReport', {
      order: { requestId: 1, reportBase: 'FullInventory' },
      expect: { requestId: any },
      answer: { status: 'Accepted' },
      save: { reportId: '$.requestId' },
      clause: '2.1 B07',
    }),
    call(
      'NotifyReport',
      {
        requestId: value('reportId'),
        generatedAt: now(),
        seqNo: 0,
        reportData: Object.entries(variables).map(([name, setting]) => rowOf(name, setting)),
      },
      { clause: '2.1 B07.FR.03' },
    ),
  ]
}

function rowOf(name: string, setting: Setting): Reported {
  const [, component = '', variable = '', instance] =
    /^(\w+)\.(\w+)(?:\[(\w+)\])?$/.exec(name) ?? []
  const list = typeof setting === 'object' ? setting.join(',') : undefined
  const type = typeof setting === 'boolean' ? 'boolean' : 'integer'
  return {
    component: { name: component },
    variable: { name: variable, ...(instance !== undefined && { instance }) },
    variableAttribute: [{ value: list ?? String(setting), mutability: 'ReadOnly' }],
    variableCharacteristics: {
      dataType: list === undefined ? type : 'MemberList',
      ...(list !== undefined && { valuesList: list }),
      supportsMonitoring: false,
    },
  }
}

/** It can end the energy of a transaction at any of these. */
export const limitsSupported: Variables = {
  'TxCtrlr.SupportedLimits': ['maxCost', 'maxEnergy', 'maxTime'],
}

/** Who calculates what a transaction costs. */
export function calculates(who: 'station' | 'csms'): Variables {
  const enabled = who === 'station'
  return {
    'TariffCostCtrlr.Available[Tariff]': true,
    'TariffCostCtrlr.Enabled[Tariff]': enabled,
    'TariffCostCtrlr.Available[Cost]': true,
    'TariffCostCtrlr.Enabled[Cost]': enabled,
    'TariffCostCtrlr.MaxElements[Tariff]': 16,
    'TariffCostCtrlr.ConditionsSupported[Tariff]': true,
  }
}

/** From here on the station calculates what its transactions cost, until `by` is over. */
export function calculating(by: readonly Move[]): readonly Move[] {
  return [...reports(calculates('station')), ...by, ...reports(calculates('csms'))]
}
