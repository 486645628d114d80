import type { CallOutcome } from '../../src/ocpp/rpc/call.ts'
import type { OcppVersion } from '../../src/ocpp/version.ts'
import { Random } from '../../src/shared/random.ts'
import { VirtualClock } from '../../src/shared/virtual-clock.ts'
import type {
  ConnectorRef,
  IdToken,
  IncomingCall,
  OneShotReply,
  StationActor,
  StepResult,
} from '../../src/simulator/steps/actor.ts'

const done: StepResult = { ok: true, reason: '', answer: undefined }

/** A station that does nothing but note what a script asks of it. */
export class FakeActor implements StationActor {
  readonly id = 'CP1'
  readonly index = 6
  readonly fleet = 'street'
  readonly version: OcppVersion = 'ocpp1.6'
  readonly clock = new VirtualClock()
  readonly clocks = { real: this.clock, simulated: this.clock }
  readonly random = Random.stream(1, 'script')
  readonly ownToken: IdToken = { idToken: 'T00007', type: 'Central' }

  /** What was asked, with its arguments, in order. */
  readonly asked: (readonly unknown[])[] = []
  /** What the next acts come to, by name. */
  readonly results: Record<string, StepResult> = {}
  readonly outcomes: CallOutcome[] = []
  readonly incoming: IncomingCall[] = []
  readonly variables: Record<string, unknown> = {}
  readonly #listeners = new Set<(call: IncomingCall) => void>()

  get listeners(): number {
    return this.#listeners.size
  }

  /** The CSMS sends a CALL, and the station answers it. */
  receive(action: string, payload: object = {}, answer: object = { status: 'Accepted' }): void {
    this.receiveEnding(action, { answer }, payload)
  }

  /** The CSMS sends a CALL that ends in some way. */
  receiveEnding(
    action: string,
    end: Partial<Pick<IncomingCall, 'answer' | 'callError' | 'unanswered'>>,
    payload: object = {},
  ): void {
    const call: IncomingCall = {
      action,
      payload,
      atMicros: this.clock.monotonicMicros(),
      ordinal: this.incoming.length,
      answer: undefined,
      callError: undefined,
      unanswered: false,
      ...end,
    }
    this.incoming.push(call)
    this.#listeners.forEach((listener) => listener(call))
  }

  #note(name: string, ...args: readonly unknown[]): Promise<StepResult> {
    this.asked.push([name, ...args])
    return Promise.resolve(this.results[name] ?? done)
  }

  boot = () => this.#note('boot')
  stand = () => this.#note('stand')
  disconnect = (how: object) => void this.#note('disconnect', how)
  reconnect = () => this.#note('reconnect')
  powerLoss = () => void this.#note('powerLoss')
  powerUp = () => this.#note('powerUp')
  closeSocket = (code: number, reason: string) => void this.#note('closeSocket', code, reason)
  plugIn = (at: ConnectorRef, ev: object) => this.#note('plugIn', at, ev)
  authorize = (at: ConnectorRef, token: IdToken) => this.#note('authorize', at, token)
  start = (at: ConnectorRef) => this.#note('start', at)
  act = (at: ConnectorRef, act: object) => this.#note('act', at, act)
  gridEvent = (change: object) => void this.#note('gridEvent', change)
  charge = (at: ConnectorRef, goal: object) => this.#note('charge', at, goal)
  suspendEv = (at: ConnectorRef, forMs: number | undefined) => this.#note('suspendEv', at, forMs)
  stop = (at: ConnectorRef, how: object) => this.#note('stop', at, how)
  unplug = (at: ConnectorRef) => this.#note('unplug', at)
  fault = (at: ConnectorRef, what: object) => this.#note('fault', at, what)
  clearFault = (at: ConnectorRef) => this.#note('clearFault', at)

  call = (action: string, payload: object, timeoutMs?: number): Promise<CallOutcome> => {
    this.asked.push(['call', action, payload, timeoutMs])
    return Promise.resolve(this.outcomes.shift() ?? { kind: 'result', payload: {} })
  }
  sendRaw = (text: string) => void this.asked.push(['sendRaw', text])
  duplicateLast = () => void this.asked.push(['duplicateLast'])
  pipeline = (action: string, payload: object) =>
    void this.asked.push(['pipeline', action, payload])
  onIncoming = (fn: (call: IncomingCall) => void): (() => void) => {
    this.#listeners.add(fn)
    return () => this.#listeners.delete(fn)
  }
  overrideReply = (reply: OneShotReply) => void this.asked.push(['overrideReply', reply])
  variable = (name: string) => this.variables[name]
}
