import type { Memory } from '../memory/memory.ts'
import type { Moment, Objection, Rule } from '../rule.ts'
import { csms, type Passage, station } from '../sequence.ts'
import { noon } from '../shown.ts'

/** Asked only of what is sent seldom: the payload is written out to be measured. */
function asked(request: object, memory: Memory, { action }: Moment): Objection {
  const limit = `BytesPerMessage ${action}`
  const most = memory.limits.get(limit)
  if (most === undefined) return undefined
  const { length } = JSON.stringify(request)
  return length > most
    ? `a payload of ${length} characters, where the station takes ${most} bytes (${limit})`
    : undefined
}

const look = { asked }

const told = (value: string): Passage =>
  station(
    'NotifyReport',
    {
      requestId: 1,
      generatedAt: noon,
      seqNo: 0,
      reportData: [
        {
          component: { name: 'DeviceDataCtrlr' },
          variable: { name: 'BytesPerMessage', instance: 'SetVariables' },
          variableAttribute: [{ value, mutability: 'ReadOnly' }],
        },
      ],
    },
    {},
  )

const set = (value: string): Passage => {
  const variable = {
    component: { name: 'OCPPCommCtrlr' },
    variable: { name: 'OfflineThreshold' },
  }
  return csms(
    'SetVariables',
    { setVariableData: [{ ...variable, attributeValue: value }] },
    { setVariableResult: [{ ...variable, attributeStatus: 'Rejected' }] },
  )
}

export const bytesPerMessage2x: Rule = {
  id: 'COMMAND_BYTES_PER_MESSAGE',
  title: 'a message of a CSMS is no longer than the station said that it takes',
  clause: '2.0.1 B06.FR.17, B08.FR.18, D01.FR.11, N04.FR.09, N06.FR.04',
  judges: 'csms',
  in2x: {
    level: 'MUST',
    looks: {
      GetVariables: look,
      SetVariables: look,
      GetReport: look,
      SetVariableMonitoring: look,
      ClearVariableMonitoring: look,
      SendLocalList: look,
    },
    breaks: [told('200'), set('6'.repeat(200))],
    nearly: [told('200'), set('60')],
  },
}
