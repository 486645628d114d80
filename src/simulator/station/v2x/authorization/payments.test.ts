import { afterEach, describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, validators } from '../../../../../test/helpers/station-peer.ts'
import type { PaymentCard } from '../../../steps/actor.ts'
import { protocol2x } from '../protocol.ts'

const protocol = protocol2x('ocpp2.1', validators)
const hour = 3_600_000
const pspRef = 'psp-4711'
const tariff = {
  tariffId: 'T',
  currency: 'EUR',
  energy: { prices: [{ priceKwh: 0.3 }], taxRates: [{ type: 'vat', tax: 19 }] },
}

let peer: StationPeer
afterEach(() => expect(peer.findings).toEqual([]))

async function open(configuration: Readonly<Record<string, string>> = {}): Promise<void> {
  peer = new StationPeer(protocol, { configuration })
  peer.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Accepted' } }))
  await peer.booted()
  await peer.call('SetDefaultTariff', { evseId: 0, tariff })
}

const plugIn = () => peer.act(peer.actor.plugIn(plug, ev))
function pay(more: Partial<PaymentCard> = {}) {
  const payment: PaymentCard = {
    brand: 'Visa',
    recognition: 'CC',
    last4: '4242',
    settlement: 'Settled',
    vatNumber: undefined,
    ...more,
  }
  const token = { idToken: pspRef, type: 'DirectPayment', payment }
  return peer.act(peer.actor.authorize(plug, token, peer.cancel))
}
const start = () => peer.act(peer.actor.start(plug, peer.cancel))
const charge = (forMs: number) => peer.act(peer.actor.charge(plug, { forMs }, peer.cancel), forMs)
const stop = () => peer.act(peer.actor.stop(plug, {}, peer.cancel))
/** The network is back, and the station tries again. */
async function back(): Promise<void> {
  peer.reachable = true
  await peer.clock.run(600_000)
}
const settlements = () => peer.sent('NotifySettlement')
const events = () => peer.sent('TransactionEvent')

async function session(more: Partial<PaymentCard> = {}): Promise<void> {
  await plugIn()
  await pay(more)
  await start()
  await charge(hour)
  await stop()
}

