import { expect, test } from 'vitest'
import { oneTimePassword } from '../../ocpp/one-time-password.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { pageOf } from '../api/rows.ts'
import type { Token } from '../domain/token.ts'
import { passwordSettings, sharedSecretOf } from '../domain/web-payments.ts'
import type { CommandOutcome } from '../gateway/commander.ts'
import { type DeskOperations, PaymentDesk, type Scanned, type WebPayment } from './payment-desk.ts'

const settings = {
  url: 'https://pay.example',
  secret: 'of a laboratory only',
  amount: 20,
  currency: 'EUR',
  timeoutSeconds: 60,
}

/** A desk whose stations answer like that, with the tokens that it made and did not remove. */
function deskOf(status = 'Accepted', store: () => Promise<undefined> = async () => undefined) {
  const clock = new VirtualClock()
  const tokens = new Map<string, Token>()
  const commands: string[] = []
  const operations: DeskOperations = {
    async command(_station, action): Promise<CommandOutcome> {
      commands.push(action)
      return { status: 'answered', payload: { status } } as CommandOutcome
    },
    tokens({ after, limit }) {
      const all = [...tokens.values()].filter(({ idToken }) => idToken > after)
      return pageOf(
        all.sort((one, other) => (one.idToken < other.idToken ? -1 : 1)),
        limit,
        (token) => token,
        ({ idToken }) => idToken,
      )
    },
    async editToken(edit) {
      await store()
      if (edit.kind === 'replace') tokens.set(edit.token.idToken, edit.token)
      return undefined
    },
    removeToken: async (idToken) => tokens.delete(idToken),
  }
  /** As another process on the same store. */
  const open = () => new PaymentDesk(settings, operations, clock)
  return { clock, tokens, commands, open, desk: open() }
}

function scan(clock: VirtualClock, stationId = 'CS1', evseId = 1): Scanned {
  const sharedSecret = sharedSecretOf(settings, stationId)
  const password = oneTimePassword({ ...passwordSettings, sharedSecret }, clock.wallMs())
  return { stationId, evseId, version: 'v1', password, wanted: {} }
}

async function visit(desk: PaymentDesk, scanned: Scanned): Promise<WebPayment> {
  const opened = await desk.open(scanned)
  if (typeof opened === 'string') throw new Error(opened)
  return opened
}

test('a station that pays itself for ever keeps no other out', async () => {
  const { desk, clock } = deskOf()
  for (let evse = 1; evse <= 200; evse += 1) await visit(desk, scan(clock, 'EVIL', evse))
  expect(await desk.open(scan(clock, 'EVIL', 201))).toBe('full')
  expect(await desk.open(scan(clock, 'GOOD'))).toMatchObject({ state: 'waiting' })
})

test('a code that is right and was not taken may come again', async () => {
  const { desk, clock } = deskOf()
  const scanned = scan(clock)
  expect(desk.isRight(scanned)).toBe(true)
  await visit(desk, scanned)
  expect(desk.isRight(scanned)).toBe(false)
  expect(await desk.open(scanned)).toBe('used')
  expect(desk.isRight({ ...scanned, password: 'x'.repeat(16) })).toBe(false)
})

test('who pays twice pays once', async () => {
  const { desk, clock, commands } = deskOf()
  const payment = await visit(desk, scan(clock))
  await Promise.all([desk.pay(payment), desk.pay(payment)])
  await desk.pay(payment)
  expect(commands).toEqual(['NotifyWebPaymentStarted', 'RequestStartTransaction'])
  expect(payment.state).toBe('started')
})

test('a payment that cannot be kept is refused, and keeps the place for nobody', async () => {
  const { desk, clock, commands } = deskOf('Accepted', () => Promise.reject(new Error('disk full')))
  const payment = await visit(desk, scan(clock))
  await expect(desk.pay(payment)).rejects.toThrow('disk full')
  expect(payment.state).toBe('refused')
  expect(commands).not.toContain('RequestStartTransaction')
  clock.advance(30_000)
  expect(await desk.open(scan(clock))).toMatchObject({ state: 'waiting' })
})

test('tokens of payments are forgotten: at once where nothing began, else a day later', async () => {
  const refusing = deskOf('Rejected')
  await refusing.desk.pay(await visit(refusing.desk, scan(refusing.clock)))
  expect(refusing.tokens.size).toBe(0)

  const { desk, clock, tokens } = deskOf()
  await desk.pay(await visit(desk, scan(clock)))
  clock.advance(23 * 3_600_000)
  desk.find('none')
  expect(tokens.size).toBe(1)
  clock.advance(2 * 3_600_000)
  desk.find('none')
  expect(tokens.size).toBe(0)
})

test('tokens of payments are forgotten in their time, too, where the server began anew meanwhile', async () => {
  const { desk, clock, tokens, open } = deskOf()
  const card: Token = { idToken: 'web-1', type: 'DirectPayment', status: 'Accepted' }
  for (const idToken of ['AC', 'web-1', 'zz']) tokens.set(idToken, { ...card, idToken })
  await desk.pay(await visit(desk, scan(clock)))
  clock.advance(3_600_000)
  await desk.pay(await visit(desk, scan(clock)))
  expect(tokens.size).toBe(5)

  clock.advance(22 * 3_600_000)
  const next = open()
  await next.recall()
  expect(tokens.size).toBe(5)
  clock.advance(90 * 60_000)
  next.find('none')
  expect(tokens.size).toBe(4)

  clock.advance(24 * 3_600_000)
  await open().recall()
  expect([...tokens.keys()].sort()).toEqual(['AC', 'web-1', 'zz'])
})
