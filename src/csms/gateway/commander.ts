import { actionInfo, actionsOf } from '../../ocpp/action.ts'
import { type CallOutcome, newCall } from '../../ocpp/rpc/call.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { Clock } from '../../shared/clock.ts'
import { nearestName } from '../../shared/nearest.ts'
import { commandGate } from './boot-gate.ts'
import type { AnyEffect } from './command-effects.ts'
import type { Division } from './division.ts'
import type { Gateway, Services } from './gateway.ts'
import type { Session } from './session.ts'
import { triggeredBy } from './triggered.ts'

/** How a CALL of the management system ended. */
export type CommandOutcome =
  | { readonly status: 'answered'; readonly payload: object }
  | {
      readonly status: 'callError'
      /** As the station spelled it. */
      readonly code: string
      readonly description: string
      readonly details: object
    }
  /** Answered, but against the answer's schema. */
  | { readonly status: 'invalidAnswer'; readonly payload: object; readonly fault: string }
  /** No answer in time; where its turn had not come, it was never sent. */
  | { readonly status: 'timeout' }
  /** The connection broke before the answer came. */
  | { readonly status: 'lost' }
  | { readonly status: 'offline' }
  | { readonly status: 'unknownStation' }
  /** Never sent. */
  | {
      readonly status: 'refused'
      readonly because: 'action' | 'payload' | 'registration' | 'queue'
      readonly message: string
    }

export type Effects = Readonly<Record<OcppVersion, ReadonlyMap<string, AnyEffect>>>

/** What must be done before a CALL is sent; undefined where nothing must. */
export type Preparation = (
  session: Session,
  action: string,
  payload: object,
) => Promise<void> | undefined

/** How a CALL is divided; undefined where the station takes it as it is. */
export type Divide = (session: Session, action: string, payload: object) => Division | undefined

/** Sends what operators and scenarios want sent, after checking that it may be. */
export class Commander {
  readonly #gateway: Gateway
  readonly #services: Services
  readonly #effects: Effects
  readonly #clock: Clock
  readonly #timeoutMs: number
  readonly #prepare: Preparation
  readonly #divide: Divide

  /** @param clock real time */
  constructor(
    gateway: Gateway,
    services: Services,
    effects: Effects,
    clock: Clock,
    timeoutMs: number,
    prepare: Preparation = () => undefined,
    divide: Divide = () => undefined,
  ) {
    this.#divide = divide
    this.#prepare = prepare
    this.#gateway = gateway
    this.#services = services
    this.#effects = effects
    this.#clock = clock
    this.#timeoutMs = timeoutMs
  }

  /**
   * Sends one CALL to one station. Never rejects.
   * @param timeoutMs from now, waiting for the CALL's turn included
   */
  send(
    stationId: string,
    action: string,
    payload: object,
    timeoutMs = this.#timeoutMs,
  ): Promise<CommandOutcome> {
    const session = this.#gateway.session(stationId)
    if (!session) {
      const known = this.#gateway.station(stationId) !== undefined
      return Promise.resolve({ status: known ? 'offline' : 'unknownStation' })
    }
    const objection = this.#objection(session, action, payload)
    if (objection) return Promise.resolve(objection)
    const prepared = this.#prepare(session, action, payload)
    const transmit = () => this.#transmitAll(session, action, payload, timeoutMs)
    return prepared ? prepared.then(transmit) : transmit()
  }

