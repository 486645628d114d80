import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Move } from '../case.ts'
import { any, now, value } from '../values.ts'
import { asked, call } from './moves21.ts'

type Reported = NonNullable<RequestOf<Actions21, 'NotifyReport'>['reportData']>[number]

/** What a variable says; several words are a MemberList, one of several an OptionList. */
type Setting =
  | boolean
  | number
  | readonly string[]
  | { readonly option: string; readonly of: readonly string[] }

/** By component, EVSE, variable and instance: `V2XChargingCtrlr@1.Enabled`, `TariffCostCtrlr.Enabled[Tariff]`. */
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
  const [, component = '', evse, variable = '', instance] =
    /^(\w+)(?:@(\d+))?\.(\w+)(?:\[(\w+)\])?$/.exec(name) ?? []
  const { value: told, ...characteristics } = toldOf(setting)
  return {
    component: { name: component, ...(evse !== undefined && { evse: { id: Number(evse) } }) },
    variable: { name: variable, ...(instance !== undefined && { instance }) },
    variableAttribute: [{ value: told, mutability: 'ReadOnly' }],
    variableCharacteristics: { ...characteristics, supportsMonitoring: false },
  }
}

function toldOf(setting: Setting) {
  if (typeof setting === 'boolean') return { value: String(setting), dataType: 'boolean' } as const
  if (typeof setting === 'number') return { value: String(setting), dataType: 'integer' } as const
  if ('option' in setting) {
    const { option, of } = setting
    return { value: option, dataType: 'OptionList', valuesList: of.join(',') } as const
  }
  const list = setting.join(',')
  return { value: list, dataType: 'MemberList', valuesList: list } as const
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