describe('a payment at the terminal', () => {
  test('[2.1 C18.FR.03, FR.06] is not asked for, and limits the transaction', async () => {
    await open({ 'PaymentCtrlr.AuthorizationAmount': '20' })
    await plugIn()
    await pay()
    expect(peer.actions()).not.toContain('Authorize')
    expect(events()[0]).toMatchObject({
      eventType: 'Started',
      idToken: {
        idToken: pspRef,
        type: 'DirectPayment',
        additionalInfo: [
          { type: 'PaymentBrand', additionalIdToken: 'Visa' },
          { type: 'CardLast4Digits', additionalIdToken: '4242' },
        ],
      },
      transactionInfo: { transactionLimit: { maxCost: 20 } },
    })
  })

  test('[2.1 C18.FR.04, FR.05] is asked for where the CSMS wants to be', async () => {
    await open({
      'PaymentCtrlr.AuthorizeDirectPayment': 'true',
      'PaymentCtrlr.PaymentDetails': 'PaymentRecognition',
    })
    await plugIn()
    await pay()
    const additionalInfo = [{ type: 'PaymentRecognition', additionalIdToken: 'CC' }]
    expect(peer.sent('Authorize')).toEqual([
      { idToken: { idToken: pspRef, type: 'DirectPayment', additionalInfo } },
    ])
  })

  test('[2.1 C18.FR.07] that the CSMS refuses lets nobody charge', async () => {
    await open({ 'PaymentCtrlr.AuthorizeDirectPayment': 'true' })
    peer.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Blocked' } }))
    await plugIn()
    expect(await pay()).toMatchObject({ ok: false })
    expect(settlements()).toEqual([])
  })

  test('[2.1 C21.FR.02, FR.04] is settled for what the transaction cost, with a receipt', async () => {
    await open()
    await session()
    expect(settlements()).toMatchObject([
      {
        pspRef,
        status: 'Settled',
        // 11 kWh at 0.30, 19 % on top: 3.927.
        settlementAmount: 3.93,
        transactionId: peer.actor.variable('transactionId', plug),
        receiptId: pspRef,
        receiptUrl: `https://receipts.example/${pspRef}`,
      },
    ])
    expect(peer.actor.variable('receiptUrl', plug)).toBe(`https://receipts.example/${pspRef}`)
  })

  test('[2.1 C21.FR.03] has the receipt of the CSMS where that makes it', async () => {
    await open({ 'PaymentCtrlr.ReceiptByCSMS': 'true' })
    peer.answers.set('NotifySettlement', () => ({ receiptUrl: 'https://csms/r/1', receiptId: '1' }))
    await session()
    expect(settlements()[0]).not.toHaveProperty('receiptUrl')
    expect(peer.actor.variable('receiptUrl', plug)).toBe('https://csms/r/1')
  })

  test('[2.1 C21.FR.05, FR.06] is not settled here where the CSMS settles', async () => {
    await open({ 'PaymentCtrlr.SettlementByCSMS': 'true' })
    await session()
    expect(settlements()).toEqual([])
  })

  test.each(['Rejected', 'Failed'] as const)('[2.1 C22] whose settlement is %s', async (status) => {
    await open()
    await session({ settlement: status })
    expect(settlements()).toMatchObject([{ status, settlementAmount: 3.93 }])
    expect(settlements()[0]).not.toHaveProperty('receiptId')
  })

  test('[2.1 C18.FR.06] limits and pays for a transaction that the cable began', async () => {
    await open({ 'TxCtrlr.TxStartPoint': 'EVConnected', 'PaymentCtrlr.AuthorizationAmount': '2' })
    await session()
    const told = events().map(({ triggerReason }) => triggerReason)
    expect(told.slice(0, 3)).toEqual(['CablePluggedIn', 'LimitSet', 'Authorized'])
    expect(told).toContain('CostLimitReached')
    expect(settlements()).toMatchObject([{ pspRef, status: 'Settled', settlementAmount: 2 }])
  })

  test('[2.1 C21] a settlement that the CSMS did not hear of is told again', async () => {
    await open({ 'PaymentCtrlr.ReceiptByCSMS': 'true' })
    peer.answers.set('NotifySettlement', () => {
      peer.cut()
      return {}
    })
    await session()
    expect(settlements()).toHaveLength(1)
    peer.answers.set('NotifySettlement', () => ({ receiptUrl: 'https://csms/r/1', receiptId: '1' }))
    await back()
    expect(settlements()).toHaveLength(2)
    expect(settlements()[1]).toEqual(settlements()[0])
    expect(peer.actor.variable('receiptUrl', plug)).toBe('https://csms/r/1')
  })

  test('[2.1 C19] what is canceled without network is told afterwards', async () => {
    await open({
      'PaymentCtrlr.AuthorizeDirectPayment': 'true',
      'TxCtrlr.EVConnectionTimeOut': '60',
    })
    await pay()
    peer.cut()
    await peer.clock.run(61_000)
    expect(settlements()).toEqual([])
    await back()
    expect(settlements()).toMatchObject([{ pspRef, status: 'Canceled', settlementAmount: 0 }])
  })

  test('[2.1 C22] fails where nobody knows the cost', async () => {
    await open()
    await plugIn()
    await pay()
    await start()
    await charge(hour)
    await peer.act(peer.actor.fault(plug, { code: 'PowerMeterFailure' }))
    expect(settlements()).toMatchObject([
      {
        status: 'Failed',
        settlementAmount: 0,
        statusInfo: expect.stringContaining('nobody knows'),
      },
    ])
  })

  test('[2.1 C20.FR.05] is canceled where nothing was charged', async () => {
    await open()
    await plugIn()
    await pay()
    await start()
    await stop()
    expect(settlements()).toMatchObject([{ pspRef, status: 'Canceled', settlementAmount: 0 }])
    expect(settlements()[0]).toHaveProperty('transactionId')
  })

  test('[2.1 C19] is canceled where no EV came in time, and limits nobody else', async () => {
    await open({
      'PaymentCtrlr.AuthorizeDirectPayment': 'true',
      'TxCtrlr.EVConnectionTimeOut': '60',
    })
    await pay()
    await peer.clock.run(61_000)
    expect(settlements()).toMatchObject([{ pspRef, status: 'Canceled', settlementAmount: 0 }])
    expect(settlements()[0]).not.toHaveProperty('transactionId')
    peer.forget()
    await plugIn()
    await start()
    expect(events()[0]?.['transactionInfo']).not.toHaveProperty('transactionLimit')
  })

  test('[2.1 C18.FR.08, FR.10] names the company that the CSMS found', async () => {
    await open()
    const company = { name: 'Voltfahrt', address1: 'Ladestr. 1', city: 'Berlin', country: 'DE' }
    peer.answers.set('VatNumberValidation', ({ vatNumber, evseId }) => ({
      vatNumber: String(vatNumber),
      evseId: Number(evseId),
      status: 'Accepted',
      company,
    }))
    await session({ vatNumber: 'DE123456789' })
    expect(peer.sent('VatNumberValidation')).toEqual([{ vatNumber: 'DE123456789', evseId: 1 }])
    expect(settlements()).toMatchObject([{ vatNumber: 'DE123456789', vatCompany: company }])
  })

  test('[2.1 C18.FR.09] leaves a VAT number out that is not valid', async () => {
    await open()
    peer.answers.set('VatNumberValidation', ({ vatNumber }) => ({
      vatNumber: String(vatNumber),
      status: 'Rejected',
    }))
    await session({ vatNumber: 'DE0' })
    expect(settlements()[0]).not.toHaveProperty('vatNumber')
  })

  test('[2.1 C23] more is reserved before the amount is used up', async () => {
    await open({
      'PaymentCtrlr.AuthorizationAmount': '2',
      'PaymentCtrlr.IncrementalAuthorizationAmount': '3',
      'PaymentCtrlr.IncrementalAuthorizationThreshold': '1',
    })
    await session()
    const limits = events().flatMap(({ triggerReason, transactionInfo }) => {
      const { transactionLimit } = transactionInfo as { transactionLimit?: { maxCost: number } }
      return transactionLimit ? [`${String(triggerReason)} ${transactionLimit.maxCost}`] : []
    })
    expect(limits).toEqual(['Authorized 2', 'LimitSet 5'])
    expect(settlements()).toMatchObject([{ settlementAmount: 3.93 }])
  })

  test('[2.1 PaymentCtrlr.Enabled] needs a terminal that is switched on', async () => {
    await open({ 'PaymentCtrlr.Enabled': 'false' })
    await plugIn()
    expect(await pay()).toMatchObject({
      ok: false,
      reason: 'the station has no payment terminal that works',
    })
  })
})

