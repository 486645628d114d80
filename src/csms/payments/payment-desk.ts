import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { oneTimePassword } from '../../ocpp/one-time-password.ts'
import { type Clock, isoTime } from '../../shared/clock.ts'
import type { Operations } from '../api/operations.ts'
import type { Token, TransactionLimit } from '../domain/token.ts'
import { type PaymentSettings, passwordSettings, sharedSecretOf } from '../domain/web-payments.ts'

/** What the code on the display of an EVSE said. */
export interface Scanned {
  readonly stationId: string
  readonly evseId: number
  /** Of the algorithm: v1. */
  readonly version: string
  readonly password: string
  /** What the driver asked for at the station [2.1 C25.FR.04 to FR.06]. */
  readonly wanted: TransactionLimit
}

/** Why nothing can be paid: `code`: it is wrong or old, `used`: it was right, once, `busy`: somebody else pays. */
export type Objection = 'code' | 'used' | 'busy' | 'offline' | 'full'

/** `unsure`: the station did not answer, and may start or not. */
type State = 'waiting' | 'starting' | 'started' | 'refused' | 'unsure'

/** One visit of the page, from a code that is right to what the station said. */
export interface WebPayment {
  /** Nobody guesses it: whoever has it is the driver. */
  readonly id: string
  /** What the payment provider would call it; the idToken of the transaction. */
  readonly pspRef: string
  readonly stationId: string
  readonly evseId: number
  readonly limit: TransactionLimit
  /** Of the wire clock; a payment that waits is over then. */
  readonly untilMs: number
  state: State
}

/** Visits that are remembered. */
const mostPayments = 10_000
/** Of them of one station: it knows its own codes, and could keep all others out. */
const mostOfStation = 200
/** How long a token that paid is known after that: whoever charges with it is done by then. */
const forgottenAfterMs = 24 * 3_600_000
/** How long a payment that was made is shown, and a transaction may begin with it. */
const keptMs = 3_600_000
/** Tokens of payments, and of nothing else. */
const pspRefs = { prefix: 'web-', pattern: /^web-[0-9a-f]{24}$/ } as const

/** What the desk needs of the management system. */
export type DeskOperations = Pick<Operations, 'command' | 'tokens' | 'editToken' | 'removeToken'>

/** Where drivers pay on the web for a session at a station of 2.1 [2.1 C25]. */
export class PaymentDesk {
  readonly settings: PaymentSettings
  readonly #operations: DeskOperations
  readonly #clock: Clock
  readonly #payments = new Map<string, WebPayment>()
  /** Passwords that were used, until they would not hold any more anyway. */
  readonly #used = new Map<string, number>()
  /** Tokens of payments, until nobody needs them any more; in the order of that time. */
  readonly #tokens = new Map<string, number>()

  /** @param clock of the wire */
  constructor(settings: PaymentSettings, operations: DeskOperations, clock: Clock) {
    this.settings = settings
    this.#operations = operations
    this.#clock = clock
  }

  /**
   * The tokens of payments that an earlier process of this store took are forgotten in their time,
   * too. What it knew of visits and used codes is gone: they held for minutes.
   */
  async recall(): Promise<void> {
    const { rows } = await this.#operations.tokens({ after: pspRefs.prefix, limit: undefined })
    const found: [pspRef: string, untilMs: number][] = []
    for await (const piece of rows) {
      const tokens = JSON.parse(`[${piece}]`) as readonly Token[]
      const own = tokens.filter(isOfPayment)
      for (const { idToken, expiry = '' } of own) {
        found.push([idToken, Date.parse(expiry) - keptMs + forgottenAfterMs])
      }
      if (tokens.some(({ idToken }) => !idToken.toLowerCase().startsWith(pspRefs.prefix))) break
    }
    found.sort(([, one], [, other]) => one - other)
    for (const [pspRef, untilMs] of found) this.#tokens.set(pspRef, untilMs)
    this.#review()
  }

