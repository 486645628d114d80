import { describe, expect, test } from 'vitest'
import type { RequestOf } from '../../../src/ocpp/rpc/service.ts'
import type { Actions201 } from '../../../src/ocpp/v201/actions.ts'
import { Evidence } from '../evidence.ts'
import { cancel, ev, plug } from '../lab.ts'
import type { Seen } from '../seen.ts'
import { type Lab2x, startLab2x, versions2x } from './lab2x.ts'

/* N. Monitors that fire from what a car does at the station. */

type MonitorOrder = RequestOf<Actions201, 'SetVariableMonitoring'>['setMonitoringData'][number]

/** Every change of the state of EVSE 1. */
const stateMonitor: MonitorOrder = {
  component: { name: 'EVSE', evse: { id: 1 } },
  variable: { name: 'AvailabilityState' },
  type: 'Delta',
  value: 1,
  severity: 4,
}
/** Fires together with it, and matters less. */
const lesserMonitor: MonitorOrder = { ...stateMonitor, severity: 8 }

async function monitor(lab: Lab2x, ...orders: MonitorOrder[]): Promise<readonly number[]> {
  const answer = await lab.command('SetVariableMonitoring', { setMonitoringData: orders })
  return answer.setMonitoringResult.map(({ id }) => id ?? 0)
}

interface MonitorRow {
  readonly id: number
  readonly type: string
  readonly severity: number
  readonly component: { readonly name: string }
  readonly variable: { readonly name: string }
  readonly kind?: string
}

interface Monitoring {
  readonly base?: string
  readonly level?: number
  readonly monitors: readonly MonitorRow[]
}

const monitoring = (lab: Lab2x) => lab.known<Monitoring>('monitoring')

type Event = RequestOf<Actions201, 'NotifyEvent'>['eventData'][number]

const events = (seen: Seen<Actions201>): readonly Event[] =>
  seen.calls('NotifyEvent').flatMap(({ eventData }) => eventData)

const told = ({ component, variable, actualValue }: Event): string =>
  `${component.name}.${variable.name} is ${actualValue}`

