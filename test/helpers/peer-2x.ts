import type { StationTemplate } from '../../src/simulator/scenario/plan.ts'
import { protocol2x } from '../../src/simulator/station/v2x/protocol.ts'
import type { Version2x } from '../../src/simulator/station/v2x/station-2x.ts'
import type { ConnectorRef, IdToken, StepResult } from '../../src/simulator/steps/actor.ts'
import { ev, plug, StationPeer, validators } from './station-peer.ts'

/** A TransactionEvent as it stood on the wire, as far as tests read it. */
export interface TransactionEvent {
  readonly eventType: string
  readonly triggerReason: string
  readonly timestamp: string
  readonly seqNo: number
  readonly offline?: boolean
  readonly evse?: { readonly id: number; readonly connectorId?: number }
  readonly idToken?: IdToken
  readonly transactionInfo: {
    readonly transactionId: string
    readonly chargingState: string
    readonly stoppedReason?: string
    readonly remoteStartId?: number
    readonly transactionLimit?: object
  }
  readonly meterValue?: readonly {
    readonly timestamp: string
    readonly sampledValue: readonly SampledValue[]
  }[]
}

export interface SampledValue {
  readonly value: number
  readonly context: string
  readonly measurand: string
  readonly unitOfMeasure?: { readonly unit: string }
  readonly phase?: string
  readonly location?: string
  readonly signedMeterValue?: { readonly signedMeterData: string }
}

const protocols = {
  'ocpp2.0.1': protocol2x('ocpp2.0.1', validators),
  'ocpp2.1': protocol2x('ocpp2.1', validators),
}

/** A station of 2.x with a CSMS that accepts every token. */
export class Peer2x extends StationPeer {
  constructor(version: Version2x = 'ocpp2.0.1', template: Partial<StationTemplate> = {}) {
    super(protocols[version], template)
    this.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Accepted' } }))
  }

  static open(
    version: Version2x = 'ocpp2.0.1',
    template: Partial<StationTemplate> = {},
  ): Promise<Peer2x> {
    return new Peer2x(version, template).booted()
  }

  /** Booted, plugged in and charging with the station's own token; what was heard is forgotten. */
  static async charging(
    version: Version2x = 'ocpp2.0.1',
    template: Partial<StationTemplate> = {},
  ): Promise<Peer2x> {
    const peer = await Peer2x.open(version, template)
    await peer.plugIn()
    await peer.authorize(peer.actor.ownToken)
    await peer.start()
    peer.forget()
    return peer
  }

  /** What the CSMS says of tokens: by default Accepted, in Authorize and TransactionEvents. */
  judges(infoOf: (idToken: string) => object): void {
    const judge = ({ idToken }: Record<string, unknown>) =>
      idToken ? { idTokenInfo: infoOf((idToken as IdToken).idToken) } : {}
    this.answers.set('Authorize', judge)
    this.answers.set('TransactionEvent', judge)
  }

  get events(): readonly TransactionEvent[] {
    return this.heard
      .filter(({ action }) => action === 'TransactionEvent')
      .map(({ payload }): object => payload)
      .map((payload) => payload as TransactionEvent)
  }

  /** `Started Authorized EVConnected`, `Ended StopAuthorized EVConnected Local`. */
  get told(): readonly string[] {
    return this.events.map(({ eventType, triggerReason, transactionInfo: info }) =>
      [eventType, triggerReason, info.chargingState, info.stoppedReason].filter(Boolean).join(' '),
    )
  }

  /** All samples of an event. */
  samples(event: TransactionEvent | undefined): readonly SampledValue[] {
    return (event?.meterValue ?? []).flatMap(({ sampledValue }) => sampledValue)
  }

  plugIn(at: ConnectorRef = plug): Promise<StepResult> {
    return this.act(this.actor.plugIn(at, ev))
  }

  unplug(at: ConnectorRef = plug): Promise<StepResult> {
    return this.act(this.actor.unplug(at, this.cancel))
  }

  authorize(token: IdToken | string, at: ConnectorRef = plug): Promise<StepResult> {
    return this.act(this.actor.authorize(at, tokenOf(token), this.cancel))
  }

  start(at: ConnectorRef = plug): Promise<StepResult> {
    return this.act(this.actor.start(at, this.cancel))
  }

  stop(token?: IdToken | string, at: ConnectorRef = plug): Promise<StepResult> {
    const how = token === undefined ? {} : { token: tokenOf(token) }
    return this.act(this.actor.stop(at, how, this.cancel))
  }

  setVariable(name: string, attributeValue: string): Promise<Record<string, unknown>> {
    const [component = '', variable = ''] = name.split('.')
    return this.call('SetVariables', {
      setVariableData: [
        { component: { name: component }, variable: { name: variable }, attributeValue },
      ],
    })
  }

  /** The network is back. */
  async reconnect(): Promise<void> {
    this.reachable = true
    await this.clock.run(60_000)
  }
}

/** A text is a card. */
export function tokenOf(token: IdToken | string): IdToken {
  return typeof token === 'string' ? { idToken: token, type: 'ISO14443' } : token
}
