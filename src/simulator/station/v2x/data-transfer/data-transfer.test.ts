import { afterEach, describe, expect, test } from 'vitest'
import { Bench2x, versions2x } from '../../../../../test/helpers/bench-2x.ts'

let bench: Bench2x
afterEach(() => expect(bench.findings).toEqual([]))

const transfer = (messageId?: string, data?: unknown, vendorId = 'Acme') =>
  bench.call('DataTransfer', {
    vendorId,
    ...(messageId !== undefined && { messageId }),
    ...(data !== undefined && { data }),
  })

describe.each(versions2x)('DataTransfer to a station of %s', (version) => {
  test('[2.0.1 P01.FR.05, FR.06] of another vendor, and of a message that nobody knows', async () => {
    bench = await Bench2x.open(version)
    expect(await transfer('HealthReport', undefined, 'Other')).toEqual({
      status: 'UnknownVendorId',
    })
    expect(await transfer('Tea')).toEqual({ status: 'UnknownMessageId' })
    expect(await transfer()).toEqual({ status: 'UnknownMessageId' })
    expect(await transfer('constructor')).toEqual({ status: 'UnknownMessageId' })
  })

  test('[2.0.1 P01.FR.07] HealthReport tells what goes on', async () => {
    bench = await Bench2x.open(version)
    await bench.charging()
    await bench.clock.run(60_000)
    const { status, data } = await transfer('HealthReport')
    expect(status).toBe('Accepted')
    expect(data).toMatchObject({ transactions: 1, openTransactions: 1, faults: [], note: '' })
    expect((data as { readonly energyWh: number }).energyWh).toBeGreaterThan(100)
    await bench.fault('GroundFailure')
    expect((await transfer('HealthReport'))['data']).toMatchObject({
      openTransactions: 0,
      faults: [{ evseId: 1, code: 'GroundFailure' }],
    })
  })

  test('[2.0.1 P01.FR.07] ServiceNote is kept over a reboot; what is no note is Rejected', async () => {
    bench = await Bench2x.open(version)
    expect(await transfer('ServiceNote', 'lock replaced')).toEqual({ status: 'Accepted' })
    expect(await transfer('ServiceNote', { text: 'no' })).toMatchObject({ status: 'Rejected' })
    expect(await transfer('ServiceNote', 'x'.repeat(201))).toMatchObject({ status: 'Rejected' })
    await bench.call('Reset', { type: 'Immediate' })
    await bench.clock.run(10_000)
    expect((await transfer('HealthReport'))['data']).toMatchObject({ note: 'lock replaced' })
  })

  test('[2.0.1 P] customData is taken, whatever is in it', async () => {
    bench = await Bench2x.open(version)
    const answer = await bench.call('DataTransfer', {
      vendorId: 'Acme',
      messageId: 'HealthReport',
      customData: { vendorId: 'com.acme', colour: { red: 1 } },
    })
    expect(answer).toMatchObject({ status: 'Accepted' })
  })
})
