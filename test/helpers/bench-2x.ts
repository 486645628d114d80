import type { StationTemplate } from '../../src/simulator/scenario/plan.ts'
import { protocol2x } from '../../src/simulator/station/v2x/protocol.ts'
import type { Version2x } from '../../src/simulator/station/v2x/station-2x.ts'
import { ev, plug, StationPeer, validators } from './station-peer.ts'

export const versions2x = ['ocpp2.0.1', 'ocpp2.1'] as const

const protocols = {
  'ocpp2.0.1': protocol2x('ocpp2.0.1', validators),
  'ocpp2.1': protocol2x('ocpp2.1', validators),
}

export const ac = { connectors: ['cType2'], maxPowerW: 22_000, phases: 3, current: 'AC' } as const
export const second = { evse: 2, connector: 1 } as const

type At = typeof plug | typeof second | { readonly evse: number; readonly connector: number }

/** Groups of tokens that the CSMS of a bench knows. */
const groups: Readonly<Record<string, string>> = { MUM: 'FAMILY', DAD: 'FAMILY' }

function idTokenInfo(idToken: unknown) {
  const group = groups[String((idToken as { idToken?: unknown } | undefined)?.idToken)]
  return {
    status: 'Accepted',
    ...(group !== undefined && { groupIdToken: { idToken: group, type: 'Central' } }),
  }
}

/** A 2.x station that was booted, with shorthands for what drivers do and what the CSMS heard. */
export class Bench2x extends StationPeer {
  static async open(
    version: Version2x,
    template: Partial<StationTemplate> = {},
    configuration: Readonly<Record<string, string>> = {},
  ): Promise<Bench2x> {
    const bench = new Bench2x(protocols[version], { ...template, configuration })
    bench.answers.set('Authorize', ({ idToken }) => ({ idTokenInfo: idTokenInfo(idToken) }))
    bench.answers.set('TransactionEvent', ({ idToken }) =>
      idToken === undefined ? {} : { idTokenInfo: idTokenInfo(idToken) },
    )
    await bench.booted()
    return bench
  }

  plugIn(at: At = plug) {
    return this.act(this.actor.plugIn(at, ev))
  }

  unplug(at: At = plug) {
    return this.act(this.actor.unplug(at, this.cancel))
  }

  authorize(idToken: string, at: At = plug) {
    return this.act(this.actor.authorize(at, { idToken, type: 'ISO14443' }, this.cancel))
  }

  start(at: At = plug) {
    return this.act(this.actor.start(at, this.cancel))
  }

  stop(at: At = plug) {
    return this.act(this.actor.stop(at, {}, this.cancel))
  }

  fault(code: string, at: At = plug) {
    return this.act(this.actor.fault(at, { code }))
  }

  clearFault(at: At = plug) {
    return this.act(this.actor.clearFault(at))
  }

  /** Plugs in and charges with the station's own token; what was heard of it is forgotten. */
  async charging(at: At = plug): Promise<string> {
    await this.plugIn(at)
    await this.start(at)
    this.forget()
    return String(this.actor.variable('transactionId', at))
  }

  /** `Started RemoteStart`, `Ended StopAuthorized Local` ... */
  events(): readonly string[] {
    return this.sent('TransactionEvent').map(({ eventType, triggerReason, transactionInfo }) => {
      const { stoppedReason = '' } = transactionInfo as { readonly stoppedReason?: string }
      return `${String(eventType)} ${String(triggerReason)} ${stoppedReason}`.trim()
    })
  }

  /** `1.1 Reserved` ..., of StatusNotifications. */
  statuses(): readonly string[] {
    return this.sent('StatusNotification').map(
      ({ evseId, connectorId, connectorStatus }) =>
        `${String(evseId)}.${String(connectorId)} ${String(connectorStatus)}`,
    )
  }

  inMinutes(minutes: number): string {
    return new Date(this.clock.wallMs() + minutes * 60_000).toISOString()
  }
}
