import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../../shared/clock.ts'
import { stackOf } from '../../shared/errors.ts'
import { sendNothing, sendText } from '../api/problem.ts'
import type { TransactionLimit } from '../domain/token.ts'
import { paymentPath } from '../domain/web-payments.ts'
import type { CsmsObserver } from '../events.ts'
import { RateLimiter } from '../rate-limiter.ts'
import type { Objection, PaymentDesk, Scanned } from './payment-desk.ts'
import { objectionPage, visitPage, visitPath } from './payment-html.ts'

type Listener = (request: IncomingMessage, response: ServerResponse) => void

/** Wrong codes from one address: guessing is hopeless anyway, but costs us. */
const wrongCodes = { perSecond: 0.2, burst: 10 }

const statusOf = {
  code: 404,
  used: 410,
  busy: 409,
  offline: 503,
  full: 503,
} as const satisfies Record<Objection, number>

/**
 * The payment page of 2.1 stations: `GET /pay/{station}/{evse}/{version}/{totp}` is what the QR code
 * of an EVSE says; a code that is right leads to `/pay/{visit}`, where `POST` pays and begins the
 * session. Drivers have no API key, so nobody needs one here. Everything else goes on to `next`.
 *
 * @param clock real time
 */
export function withPaymentPage(
  desk: PaymentDesk | undefined,
  clock: Clock,
  emit: CsmsObserver | undefined,
  next: Listener,
): Listener {
  if (!desk) return next
  const wrong = new RateLimiter(clock, wrongCodes.perSecond, wrongCodes.burst)
  return (request, response) => {
    if (!(request.url ?? '').startsWith(paymentPath)) {
      next(request, response)
      return
    }
    response.on('error', () => {})
    // Nothing that is sent is read.
    request.resume()
    answer(desk, wrong, request, response).catch((error: unknown) => {
      emit?.({ type: 'handlerFailed', stationId: '', action: 'payments', error: stackOf(error) })
      if (response.headersSent) response.destroy()
      else show(response, 500, objectionPage('offline'))
    })
  }
}

async function answer(
  desk: PaymentDesk,
  wrong: RateLimiter,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://csms')
  const parts = pathname.slice(paymentPath.length).split('/')
  const { method = '' } = request
  const [id = ''] = parts
  if (parts.length === 1 && (method === 'GET' || method === 'POST')) {
    await visit(desk, id, method, response)
    return
  }
  // Whoever only looks whether a page is there has not scanned anything.
  if (method !== 'GET') {
    sendNothing(response, { Allow: parts.length === 1 ? 'GET, POST' : 'GET' })
    return
  }
  // A browser that only guesses where its reader goes next has not scanned anything either.
  if (isPrefetch(request)) {
    show(response, 503, objectionPage('offline'))
    return
  }
  const from = request.socket.remoteAddress ?? ''
  const scanned = scannedIn(parts, searchParams)
  // Many may come from one address, that of a proxy: one of them who guesses keeps no other out.
  const isMany = wrong.take(from) > 0
  if (isMany && !(scanned && desk.isRight(scanned))) {
    show(response, 429, objectionPage('often'))
    return
  }
  const opened = scanned ? await desk.open(scanned) : 'code'
  if (opened !== 'code' && opened !== 'used' && !isMany) wrong.giveBack(from)
  if (typeof opened === 'string') show(response, statusOf[opened], objectionPage(opened))
  else seeVisit(desk, opened.id, response)
}

async function visit(
  desk: PaymentDesk,
  id: string,
  method: 'GET' | 'POST',
  response: ServerResponse,
): Promise<void> {
  const payment = desk.find(id)
  if (!payment) {
    show(response, 404, objectionPage('gone'))
    return
  }
  if (method === 'GET') {
    show(response, 200, visitPage(payment, desk.settings))
    return
  }
  await desk.pay(payment)
  seeVisit(desk, id, response)
}

/** A page that may be loaded again without doing anything again. */
function seeVisit({ settings }: PaymentDesk, id: string, response: ServerResponse): void {
  response.writeHead(303, { Location: visitPath(settings, id), 'Cache-Control': 'no-store' }).end()
}

function show(response: ServerResponse, status: number, html: string): void {
  sendText(response, status, html, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy':
      "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    'Referrer-Policy': 'no-referrer',
  })
}

function isPrefetch({ headers }: IncomingMessage): boolean {
  return [headers['sec-purpose'], headers['purpose']].some(
    (purpose) => typeof purpose === 'string' && purpose.includes('prefetch'),
  )
}

/** Undefined where it is no code of ours at all. */
function scannedIn(parts: readonly string[], query: URLSearchParams): Scanned | undefined {
  const [stationId, evse = '', version, password] = parts.map(decoded)
  if (parts.length !== 4 || !stationId || !version || !password) return undefined
  if (!/^[1-9]\d{0,3}$/.test(evse)) return undefined
  return { stationId, evseId: Number(evse), version, password, wanted: limitIn(query) }
}

/** [2.1 WebPaymentsCtrlr.URLParameters] */
function limitIn(query: URLSearchParams): TransactionLimit {
  const of = (name: string): number | undefined => {
    const given = query.get(name) ?? ''
    return /^\d{1,9}(\.\d{1,2})?$/.test(given) && Number(given) > 0 ? Number(given) : undefined
  }
  const [maxTime, maxEnergy, maxCost] = ['maxtime', 'maxenergy', 'maxcost'].map(of)
  return {
    ...(maxTime !== undefined && { maxTime: Math.ceil(maxTime) }),
    ...(maxEnergy !== undefined && { maxEnergy }),
    ...(maxCost !== undefined && { maxCost }),
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return ''
  }
}
