import { describe, expect, test } from 'vitest'
import { csmsLab } from '../../../../test/helpers/csms-lab.ts'

const at = '2026-01-01T00:00:00.000Z'

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('data transfers of %s', (version) => {
  test('[2.0.1 P02] of a vendor that was named are kept, whatever their data is', async () => {
    const lab = await csmsLab(version, { vendors: ['acme'] })
    const transfer = (vendorId: string, data: unknown) =>
      lab.tell('DataTransfer', { vendorId, messageId: 'Health', data })
    expect(await transfer('acme', { ok: [true] })).toEqual({ status: 'Accepted' })
    expect(await transfer('other', 'text')).toEqual({ status: 'UnknownVendorId' })
    expect(lab.record.dataTransfers).toEqual([
      {
        at,
        from: 'station',
        vendorId: 'acme',
        messageId: 'Health',
        data: '{"ok":[true]}',
        status: 'Accepted',
      },
    ])
  })

  test('[2.0.1 P01] and so is what the station said to ours', async () => {
    const lab = await csmsLab(version)
    await lab.command('DataTransfer', { vendorId: 'acme' }, { status: 'Accepted', data: 'fine' })
    expect(lab.record.dataTransfers).toEqual([
      { at, from: 'csms', vendorId: 'acme', data: 'fine', status: 'Accepted' },
    ])
  })
})