describe('NotifyWebPaymentStarted', () => {
  const paying = () => peer.call('NotifyWebPaymentStarted', { evseId: 1, timeout: 60 })
  const tag = () => peer.act(peer.actor.authorize(plug, peer.actor.ownToken, peer.cancel))

  test('[2.1 C25.FR.01, FR.50 to FR.52] the QR code has a one-time password', async () => {
    await open()
    const url = () => peer.actor.variable('paymentUrl', plug)
    expect(url()).toBeUndefined()
    const set = (name: string, attributeValue: string) => ({
      component: { name: 'WebPaymentsCtrlr' },
      variable: { name },
      attributeValue,
    })
    const { setVariableResult } = await peer.call('SetVariables', {
      setVariableData: [
        set('SharedSecret', 'a secret of both sides'),
        set('URLTemplate', 'https://pay/{chargingstationid}/{evse}/{version}/{totp}'),
        set('URLTemplate', 'https://pay/{chargingstationid}'),
      ],
    })
    expect(setVariableResult).toMatchObject([
      { attributeStatus: 'Accepted' },
      { attributeStatus: 'Accepted' },
      { attributeStatus: 'Rejected', attributeStatusInfo: { reasonCode: 'InvalidValue' } },
    ])
    const first = url()
    expect(first).toMatch(/^https:\/\/pay\/CS-1\/1\/v1\/[0-9A-Za-z]{8}$/)
    await peer.clock.run(30_000)
    expect(url()).not.toBe(first)
  })

  test('[2.1 C25.FR.22, FR.27] keeps the EVSE until the time is up', async () => {
    await open()
    expect(await paying()).toEqual({})
    expect(await tag()).toMatchObject({
      ok: false,
      reason: 'somebody is paying for EVSE 1 on the web',
    })
    await peer.clock.run(60_000)
    expect(await tag()).toMatchObject({ ok: true })
  })

  test('[2.1 C25.FR.22] one at all EVSEs is not over with one that was at this', async () => {
    await open()
    await paying()
    await peer.call('NotifyWebPaymentStarted', { evseId: 0, timeout: 120 })
    await peer.clock.run(61_000)
    expect(await tag()).toMatchObject({ ok: false })
  })

  test('[2.1 C25.FR.22, FR.23] the payment starts the transaction, and keeps nobody out after', async () => {
    await open()
    await plugIn()
    await paying()
    const idToken = { idToken: pspRef, type: 'DirectPayment' }
    const started = await peer.call('RequestStartTransaction', {
      idToken,
      remoteStartId: 1,
      evseId: 1,
    })
    expect(started).toMatchObject({ status: 'Accepted' })
    expect(events()[0]).toMatchObject({ eventType: 'Started', idToken })
    await stop()
    await peer.act(peer.actor.unplug(plug, peer.cancel))
    expect(await tag()).toMatchObject({ ok: true })
  })
})
