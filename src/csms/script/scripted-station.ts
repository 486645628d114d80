import { MissingValue } from '../../document/expressions.ts'
import { ScriptValues } from '../../document/script-values.ts'
import { redactFrame } from '../../ocpp/redact.ts'
import { type CallOutcome, newCall } from '../../ocpp/rpc/call.ts'
import { CallError } from '../../ocpp/rpc/error-codes.ts'
import { type CallFrame, messageType, parseFrame } from '../../ocpp/rpc/frame.ts'
import type { OwnReply } from '../../ocpp/rpc/incoming-calls.ts'
import { noReply } from '../../ocpp/rpc/service.ts'
import { type CancelTimer, type Clock, isoTime } from '../../shared/clock.ts'
import { unlessCancelled } from '../../shared/waiting.ts'
import { commandGate } from '../gateway/boot-gate.ts'
import { type CommandOutcome, commandOutcome } from '../gateway/commander.ts'
import type { ScriptedSession } from '../gateway/session-script.ts'
import { AnswerBook } from './answer-book.ts'
import { closeWith, deliver, type OwnAnswer, registrationTold } from './answering.ts'
import { type CallEnd, CallLog } from './call-log.ts'
import { Changes } from './changes.ts'
import type { AnswerPlan, ScriptPart } from './plan.ts'
import type { CallHow, PlayedStation } from './step-context.ts'

/** How much of an answer a line of the log shows. */
const shownLength = 200

/** Sends a CALL the way of all CALLs: checked, its effects learned. */
export type SendCommand = (
  stationId: string,
  action: string,
  payload: object,
  timeoutMs: number,
) => Promise<CommandOutcome>

export interface StationSetting {
  readonly part: ScriptPart
  /** Real time. */
  readonly clock: Clock
  readonly send: SendCommand
  /** An answer could not be made. */
  readonly failed: (reason: string) => void
}

/** A station that a script is for, over all its connections: what it says, hears and is sent. */
export class ScriptedStation implements PlayedStation {
  readonly id: string
  readonly calls = new CallLog()
  readonly changes = new Changes()
  readonly answers: AnswerBook
  readonly variables: ScriptValues
  readonly #setting: StationSetting
  readonly #delayed = new Set<CancelTimer>()
  /** The latest; it may be closed. */
  #session: ScriptedSession
  #connected = false