  #objection(session: Session, action: string, payload: object): CommandOutcome | undefined {
    const { version } = session
    const info = actionInfo(version, action)
    if (!info || info.from === 'station') {
      const message = info ? `${action} is sent by stations only.` : unknownAction(version, action)
      return { status: 'refused', because: 'action', message }
    }
    const fault = this.#services[version].action(action)?.checkRequest?.(payload)
    if (fault) return { status: 'refused', because: 'payload', message: fault.text }
    const barred = commandGate(action, session)
    return barred === undefined
      ? undefined
      : { status: 'refused', because: 'registration', message: barred }
  }

  /** The first part that is not answered is the outcome of all. */
  async #transmitAll(
    session: Session,
    action: string,
    payload: object,
    timeoutMs: number,
  ): Promise<CommandOutcome> {
    const division = this.#divide(session, action, payload)
    if (!division) return this.#transmit(session, action, payload, timeoutMs)
    const { parts, joined, ready, abandoned } = division
    const answers: object[] = []
    for (const part of parts) {
      const outcome = await this.#transmit(session, action, part, timeoutMs)
      if (outcome.status !== 'answered') {
        abandoned?.()
        return outcome
      }
      answers.push(outcome.payload)
      if (answers.length === parts.length) break
      await this.#atMost(timeoutMs, ready?.(answers.length, outcome.payload))
    }
    return { status: 'answered', payload: joined(answers) }
  }

  /** Resolves with it, or after so long. */
  async #atMost(ms: number, awaited: Promise<void> | undefined): Promise<void> {
    if (!awaited) return
    let cancel = () => {}
    const late = new Promise<void>((resolve) => {
      cancel = this.#clock.after(ms, resolve)
    })
    await Promise.race([awaited, late])
    cancel()
  }

  #transmit(
    session: Session,
    action: string,
    payload: object,
    timeoutMs: number,
  ): Promise<CommandOutcome> {
    const { triggered } = session.station
    const message = triggeredBy(action, payload)
    const isNew = message !== undefined && !triggered.has(message)
    if (isNew) triggered.add(message)
    return new Promise((resolve) => {
      const finish = (outcome: CommandOutcome) => {
        session.domain.counters.commands.add(`${action} ${outcome.status}`)
        session.domain.emit?.({
          type: 'command',
          stationId: session.station.id,
          action,
          outcome: outcome.status,
          answer: answerOf(outcome),
        })
        resolve(outcome)
      }
      const call = newCall(
        action,
        payload,
        (outcome) => {
          cancel()
          if (isNew && isRefused(outcome)) triggered.delete(message)
          if (outcome.kind === 'result') this.#learn(session, action, payload, outcome.payload)
          finish(commandOutcome(outcome))
        },
        timeoutMs,
      )
      // What still waits for its turn then is taken back: nobody expects it to be sent any more.
      const cancel = this.#clock.after(timeoutMs, () => {
        if (session.connection.withdraw(call)) finish({ status: 'timeout' })
      })
      session.connection.call(call)
    })
  }

  #learn(session: Session, action: string, request: object, response: object): void {
    try {
      this.#effects[session.version].get(action)?.(request, response, session)
    } catch (error) {
      session.handlerFailed(action, error)
    }
  }
}

/** The status that the station answered with, or the code of its CALLERROR. */
function answerOf(outcome: CommandOutcome): string | undefined {
  if (outcome.status === 'callError') return outcome.code
  if (outcome.status !== 'answered' || !('status' in outcome.payload)) return undefined
  return typeof outcome.payload.status === 'string' ? outcome.payload.status : undefined
}

function unknownAction(version: OcppVersion, action: string): string {
  const known = Object.entries(actionsOf[version])
  const near = nearestName(
    action,
    known.flatMap(([name, { from }]) => (from === 'station' ? [] : [name])),
  )
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`
  return `${version} has no action "${action}".${hint}`
}

/** The station said that it will not send what it was asked for. */
function isRefused(outcome: CallOutcome): boolean {
  if (outcome.kind === 'error') return true
  if (outcome.kind !== 'result' || !('status' in outcome.payload)) return false
  return outcome.payload.status !== 'Accepted'
}

/** How a CALL ended, in the words of commands. */
export function commandOutcome(outcome: CallOutcome): CommandOutcome {
  switch (outcome.kind) {
    case 'result':
      return { status: 'answered', payload: outcome.payload }
    case 'error': {
      const { wireCode: code, description, details } = outcome
      return { status: 'callError', code, description, details }
    }
    case 'invalid':
      return { status: 'invalidAnswer', payload: outcome.payload, fault: outcome.fault }
    case 'timeout':
      return { status: 'timeout' }
    case 'lost':
      return { status: 'lost' }
    case 'unsent':
      return outcome.reason === 'closed'
        ? { status: 'offline' }
        : {
            status: 'refused',
            because: 'queue',
            message: 'Too many CALLs wait for this station already.',
          }
  }
}