describe.each(versions2x)('%s', (version) => {
  const evidence = new Evidence<Actions201>(version, 'monitoring')

  test('[2.0.1 N04] SetVariableMonitoring', async () => {
    await using lab = await startLab2x(version)
    const actor = await lab.connect({ speed: 60 })
    const power: MonitorOrder = {
      ...stateMonitor,
      variable: { name: 'Power' },
      type: 'UpperThreshold',
      value: 9000,
    }
    await evidence.shows(lab, 'SetVariableMonitoring', {
      call: () => monitor(lab, power),
      csms: {
        clause: '2.0.1 N04',
        async effect() {
          const [row] = (await monitoring(lab))?.monitors ?? []
          return (
            row &&
            `the monitor is stored: ${row.type} of ${row.component.name}.${row.variable.name}`
          )
        },
      },
      station: {
        clause: '2.0.1 N04, N07.FR.16',
        async afterwards() {
          await actor.plugIn(plug, ev)
          await actor.start(plug, cancel)
        },
        effect(seen) {
          const [event] = events(seen)
          return event && `a car charges with 11 kW: NotifyEvent, ${event.trigger}, ${told(event)}`
        },
      },
    })
  })

  test('[2.0.1 N06] ClearVariableMonitoring', async () => {
    await using lab = await startLab2x(version)
    const actor = await lab.connect()
    const [id = 0] = await monitor(lab, stateMonitor)
    const { component, variable } = stateMonitor
    const question = { requestId: 5, monitoringCriteria: ['DeltaMonitoring' as const] }
    await lab.until('the monitor', async () => (await monitoring(lab))?.monitors[0])
    await evidence.shows(lab, 'ClearVariableMonitoring', {
      call: () => lab.command('ClearVariableMonitoring', { id: [id] }),
      csms: {
        clause: '2.0.1 N06',
        async effect() {
          const known = await monitoring(lab)
          return known?.monitors.length === 0 ? 'the monitor is no longer stored' : undefined
        },
      },
      station: {
        clause: '2.0.1 N06',
        async afterwards() {
          await actor.plugIn(plug, ev)
          await lab.command('GetMonitoringReport', {
            ...question,
            componentVariable: [{ component, variable }],
          })
        },
        effect(seen) {
          const status = seen.answers('GetMonitoringReport').at(-1)?.status
          return status === 'EmptyResultSet' && events(seen).length === 0
            ? `a car comes and nothing is told of it; a report of such monitors is ${status}`
            : undefined
        },
      },
    })
  })

  test('[2.0.1 N03] SetMonitoringBase', async () => {
    await using lab = await startLab2x(version)
    const actor = await lab.connect()
    // Nothing is told of a car as yet.
    await actor.plugIn(plug, ev)
    await actor.unplug(plug, cancel)
    await evidence.shows(lab, 'SetMonitoringBase', {
      call: () => lab.command('SetMonitoringBase', { monitoringBase: 'FactoryDefault' }),
      csms: {
        clause: '2.0.1 N03',
        async effect() {
          const base = (await monitoring(lab))?.base
          return base && `the monitoring base is stored: ${base}`
        },
      },
      station: {
        clause: '2.0.1 N03.FR.04',
        afterwards: () => actor.plugIn(plug, ev),
        effect(seen) {
          const [event] = events(seen)
          return event && `a car comes, and a ${event.eventNotificationType} tells: ${told(event)}`
        },
      },
    })
  })

  test('[2.0.1 N05] SetMonitoringLevel', async () => {
    await using lab = await startLab2x(version)
    const actor = await lab.connect()
    const [grave, lesser] = await monitor(lab, stateMonitor, lesserMonitor)
    await actor.plugIn(plug, ev)
    await lab.until(
      'both events',
      () =>
        lab.frames.some(({ payload }) =>
          JSON.stringify(payload).includes(`"variableMonitoringId":${lesser}`),
        ) || undefined,
    )
    await evidence.shows(lab, 'SetMonitoringLevel', {
      call: () => lab.command('SetMonitoringLevel', { severity: 5 }),
      csms: {
        clause: '2.0.1 N05',
        async effect() {
          const level = (await monitoring(lab))?.level
          return level !== undefined ? `the monitoring level is stored: ${level}` : undefined
        },
      },
      station: {
        clause: '2.0.1 N05.FR.03',
        afterwards: () => actor.unplug(plug, cancel),
        effect(seen) {
          const ids = events(seen).map((event) => event.variableMonitoringId)
          return ids.includes(grave) && !ids.includes(lesser)
            ? 'of two monitors that both told until now, only the more severe one tells that the car left'
            : undefined
        },
      },
    })
  })

  test('[2.0.1 N02] GetMonitoringReport', async () => {
    await using lab = await startLab2x(version)
    await lab.connect()
    await evidence.shows(lab, 'GetMonitoringReport', {
      call: () => lab.command('GetMonitoringReport', { requestId: 6 }),
      csms: {
        clause: '2.0.1 N02',
        async effect() {
          const [row] = (await monitoring(lab))?.monitors ?? []
          return (
            row &&
            `what nobody had set is stored: ${row.type} of ${row.component.name}.${row.variable.name}`
          )
        },
      },
      station: {
        clause: '2.0.1 N02.FR.11',
        effect(seen) {
          const [report] = seen.calls('NotifyMonitoringReport')
          return (
            report &&
            `NotifyMonitoringReport with this requestId: ${report.requestId}, tbc ${report.tbc}`
          )
        },
      },
    })
  })

  test('[2.0.1 N02] NotifyMonitoringReport', async () => {
    await using lab = await startLab2x(version)
    const configuration = { 'DeviceDataCtrlr.ItemsPerMessage[GetReport]': 1 }
    await lab.connect({ station: { configuration } })
    const power = { ...stateMonitor, variable: { name: 'Power' } }
    const ids = await monitor(lab, stateMonitor, power)
    expect(ids).toHaveLength(2)
    const rows = async () => (await monitoring(lab))?.monitors ?? []
    await lab.until('both', async () => ((await rows()).length === 2 ? true : undefined))
    await evidence.shows(lab, 'NotifyMonitoringReport', {
      call: () => lab.command('GetMonitoringReport', { requestId: 7 }),
      csms: {
        clause: '2.0.1 N02',
        async effect() {
          const problem = (await rows()).find(({ variable }) => variable.name === 'Problem')
          return (
            problem &&
            `a monitor that it lists is stored: ${problem.type} of ${problem.component.name}.Problem`
          )
        },
      },
      station: {
        clause: '2.0.1 N02',
        effect(seen) {
          const [next] = seen.calls('NotifyMonitoringReport')
          return next && `once it is answered the next part comes, with seqNo ${next.seqNo}`
        },
      },
    })
  })

  test('[2.0.1 N07] NotifyEvent', async () => {
    await using lab = await startLab2x(version)
    const actor = await lab.connect()
    await monitor(lab, stateMonitor)
    await evidence.shows(lab, 'NotifyEvent', {
      call: () => actor.plugIn(plug, ev),
      csms: {
        clause: '2.0.1 N07',
        async effect() {
          const [row] = (await lab.known<readonly Event[]>('events')) ?? []
          return row && `a row of the events: ${told(row)}`
        },
      },
      station: {
        clause: '2.0.1 N07.FR.04',
        async afterwards() {
          actor.disconnect({})
          await actor.unplug(plug, cancel)
          await actor.reconnect(cancel)
        },
        effect(seen) {
          const [first, ...others] = events(seen)
          return first && others.length === 0
            ? `after a reconnect it tells what came up offline, and not this again: ${told(first)}`
            : undefined
        },
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})