  constructor(session: ScriptedSession, setting: StationSetting) {
    this.id = session.station.id
    this.#session = session
    this.#setting = setting
    this.answers = new AnswerBook(setting.part.answers)
    this.variables = new ScriptValues((name) => this.#builtin(name))
  }

  get session(): ScriptedSession {
    return this.#session
  }

  get connected(): boolean {
    return this.#connected
  }

  opened(session: ScriptedSession): void {
    this.#session = session
    this.#connected = true
    this.changes.tell()
  }

  closed(session: ScriptedSession): void {
    if (session !== this.#session) return
    this.#connected = false
    this.changes.tell()
  }

  received(session: ScriptedSession, text: string): void {
    const { frame } = parseFrame(text, session.version)
    if (frame?.type !== messageType.call && frame?.type !== messageType.send) return
    const { id, action, payload } = frame
    this.calls.arrived(id, action, payload, this.#setting.clock.monotonicMicros())
    if (frame.type === messageType.send) this.#settled(id, { unanswered: true })
  }

  sent(session: ScriptedSession, text: string): void {
    const { frame } = parseFrame(text, session.version)
    if (frame?.type === messageType.callResult) {
      this.#settled(frame.id, { answer: frame.payload })
    } else if (frame?.type === messageType.callError) {
      this.#settled(frame.id, { callError: frame.code })
    }
  }

  /** What csms learns of the CALL it learns as ever; only what the station hears is another. */
  intercept(session: ScriptedSession, frame: CallFrame, own: () => OwnReply): OwnReply {
    const variables = this.variables.with({ messageId: frame.id, request: frame.payload })
    const plan = this.#planFor(frame, variables)
    if (!plan) return own()
    const { record } = session.station
    const before = record.registration
    const answer = (reply: OwnAnswer): void => {
      // Not before it is told: until then the station is what it was.
      if (frame.action === 'BootNotification') record.registration = before
      this.#later(plan.afterMs, () => this.#answer(session, frame, plan, reply, variables))
    }
    try {
      const reply = own()
      if (reply instanceof Promise) {
        void reply.then(answer, (error: unknown) => answer(asError(error)))
      } else {
        answer(reply)
      }
    } catch (error) {
      if (!(error instanceof CallError)) throw error
      answer(error)
    }
    return noReply
  }

  async call(
    action: string,
    payload: object,
    { timeoutMs, anyway, cancel }: CallHow,
  ): Promise<CommandOutcome | undefined> {
    const { clock, send } = this.#setting
    const look = () => (this.#mayBeSent(action, anyway) ? true : undefined)
    const ready = await this.changes.until(look, { clock, ms: timeoutMs, cancel })
    if (!ready) return undefined
    const outcome = await unlessCancelled(send(this.id, action, payload, timeoutMs), cancel)
    if (outcome.status !== 'refused' || outcome.because === 'queue') return outcome
    // Wrong on purpose: it goes as it stands.
    return unlessCancelled(this.#sendAsItIs(action, payload, timeoutMs), cancel)
  }

  replyOnce(action: string, answer: AnswerPlan): void {
    this.answers.once(action, answer)
  }

  sendRaw(text: string): boolean {
    if (this.#connected) this.#session.connection.sendRaw(text)
    return this.#connected
  }

  pipeline(action: string, payload: object): boolean {
    if (this.#connected) this.#session.connection.pipeline(action, payload)
    return this.#connected
  }

  close(code: number, reason: string): boolean {
    const was = this.#connected
    if (was) {
      closeWith(this.#session, code, reason)
      this.#connected = false
      this.changes.tell()
    }
    return was
  }

  /** Answers that wait are not given any more. */
  stop(): void {
    for (const cancel of this.#delayed) cancel()
    this.#delayed.clear()
  }

  #planFor(frame: CallFrame, variables: ScriptValues): AnswerPlan | undefined {
    try {
      return this.answers.take(frame.action, frame.payload, (one) => variables.value(one))
    } catch (error) {
      this.#unmade(frame.action, error)
      return undefined
    }
  }

  #answer(
    session: ScriptedSession,
    frame: CallFrame,
    { what }: AnswerPlan,
    own: OwnAnswer,
    variables: ScriptValues,
  ): void {
    const { domain, station } = session
    let told: object | undefined
    try {
      told = deliver(session, frame, what, own, variables)
    } catch (error) {
      this.#unmade(frame.action, error)
      told = deliver(session, frame, { kind: 'own' }, own, variables)
    }
    if (frame.action === 'BootNotification') {
      const registration = registrationTold(told)
      if (registration !== undefined) station.record.registration = registration
      domain.stations.save(station.record)
    }
    if (what.kind !== 'own') {
      const shown = told ? redactFrame(JSON.stringify(told)).slice(0, shownLength) : what.kind
      const message = `${frame.action} is answered by the script: ${shown}`
      domain.emit?.({ type: 'script', stationId: this.id, message })
    }
    this.#settled(frame.id, { unanswered: true })
  }

  /** A template names what is not there. Anything else is a fault of csms. */
  #unmade(action: string, error: unknown): void {
    if (!(error instanceof MissingValue)) throw error
    this.#setting.failed(`the answer to ${action}: ${error.message}`)
  }

  #later(ms: number, fn: () => void): void {
    if (ms <= 0) {
      fn()
      return
    }
    const cancel = this.#setting.clock.after(ms, () => {
      this.#delayed.delete(cancel)
      fn()
    })
    this.#delayed.add(cancel)
  }

  #mayBeSent(action: string, anyway: boolean): boolean {
    return this.#connected && (anyway || commandGate(action, this.#session) === undefined)
  }

  #sendAsItIs(action: string, payload: object, timeoutMs: number): Promise<CommandOutcome> {
    return new Promise((resolve) => {
      const settled = (outcome: CallOutcome) => resolve(commandOutcome(outcome))
      this.#session.connection.call({ ...newCall(action, payload, settled, timeoutMs), raw: true })
    })
  }

  #settled(id: string, end: CallEnd): void {
    this.calls.settled(id, end)
    this.changes.tell()
  }

  #builtin(name: string): unknown {
    const { station, domain, version } = this.#session
    switch (name) {
      case 'id':
        return this.id
      case 'version':
        return version
      case 'now':
        return isoTime(domain.clock.wallMs())
      case 'transactionId':
        return station.transactions[station.transactions.length - 1]?.transactionId
      default:
        return undefined
    }
  }
}

function asError(error: unknown): CallError {
  if (error instanceof CallError) return error
  return new CallError('InternalError', 'The request could not be handled')
}