  /** Somebody scanned a code: keeps the EVSE for him while he pays [2.1 C25.FR.20, FR.21]. */
  async open(scanned: Scanned): Promise<WebPayment | Objection> {
    this.#review()
    if (!this.#isCode(scanned)) return 'code'
    if (this.#used.has(useOf(scanned))) return 'used'
    const { stationId, evseId, wanted } = scanned
    const ofStation = [...this.#payments.values()].filter((one) => one.stationId === stationId)
    if (this.#payments.size >= mostPayments || ofStation.length >= mostOfStation) return 'full'
    const nowMs = this.#clock.wallMs()
    this.#used.set(useOf(scanned), nowMs + 3 * stepMs)
    if (ofStation.some((one) => one.evseId === evseId && isUnderWay(one))) return 'busy'
    const { amount, timeoutSeconds } = this.settings
    const payment: WebPayment = {
      id: randomBytes(16).toString('hex'),
      pspRef: `${pspRefs.prefix}${randomBytes(12).toString('hex')}`,
      stationId,
      evseId,
      limit: { ...wanted, maxCost: Math.min(wanted.maxCost ?? amount, amount) },
      untilMs: nowMs + timeoutSeconds * 1000,
      state: 'waiting',
    }
    // Whoever comes at the same time finds it.
    this.#payments.set(payment.id, payment)
    const told = { evseId, timeout: timeoutSeconds }
    const outcome = await this.#command(payment, 'NotifyWebPaymentStarted', told)
    if (outcome.status !== 'offline' && outcome.status !== 'unknownStation') return payment
    this.#payments.delete(payment.id)
    return 'offline'
  }

  find(id: string): WebPayment | undefined {
    this.#review()
    return this.#payments.get(id)
  }

  /**
   * The payment is made: the station is told to begin, once [2.1 C25.FR.23]. Rejects where it cannot be
   * kept; then nothing is taken.
   */
  async pay(payment: WebPayment): Promise<void> {
    if (payment.state !== 'waiting') return
    payment.state = 'starting'
    try {
      payment.state = await this.#begin(payment)
    } catch (error) {
      payment.state = 'refused'
      throw error
    } finally {
      if (payment.state === 'refused') await this.#forget(payment.pspRef)
    }
  }

  async #begin(payment: WebPayment): Promise<State> {
    const { pspRef, evseId, limit } = payment
    const nowMs = this.#clock.wallMs()
    this.#tokens.set(pspRef, nowMs + forgottenAfterMs)
    await this.#operations.editToken({
      kind: 'replace',
      token: {
        idToken: pspRef,
        type: 'DirectPayment',
        status: 'Accepted',
        expiry: isoTime(nowMs + keptMs),
        limit,
      },
    })
    const outcome = await this.#command(payment, 'RequestStartTransaction', {
      idToken: { idToken: pspRef, type: 'DirectPayment' },
      evseId,
      remoteStartId: randomInt(1, 2 ** 31),
    })
    if (outcome.status === 'timeout' || outcome.status === 'lost') return 'unsure'
    const started =
      outcome.status === 'answered' &&
      'status' in outcome.payload &&
      outcome.payload.status === 'Accepted'
    return started ? 'started' : 'refused'
  }

  async #forget(pspRef: string): Promise<void> {
    this.#tokens.delete(pspRef)
    await this.#operations.removeToken(pspRef)
  }

  #command({ stationId }: WebPayment, action: string, payload: object) {
    return this.#operations.command(stationId, action, payload, undefined)
  }

  /** Not used yet, and the password of now, or of just before or after: clocks differ, and people are slow. */
  isRight(scanned: Scanned): boolean {
    return !this.#used.has(useOf(scanned)) && this.#isCode(scanned)
  }

  #isCode({ stationId, version, password }: Scanned): boolean {
    if (version !== 'v1' || password.length !== passwordSettings.length) return false
    const settings = {
      ...passwordSettings,
      sharedSecret: sharedSecretOf(this.settings, stationId),
    }
    const nowMs = this.#clock.wallMs()
    return [-1, 0, 1].some((step) =>
      same(oneTimePassword(settings, nowMs + step * stepMs), password),
    )
  }

  #review(): void {
    const nowMs = this.#clock.wallMs()
    for (const [use, untilMs] of this.#used) if (untilMs < nowMs) this.#used.delete(use)
    for (const [id, { state, untilMs }] of this.#payments) {
      const over = state === 'waiting' ? untilMs : untilMs + keptMs
      if (over < nowMs) this.#payments.delete(id)
    }
    for (const [pspRef, untilMs] of this.#tokens) {
      if (untilMs >= nowMs) break
      // One that cannot be removed now expired long ago.
      void this.#forget(pspRef).catch(() => undefined)
    }
  }
}

const stepMs = passwordSettings.validityTime * 1000

function useOf({ stationId, evseId, password }: Scanned): string {
  return `${stationId} ${evseId} ${password}`
}

/** Made by a desk: with an expiry, and a name as no operator makes one. */
function isOfPayment({ idToken, type, expiry }: Token): boolean {
  return type === 'DirectPayment' && expiry !== undefined && pspRefs.pattern.test(idToken)
}

/** Nobody else may pay for the place meanwhile. */
function isUnderWay({ state }: WebPayment): boolean {
  return state === 'waiting' || state === 'starting'
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
