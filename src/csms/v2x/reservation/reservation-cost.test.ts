import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { csmsLab } from '../../../../test/helpers/csms-lab.ts'

const folder = mkdtempSync(join(tmpdir(), 'csms-reservations-'))
afterAll(() => rmSync(folder, { recursive: true }))

const tariff = {
  tariffId: 'standard',
  currency: 'EUR',
  reservationTime: { prices: [{ priceMinute: 0.1 }] },
  reservationFixed: { prices: [{ priceFixed: 2 }] },
}
const tariffsFile = join(folder, 'tariffs.json')
writeFileSync(tariffsFile, JSON.stringify({ default: 'standard', tariffs: [tariff] }))

const guest = { idToken: 'GUEST', type: 'ISO14443' }
const minute = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString()

test.each(['ocpp2.0.1', 'ocpp2.1'] as const)(
  '[2.1 I12.FR.06 to FR.08] a reservation costs what it lasted, %s',
  async (version) => {
    const tokens = [{ idToken: 'GUEST', status: 'Accepted' }] as const
    const lab = await csmsLab(version, { tokens, tariffsFile })
    const order = { id: 1, evseId: 1, idToken: guest, expiryDateTime: minute(60) }
    await lab.command('ReserveNow', order)
    const tell = (seqNo: number, eventType: string, more: object = {}) =>
      lab.tell('TransactionEvent', {
        eventType,
        seqNo,
        timestamp: minute(15 + seqNo),
        triggerReason: 'Authorized',
        transactionInfo: { transactionId: 'T1' },
        ...more,
      })
    await tell(0, 'Started')
    const used = { reservationId: 1, idToken: guest }
    expect(await tell(1, 'Updated', used)).toMatchObject({ totalCost: 3.5 })
    expect(await tell(2, 'Ended')).toMatchObject({ totalCost: 3.5 })
    expect(lab.station.transaction('T1')?.cost?.details?.totalUsage).toMatchObject({
      reservationTime: 900,
    })
  },
)
