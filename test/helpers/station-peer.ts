import { Judge } from '../../src/conformance/rules/judge.ts'
import { actionsOf } from '../../src/ocpp/action.ts'
import { IdSequence } from '../../src/ocpp/ids.ts'
import { memorySockets } from '../../src/ocpp/memory-socket.ts'
import { type CallOutcome, newCall } from '../../src/ocpp/rpc/call.ts'
import { RpcConnection } from '../../src/ocpp/rpc/connection.ts'
import { CallError } from '../../src/ocpp/rpc/error-codes.ts'
import type { Finding } from '../../src/ocpp/rpc/findings.ts'
import { noReply, type Reply, RpcService } from '../../src/ocpp/rpc/service.ts'
import { PayloadValidators } from '../../src/ocpp/schemas.ts'
import type { OcppVersion } from '../../src/ocpp/version.ts'
import { officialValidators } from '../../src/platform/official-validators.ts'
import { Cancel } from '../../src/shared/cancel.ts'
import { VirtualClock } from '../../src/shared/virtual-clock.ts'
import type { EvPlan, StationTemplate } from '../../src/simulator/scenario/plan.ts'
import type { StationProtocol } from '../../src/simulator/station/behaviour.ts'
import { Station } from '../../src/simulator/station/station.ts'
import type { StationFleet } from '../../src/simulator/station/station-options.ts'
import type { StationActor } from '../../src/simulator/steps/actor.ts'

/** One set of compiled schemas for all tests of a file. */
export const validators = new PayloadValidators(officialValidators)

export type Answer = (payload: Record<string, unknown>) => Reply<object> | Promise<Reply<object>>

export interface Heard {
  readonly action: string
  // Payloads are read by tests as they stand on the wire.
  readonly payload: Record<string, unknown>
  readonly atMs: number
}

export const plug = { evse: 1, connector: 1 } as const
export const ev: EvPlan = {
  batteryWh: 60_000,
  soc: 0.2,
  maxPowerW: 11_000,
  phases: 3,
  taperFrom: 0.8,
}

export const stationTemplate: StationTemplate = {
  vendor: 'Acme',
  model: 'AC22',
  serial: undefined,
  firmware: undefined,
  evses: [{ connectors: ['cType2'], maxPowerW: 22_000, phases: 3, current: 'AC' }],
  voltage: 230,
  meterStartWh: 1000,
  txStartPoint: ['PowerPathClosed'],
  txStopPoint: ['EVConnected', 'Authorized'],
  configuration: {},
  callTimeoutMs: 30_000,
}

/**
 * One station over memory sockets against a CSMS of a few lines: it answers what the test tells it
 * to and remembers what it heard. Every payload passes the official schemas on both sides; what
 * breaks a rule is in `findings`.
 */
export class StationPeer {
  readonly clock = new VirtualClock()
  readonly heard: Heard[] = []
  readonly findings: string[] = []
  /** Rules that the CSMS broke: it says what tests tell it to, and many tell it to break one. */
  readonly brokenByCsms: string[] = []
  /** What the station did that is legal, and worth a notice: SHOULD. */
  readonly advised: string[] = []
  /** Headers of each attempt to connect. */
  readonly dialled: Readonly<Record<string, string>>[] = []
  /** Answers by action; the rest gets `{}`. */
  readonly answers = new Map<string, Answer>()
  readonly station: Station
  readonly cancel = new Cancel()
  reachable = true
  #connection: RpcConnection<StationPeer> | undefined
  readonly #ids = new IdSequence('csms', 'c')
  readonly #service: RpcService<StationPeer>

