import type { EvPlan, StationTemplate } from '../../src/simulator/scenario/plan.ts'
import { protocol2x } from '../../src/simulator/station/v2x/protocol.ts'
import type { Version2x } from '../../src/simulator/station/v2x/station-2x.ts'
import type { ConnectorRef } from '../../src/simulator/steps/actor.ts'
import { ev, StationPeer, validators } from './station-peer.ts'

const protocols = {
  'ocpp2.0.1': protocol2x('ocpp2.0.1', validators),
  'ocpp2.1': protocol2x('ocpp2.1', validators),
}

export const ac22 = {
  connectors: ['cType2'],
  maxPowerW: 22_000,
  phases: 3,
  current: 'AC',
} as const
export const one = { evse: 1, connector: 1 } as const
export const two = { evse: 2, connector: 1 } as const
export const minute = 60_000

type Told = Record<string, unknown>

/** A 2.x station with two AC EVSEs against a CSMS that sets charging profiles. */
export class ChargingBench extends StationPeer {
  constructor(
    version: Version2x,
    configuration: Record<string, string> = {},
    template: Partial<StationTemplate> = {},
  ) {
    super(protocols[version], { evses: [ac22, ac22], ...template, configuration })
    this.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Accepted' } }))
    this.answers.set('NotifyEVChargingNeeds', () => ({ status: 'Accepted' }))
    this.answers.set('NotifyEVChargingSchedule', () => ({ status: 'Accepted' }))
  }

  /** An EV of 11 kW, 15.94 A on each of three phases, charges from now on. */
  async charge(at: ConnectorRef = one, more: Partial<EvPlan> = {}): Promise<string> {
    await this.act(this.actor.plugIn(at, { ...ev, ...more }))
    await this.act(this.actor.start(at, this.cancel))
    this.forget()
    return this.transactionId(at)
  }

  transactionId(at: ConnectorRef = one): string {
    return String(this.actor.variable('transactionId', at))
  }

  /** Status, or the reason code of a refusal. */
  async set(evseId: number, told: Told): Promise<unknown> {
    const answer = await this.call('SetChargingProfile', { evseId, chargingProfile: told })
    const info = answer['statusInfo'] as { readonly reasonCode: string } | undefined
    return info?.reasonCode ?? answer['status']
  }

  /** Start and limit of each period. */
  async composite(evseId: number, more: object = {}): Promise<unknown[]> {
    const question = { evseId, duration: 3600, chargingRateUnit: 'W', ...more }
    const { schedule } = await this.call('GetCompositeSchedule', question)
    const { chargingSchedulePeriod } = schedule as { chargingSchedulePeriod: Told[] }
    return chargingSchedulePeriod.map(({ startPeriod, limit }) => [startPeriod, limit])
  }

  /** What flows now, W. */
  powerW(evse = 1): number {
    const found = this.station.evse(evse)
    if (!found) throw new Error(`there is no EVSE ${evse}`)
    found.advance()
    return Math.round(found.outlet.powerW)
  }
}

/** A TxDefaultProfile of one period, where nothing else is said. */
export function told({ schedule = {}, limit = 6900, ...more }: Told = {}): Told {
  const kind = (more['chargingProfileKind'] as string | undefined) ?? 'Relative'
  const needsStart = kind === 'Absolute' || kind === 'Recurring'
  return {
    id: 1,
    stackLevel: 0,
    chargingProfilePurpose: 'TxDefaultProfile',
    chargingProfileKind: kind,
    chargingSchedule: [
      {
        id: 1,
        chargingRateUnit: 'W',
        ...(needsStart && { startSchedule: '2026-01-01T00:00:00Z' }),
        chargingSchedulePeriod: [{ startPeriod: 0, limit }],
        ...(schedule as object),
      },
    ],
    ...more,
  }
}
