import { test } from 'vitest'
import type { RequestOf } from '../../../src/ocpp/rpc/service.ts'
import type { Actions21 } from '../../../src/ocpp/v21/actions.ts'
import { Evidence } from '../evidence.ts'
import { Seen } from '../seen.ts'
import { charging, mayGive, readPower, setPeriod, v2gStation } from './lab-v2g.ts'
import { type Lab21, startLab21, variableValue } from './lab2x.ts'

/* R. Stations as distributed energy resources. */

const evidence = new Evidence<Actions21>('ocpp2.1', 'der-control')

interface Der {
  readonly controls: readonly {
    readonly controlId: string
    readonly controlType: string
    readonly startedAt?: string
  }[]
  readonly alarms: readonly { readonly controlType: string; readonly gridEventFault?: string }[]
  readonly report?: { readonly controls: number; readonly complete: boolean }
}
const der = (lab: Lab21) => lab.known<Der>('der')

const half = {
  controlId: 'half',
  controlType: 'LimitMaxDischarge',
  isDefault: true,
  limitMaxDischarge: { priority: 1, pctMaxDischargePower: 50 },
} as const satisfies RequestOf<Actions21, 'SetDERControl'>

const power = (from: string, to: string, why: string) => ({
  afterwards: (lab: Lab21) => readPower(lab, to),
  effect: (seen: Seen<Actions21>) =>
    variableValue(seen, 'EVSE', 'Power') === to
      ? `EVSE.Power goes from ${from} to ${to}: ${why}`
      : undefined,
})

/** Its EV gives 8 kW back. */
async function giving(lab: Lab21) {
  const actor = await charging(lab)
  await mayGive(lab, actor)
  await setPeriod(lab, actor, { operationMode: 'CentralSetpoint', setpoint: -8000 })
  await readPower(lab, '-8000')
  return actor
}

test('[2.1 R04] SetDERControl and ClearDERControl', async () => {
  await using lab = await startLab21()
  await giving(lab)
  const less = power('-8000', '-5000', 'half of 10 kW')
  await evidence.shows(lab, 'SetDERControl', {
    call: () => lab.command('SetDERControl', half),
    station: { clause: '2.1 R04', afterwards: () => less.afterwards(lab), effect: less.effect },
    csms: {
      clause: '2.1 R04',
      async effect() {
        const [control] = (await der(lab))?.controls ?? []
        return control && `control “${control.controlId}”, ${control.controlType}, is known`
      },
    },
  })
  const more = power('-5000', '-8000', 'no control is left')
  await evidence.shows(lab, 'ClearDERControl', {
    call: () => lab.command('ClearDERControl', { isDefault: true }),
    station: {
      clause: '2.1 R04.FR.41',
      afterwards: () => more.afterwards(lab),
      effect: more.effect,
    },
    csms: {
      clause: '2.1 R04',
      async effect() {
        return (await der(lab))?.controls.length === 0 ? 'no control is known any more' : undefined
      },
    },
  })
})

test('[2.1 R04] GetDERControl and ReportDERControl', async () => {
  await using lab = await startLab21()
  await lab.connect({ station: v2gStation })
  for (let at = 1; at <= 25; at += 1) {
    await lab.command('SetDERControl', { ...half, controlId: `C${at}` })
  }
  await evidence.shows(lab, 'GetDERControl', {
    call: () => lab.command('GetDERControl', { requestId: 1, controlId: 'C7' }),
    station: {
      clause: '2.1 R04.FR.31',
      effect(seen) {
        const [report] = seen.calls('ReportDERControl')
        const id = report?.limitMaxDischarge?.[0]?.id
        return id && `it reports what was asked for: ${id}`
      },
    },
    csms: {
      clause: '2.1 R04',
      async effect() {
        const report = (await der(lab))?.report
        return report?.complete ? `a report of ${report.controls} control is complete` : undefined
      },
    },
  })
  await evidence.shows(lab, 'ReportDERControl', {
    call: () => lab.command('GetDERControl', { requestId: 2 }),
    which: ({ requestId }) => requestId === 2,
    station: {
      clause: '2.1 R04.FR.32',
      effect(seen) {
        const next = seen.calls('ReportDERControl').at(-1)
        return next?.requestId === 2 && next.tbc !== true
          ? `the last message follows it, with ${next.limitMaxDischarge?.length} control`
          : undefined
      },
    },
    csms: {
      clause: '2.1 R04.FR.31',
      async effect() {
        const { controls, report } = (await der(lab)) ?? {}
        return report?.complete && report.controls === 25
          ? `${controls?.length} controls are known, as reported`
          : undefined
      },
    },
  })
})

test('[2.1 R05] NotifyDERAlarm', async () => {
  await using lab = await startLab21()
  const actor = await charging(lab)
  await readPower(lab, '20000')
  await lab.command('SetDERControl', {
    controlId: 'trip',
    controlType: 'HFMustTrip',
    isDefault: true,
    curve: { priority: 1, yUnit: 'Not_Applicable', curveData: [{ x: 51, y: 1 }] },
  })
  const none = power('20000', '0', 'it tripped')
  await evidence.shows(lab, 'NotifyDERAlarm', {
    call: () => actor.gridEvent({ frequencyHz: 51.4 }),
    station: { clause: '2.1 R05', afterwards: () => none.afterwards(lab), effect: none.effect },
    csms: {
      clause: '2.1 R05',
      async effect() {
        const [alarm] = (await der(lab))?.alarms ?? []
        return alarm && `an alarm is open: ${alarm.controlType}, ${alarm.gridEventFault}`
      },
    },
  })
})

test('[2.1 R04] NotifyDERStartStop', async () => {
  await using lab = await startLab21()
  await giving(lab)
  // By its own clock, which runs faster and begins with its boot: four seconds here.
  const told = new Seen<Actions21>(lab.frames, undefined).calls('TransactionEvent').at(-1)
  const startTime = new Date(Date.parse(told?.timestamp ?? '') + 240_000).toISOString()
  const { limitMaxDischarge, ...scheduled } = { ...half, isDefault: false }
  const less = power('-8000', '-5000', 'the control holds')
  await evidence.shows(lab, 'NotifyDERStartStop', {
    call: () =>
      lab.command('SetDERControl', {
        ...scheduled,
        limitMaxDischarge: { ...limitMaxDischarge, startTime },
      }),
    station: {
      clause: '2.1 R04.FR.20',
      afterwards: () => less.afterwards(lab),
      effect: less.effect,
    },
    csms: {
      clause: '2.1 R04.FR.20',
      async effect() {
        const [control] = (await der(lab))?.controls ?? []
        return control?.startedAt && `control “${control.controlId}” is known to have begun`
      },
    },
  })
})

test('what was seen is written down', () => evidence.isWrittenDown())
