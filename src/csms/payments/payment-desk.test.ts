import { expect, test } from 'vitest'
import { oneTimePassword } from '../../ocpp/one-time-password.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import type { Operations } from '../api/operations.ts'
import { passwordSettings, sharedSecretOf } from '../domain/web-payments.ts'
import type { CommandOutcome } from '../gateway/commander.ts'
import { PaymentDesk, type Scanned, type WebPayment } from './payment-desk.ts'

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
  const tokens = new Set<string>()
  const commands: string[] = []
  const operations: Pick<Operations, 'station' | 'command' | 'editToken' | 'removeToken'> = {
    station: async () => undefined,
    async command(_station, action): Promise<CommandOutcome> {
      commands.push(action)
      return { status: 'answered', payload: { status } } as CommandOutcome
    },
    async editToken(edit) {
      await store()
      if (edit.kind === 'replace') tokens.add(edit.token.idToken)
      return undefined
    },
    removeToken: async (idToken) => tokens.delete(idToken),
  }
  return { clock, tokens, commands, desk: new PaymentDesk(settings, operations, clock) }
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
  expect(await desk.open(scanned)).toBe('code')
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