  constructor(
    protocol: StationProtocol,
    template: Partial<StationTemplate> = {},
    fleet: Partial<StationFleet> = {},
  ) {
    this.#service = csmsService(protocol.version)
    this.answers.set('BootNotification', () => ({
      status: 'Accepted',
      currentTime: new Date(this.clock.wallMs()).toISOString(),
      interval: 3600,
    }))
    this.answers.set('Heartbeat', () => ({
      currentTime: new Date(this.clock.wallMs()).toISOString(),
    }))
    const { clock } = this
    this.station = new Station(
      {
        name: 'fleet',
        protocol,
        template: { ...stationTemplate, ...template },
        clocks: { real: clock, simulated: clock },
        speed: 1,
        backdateMs: 0,
        dial: (request, result) => {
          let given = true
          void Promise.resolve().then(() => {
            if (!given) return
            this.dialled.push(request.headers)
            if (this.reachable) result.opened(this.#accept(request.protocols[0] ?? ''))
            else result.failed('refused', 'nobody is there')
          })
          return () => {
            given = false
          }
        },
        observer: {
          connecting: () => undefined,
          connected: () => undefined,
          connectFailed: () => undefined,
          disconnected: () => undefined,
          bootAccepted: () => undefined,
          callStarted: () => undefined,
          callSettled: () => undefined,
          served: () => undefined,
          sendWritten: () => undefined,
          messageSent: () => undefined,
          messageReceived: () => undefined,
          lateAnswer: () => undefined,
          found: (_station, finding) => {
            const told = finding.rule.startsWith('RPC_') ? this.findings : this.brokenByCsms
            told.push(`csms: ${JSON.stringify(finding)}`)
          },
          fault: (_station, what, error) => this.findings.push(`${what}: ${String(error)}`),
        },
        seed: 1,
        runSalt: 'run',
        connectTimeoutMs: 5000,
        urlOf: (identity) => `ws://csms/${identity.id}`,
        headersOf: ({ password }) => (password === undefined ? {} : { password }),
        ...fleet,
      },
      {
        id: 'CS-1',
        index: 0,
        password: undefined,
        token: { idToken: 'TAG-1', type: 'ISO14443' },
        serial: undefined,
      },
    )
  }

  get actor(): StationActor {
    return this.station.actor
  }

  /** Boots and forgets what was heard. */
  async booted(): Promise<this> {
    this.station.boot()
    await this.clock.run(0)
    this.forget()
    return this
  }

  /** Waits for an act while the clock runs. */
  async act<Result>(promise: Promise<Result>, ms = 0): Promise<Result> {
    await this.clock.run(ms)
    return promise
  }

  /** The CSMS calls the station. */
  async call(action: string, payload: object): Promise<Record<string, unknown>> {
    const outcome = await this.outcome(action, payload)
    if (outcome.kind !== 'result') throw new Error(`${action}: ${JSON.stringify(outcome)}`)
    return outcome.payload as Record<string, unknown>
  }

  async outcome(action: string, payload: object): Promise<CallOutcome> {
    const answered = new Promise<CallOutcome>((resolve) => {
      this.#connection?.call(newCall(action, payload, resolve))
    })
    await this.clock.run(0)
    return answered
  }

  /** The CSMS says something that is no CALL. */
  say(text: string): void {
    this.#connection?.sendRaw(text)
  }

  /** The CSMS gives up a CALL that was not answered within 30 s. */
  sweep(): void {
    this.#connection?.sweep(this.clock.monotonicMicros())
  }

  /** What the station sent of these actions, in order; of all without any. */
  sent<Payload extends object = Record<string, unknown>>(
    ...actions: readonly string[]
  ): readonly Payload[] {
    return this.heard
      .filter(({ action }) => actions.length === 0 || actions.includes(action))
      .map(({ payload }) => payload as Payload)
  }

  actions(): readonly string[] {
    return this.heard.map(({ action }) => action)
  }

  forget(): void {
    this.heard.length = 0
  }

  /** The network goes away, and stays so until `reachable` is true again. */
  cut(): void {
    this.reachable = false
    this.#connection?.terminate()
  }

  #accept(protocol: string) {
    const [mine, theirs] = memorySockets(protocol)
    const found = (finding: Finding) => {
      const told = finding.level === 'MUST' ? this.findings : this.advised
      told.push(`station: ${JSON.stringify(finding)}`)
    }
    this.#connection = new RpcConnection<StationPeer>({
      socket: mine,
      service: this.#service,
      context: this,
      clock: this.clock,
      observer: {
        sent: () => undefined,
        received: () => undefined,
        found,
        lateAnswer: () => undefined,
        handlerFailed: (action, error) => this.findings.push(`${action}: ${String(error)}`),
      },
      nextMessageId: () => this.#ids.next(),
      callTimeoutMs: 30_000,
      longestQueue: 100,
      judge: new Judge(this.#service.version, 'station', { found }, this.clock),
      closed: () => undefined,
    })
    return theirs
  }
}

function csmsService(version: OcppVersion): RpcService<StationPeer> {
  const handlers: Record<
    string,
    (payload: object, peer: StationPeer) => Reply<object> | Promise<Reply<object>>
  > = {}
  for (const action of Object.keys(actionsOf[version])) {
    handlers[action] = (request, peer) => {
      const payload = request as Record<string, unknown>
      peer.heard.push({ action, payload, atMs: peer.clock.monotonicMicros() / 1000 })
      return peer.answers.get(action)?.(payload) ?? {}
    }
  }
  return new RpcService(version, 'csms', handlers, validators)
}

/** An answer that refuses the CALL. */
export const refuse: Answer = () => {
  throw new CallError('InternalError', 'the test says so')
}

/** No answer at all. */
export const silent: Answer = () => noReply
