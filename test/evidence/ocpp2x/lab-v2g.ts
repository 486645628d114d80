import { expect } from 'vitest'
import type { RequestOf } from '../../../src/ocpp/rpc/service.ts'
import type { Actions21 } from '../../../src/ocpp/v21/actions.ts'
import type { StationActor } from '../../../src/simulator/steps/actor.ts'
import { cancel, plug } from '../lab.ts'
import { Seen } from '../seen.ts'
import { type Lab21, variableValue } from './lab2x.ts'

/** A DC station that takes energy back, and an EV that gives it. */
export const v2gStation = {
  evses: [{ connectors: ['cCCS2'], maxPower: '50kW', discharge: '10kW' }],
}
const v2gEv = {
  batteryWh: 60_000,
  soc: 0.6,
  maxPowerW: 20_000,
  phases: 3,
  taperFrom: 0.8,
  discharge: { maxPowerW: 10_000, reserveSoc: 0.2, efficiency: 1 },
} as const

/** It charges; nothing may flow back yet. */
export async function charging(lab: Lab21): Promise<StationActor> {
  const actor = await lab.connect({ station: v2gStation, speed: 60 })
  await actor.plugIn(plug, v2gEv)
  await actor.authorize(plug, actor.ownToken, cancel)
  await actor.start(plug, cancel)
  return actor
}

export function allowBothWays(lab: Lab21, actor: StationActor): Promise<object> {
  return lab.command('NotifyAllowedEnergyTransfer', {
    transactionId: String(actor.variable('transactionId', plug)),
    allowedEnergyTransfer: ['DC', 'DC_BPT'],
  })
}

/** Its EV may give, and has the profile that the management system made for its needs. */
export async function mayGive(lab: Lab21, actor: StationActor): Promise<void> {
  await allowBothWays(lab, actor)
  await lab.until('a profile for its needs', () =>
    new Seen<Actions21>(lab.frames, undefined).answers('SetChargingProfile')[0] ? true : undefined,
  )
}

type Schedule = RequestOf<
  Actions21,
  'SetChargingProfile'
>['chargingProfile']['chargingSchedule'][number]

/** One period for its transaction, in W, from now on. */
export async function setPeriod(
  lab: Lab21,
  actor: StationActor,
  period: Partial<Schedule['chargingSchedulePeriod'][number]>,
): Promise<void> {
  const answer = await lab.command('SetChargingProfile', {
    evseId: 1,
    chargingProfile: {
      id: 1,
      stackLevel: 1,
      chargingProfilePurpose: 'TxProfile',
      chargingProfileKind: 'Relative',
      transactionId: String(actor.variable('transactionId', plug)),
      chargingSchedule: [
        { id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, ...period }] },
      ],
    },
  })
  expect(answer).toEqual({ status: 'Accepted' })
}

/** Reads EVSE.Power until it is this many W. */
export function readPower(lab: Lab21, expected: string): Promise<true> {
  return lab.until(`${expected} W`, async () => {
    await lab.command('GetVariables', {
      getVariableData: [
        { component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Power' } },
      ],
    })
    const seen = new Seen<Actions21>(lab.frames, undefined)
    return variableValue(seen, 'EVSE', 'Power') === expected ? true : undefined
  })
}
