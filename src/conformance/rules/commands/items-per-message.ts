import type { Memory } from '../memory/memory.ts'
import type { Objection, Rule } from '../rule.ts'
import { csms, type Passage } from '../sequence.ts'

/** What a CSMS may put into one message, by how the station calls it. */
function objection(memory: Memory, limit: string, items: readonly unknown[] = []): Objection {
  const most = memory.limits.get(limit)
  return most !== undefined && items.length > most
    ? `${items.length} items in one message, where the station takes ${most} (${limit})`
    : undefined
}

const keys = (value: string): Passage =>
  csms(
    'GetConfiguration',
    {},
    { configurationKey: [{ key: 'GetConfigurationMaxKeys', readonly: true, value }] },
  )
const ask = (...key: readonly string[]): Passage =>
  csms('GetConfiguration', { key }, { unknownKey: key })

const limit = {
  component: { name: 'DeviceDataCtrlr' },
  variable: { name: 'ItemsPerMessage', instance: 'GetVariables' },
}
const told = (attributeValue: string): Passage =>
  csms(
    'GetVariables',
    { getVariableData: [limit] },
    { getVariableResult: [{ ...limit, attributeStatus: 'Accepted', attributeValue }] },
  )
const get = (count: number): Passage =>
  csms('GetVariables', {
    getVariableData: Array.from({ length: count }, (_, at) => ({
      component: { name: 'Connector', evse: { id: at + 1 } },
      variable: { name: 'AvailabilityState' },
    })),
  })

export const itemsPerMessage: Rule = {
  id: 'COMMAND_ITEMS_PER_MESSAGE',
  title: 'a CSMS puts no more into a message than the station said that it takes',
  clause:
    '1.6 9.1.9, 9.2.3, 2.0.1 B05.FR.11, B06.FR.05, B08.FR.06, D01.FR.11, N04.FR.09, N06.FR.04',
  judges: 'csms',
  in16: {
    level: 'MUST',
    looks: {
      GetConfiguration: {
        asked: ({ key }, memory) => objection(memory, 'GetConfigurationMaxKeys', key),
      },
      SendLocalList: {
        asked: ({ localAuthorizationList }, memory) =>
          objection(memory, 'SendLocalListMaxLength', localAuthorizationList),
      },
    },
    breaks: [keys('2'), ask('HeartbeatInterval', 'ConnectionTimeOut', 'MeterValueSampleInterval')],
    nearly: [keys('2'), ask('HeartbeatInterval', 'ConnectionTimeOut')],
  },
  in2x: {
    level: 'MUST',
    looks: {
      GetVariables: {
        asked: ({ getVariableData }, memory) =>
          objection(memory, 'ItemsPerMessage GetVariables', getVariableData),
      },
      SetVariables: {
        asked: ({ setVariableData }, memory) =>
          objection(memory, 'ItemsPerMessage SetVariables', setVariableData),
      },
      GetReport: {
        asked: ({ componentVariable }, memory) =>
          objection(memory, 'ItemsPerMessage GetReport', componentVariable),
      },
      GetMonitoringReport: {
        asked: ({ componentVariable }, memory) =>
          objection(memory, 'ItemsPerMessage GetReport', componentVariable),
      },
      SetVariableMonitoring: {
        asked: ({ setMonitoringData }, memory) =>
          objection(memory, 'ItemsPerMessage SetVariableMonitoring', setMonitoringData),
      },
      ClearVariableMonitoring: {
        asked: ({ id }, memory) => objection(memory, 'ItemsPerMessage ClearVariableMonitoring', id),
      },
      SendLocalList: {
        asked: ({ localAuthorizationList }, memory) =>
          objection(memory, 'ItemsPerMessage SendLocalList', localAuthorizationList),
      },
    },
    breaks: [told('2'), get(3)],
    nearly: [get(3), told('2'), get(2)],
  },
}
