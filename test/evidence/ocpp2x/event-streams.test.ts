import { test } from 'vitest'
import type { Actions21 } from '../../../src/ocpp/v21/actions.ts'
import type { StationActor } from '../../../src/simulator/steps/actor.ts'
import { Evidence } from '../evidence.ts'
import { cancel, ev, plug } from '../lab.ts'
import type { Seen } from '../seen.ts'
import { type Lab21, startLab21 } from './lab2x.ts'

/* N. Values in streams, which only 2.1 has. */

const evidence = new Evidence<Actions21>('ocpp2.1', 'event-streams')

interface StreamRow {
  readonly id: number
  readonly params: { readonly interval?: number; readonly values?: number }
  readonly received: number
  readonly values: readonly { readonly value: string }[]
  readonly closedAt?: string
}

const stream = async (lab: Lab21): Promise<StreamRow | undefined> =>
  (await lab.known<readonly StreamRow[]>('event-streams'))?.[0]

/** The power of EVSE 1 every ten seconds, three values in a message. */
const order = {
  component: { name: 'EVSE', evse: { id: 1 } },
  variable: { name: 'Power' },
  type: 'Periodic' as const,
  value: 10,
  severity: 8,
  periodicEventStream: { values: 3 },
}

const setMonitor = async (lab: Lab21): Promise<number> => {
  const answer = await lab.command('SetVariableMonitoring', { setMonitoringData: [order] })
  return answer.setMonitoringResult[0]?.id ?? 0
}

interface Streaming {
  readonly actor: StationActor
  readonly monitor: number
}

/** A station that has a stream open. */
async function streaming(lab: Lab21): Promise<Streaming> {
  const actor = await lab.connect({ speed: 200 })
  const monitor = await setMonitor(lab)
  await lab.until('the stream', () => stream(lab))
  return { actor, monitor }
}

const chargingProfile = {
  id: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile' as const,
  chargingProfileKind: 'Relative' as const,
  chargingSchedule: [
    {
      id: 1,
      chargingRateUnit: 'W' as const,
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 7000 }],
    },
  ],
}

const sent = (seen: Seen<Actions21>) => seen.calls('NotifyPeriodicEventStream')

test('[2.1 N11] OpenPeriodicEventStream', async () => {
  await using lab = await startLab21()
  await lab.connect({ speed: 200 })
  await evidence.shows(lab, 'OpenPeriodicEventStream', {
    call: () => setMonitor(lab),
    csms: {
      clause: '2.1 N11',
      async effect() {
        const row = await stream(lab)
        return row && `a row of the event streams: ${row.params.values} values in each message`
      },
    },
    station: {
      clause: '2.1 N11, N15',
      effect(seen) {
        const [first] = sent(seen)
        return first && `NotifyPeriodicEventStream follows, with ${first.data.length} values`
      },
    },
  })
})

test('[2.1 N15] NotifyPeriodicEventStream', async () => {
  await using lab = await startLab21()
  const { actor } = await streaming(lab)
  await evidence.shows(lab, 'NotifyPeriodicEventStream', {
    call: async () => {
      await actor.plugIn(plug, ev)
      await actor.start(plug, cancel)
    },
    which: ({ data }) => data.every(({ v }) => v === '11000'),
    csms: {
      clause: '2.1 N15',
      async effect() {
        const value = (await stream(lab))?.values.at(-1)?.value
        return value === '11000' ? `the values are stored, the latest is ${value}` : undefined
      },
    },
    station: {
      clause: '2.1 N15.FR.02',
      afterwards: () => lab.command('SetChargingProfile', { evseId: 1, chargingProfile }),
      effect(seen) {
        const last = sent(seen).at(-1)?.data ?? []
        return last.length === 3 && last.every(({ v }) => v === '7000')
          ? 'what was sent is not sent again: power is limited, and the next values are 7000'
          : undefined
      },
    },
  })
})

test('[2.1 N13] ClosePeriodicEventStream', async () => {
  await using lab = await startLab21()
  const { monitor } = await streaming(lab)
  await evidence.shows(lab, 'ClosePeriodicEventStream', {
    call: () => lab.command('ClearVariableMonitoring', { id: [monitor] }),
    csms: {
      clause: '2.1 N13',
      async effect() {
        const row = await stream(lab)
        return row?.closedAt && 'the stream is stored as closed'
      },
    },
    station: {
      clause: '2.1 N13',
      afterwards: () => lab.command('GetPeriodicEventStream', {}),
      effect(seen) {
        const [answer] = seen.answers('GetPeriodicEventStream')
        return answer && answer.constantStreamData === undefined
          ? 'GetPeriodicEventStream tells no stream any more'
          : undefined
      },
    },
  })
})

test('[2.1 N14] AdjustPeriodicEventStream', async () => {
  await using lab = await startLab21()
  await streaming(lab)
  await evidence.shows(lab, 'AdjustPeriodicEventStream', {
    call: () => lab.command('AdjustPeriodicEventStream', { id: 1, params: { values: 7 } }),
    csms: {
      clause: '2.1 N14',
      async effect() {
        const values = (await stream(lab))?.params.values
        return values === 7 ? `the stream is stored with ${values} values in a message` : undefined
      },
    },
    station: {
      clause: '2.1 N14',
      effect(seen) {
        const told = sent(seen).find(({ data }) => data.length === 7)
        return told && `NotifyPeriodicEventStream has ${told.data.length} values`
      },
    },
  })
})

test('[2.1 N12] GetPeriodicEventStream', async () => {
  await using lab = await startLab21()
  const { actor } = await streaming(lab)
  // Another station is put in its place, which has no stream.
  actor.disconnect({})
  await lab.connect({ speed: 200 })
  await evidence.shows(lab, 'GetPeriodicEventStream', {
    call: () => lab.command('GetPeriodicEventStream', {}),
    csms: {
      clause: '2.1 N12',
      async effect() {
        const row = await stream(lab)
        return row?.closedAt && 'a stream that the station does not tell is stored as closed'
      },
    },
    station: {
      clause: '2.1 N12',
      async afterwards() {
        await setMonitor(lab)
        await lab.until('the stream', async () => {
          const row = await stream(lab)
          return row && !row.closedAt ? row : undefined
        })
        await lab.command('GetPeriodicEventStream', {})
      },
      effect(seen) {
        const before = seen.answer('GetPeriodicEventStream')?.constantStreamData
        const now = seen.answers('GetPeriodicEventStream').at(-1)?.constantStreamData
        return !before && now?.length === 1
          ? `it told none, and tells stream ${now[0]?.id} once it is open`
          : undefined
      },
    },
  })
})

test('what was seen is written down', () => evidence.isWrittenDown())
