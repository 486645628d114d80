import { describe, expect, test } from 'vitest'
import { memoryCsms } from '../../../../test/helpers/memory-csms.ts'

const tokens = [
  {
    idToken: 'MUM',
    status: 'Accepted',
    language1: 'de',
    language2: 'en',
    personalMessage: 'Guten Tag',
    groupId: 'FAMILY',
  },
  { idToken: 'STAFF', status: 'Accepted', evseId: [2, 3] },
  {
    idToken: 'CARD',
    status: 'Accepted',
    additionalInfo: [{ type: 'PIN', additionalIdToken: '12ab' }],
  },
  { idToken: 'PREPAID', status: 'Accepted', balance: 5, language1: 'de' },
] as const

const card = (idToken: string, more: object = {}) => ({
  idToken: { idToken, type: 'ISO14443', ...more },
})

async function booted(version: 'ocpp2.0.1' | 'ocpp2.1') {
  const csms = memoryCsms({ tokens })
  const station = await csms.boot('CS1', version)
  return (idToken: string, more?: object) => station.ask('Authorize', card(idToken, more))
}

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('Authorize of %s', (version) => {
  test('[2.0.1 IdTokenInfoType] tells the languages of the driver, and what is to be shown to him', async () => {
    const authorize = await booted(version)
    expect(await authorize('mum')).toEqual({
      idTokenInfo: {
        status: 'Accepted',
        groupIdToken: { idToken: 'FAMILY', type: 'Central' },
        language1: 'de',
        language2: 'en',
        personalMessage: { format: 'UTF8', content: 'Guten Tag', language: 'de' },
      },
    })
    expect(await authorize('PREPAID')).toMatchObject({ idTokenInfo: { language1: 'de' } })
  })

  test('[2.0.1 IdTokenInfoType] names the EVSEs, and accepts no transaction at another', async () => {
    const csms = memoryCsms({ tokens })
    const station = await csms.boot('CS1', version)
    expect(await station.ask('Authorize', card('STAFF'))).toEqual({
      idTokenInfo: { status: 'Accepted', evseId: [2, 3] },
    })
    const event = (eventType: string, seqNo: number, transactionId: string, more: object) =>
      station.ask('TransactionEvent', {
        eventType,
        seqNo,
        timestamp: '2026-01-01T00:00:00Z',
        triggerReason: 'Authorized',
        transactionInfo: { transactionId },
        ...more,
      })
    const elsewhere = { idTokenInfo: { status: 'NotAtThisLocation' } }
    const at = (id: number) => ({ evse: { id } })
    expect(await event('Started', 0, 'a', { ...card('STAFF'), ...at(1) })).toEqual(elsewhere)
    expect(await event('Started', 0, 'b', { ...card('STAFF'), ...at(2) })).toMatchObject({
      idTokenInfo: { status: 'Accepted' },
    })
    // The EVSE was told before the driver.
    await event('Started', 0, 'c', at(1))
    expect(await event('Updated', 1, 'c', card('STAFF'))).toEqual(elsewhere)
  })

  test('[2.0.1 AdditionalInfoType] wants the PIN that belongs to a card', async () => {
    const authorize = await booted(version)
    const pin = (additionalIdToken: string) => ({
      additionalInfo: [{ type: 'pin', additionalIdToken }],
    })
    expect(await authorize('CARD')).toEqual({ idTokenInfo: { status: 'Invalid' } })
    expect(await authorize('CARD', pin('1234'))).toEqual({ idTokenInfo: { status: 'Invalid' } })
    expect(await authorize('CARD', pin('12AB'))).toEqual({ idTokenInfo: { status: 'Accepted' } })
    // What is not asked for does no harm.
    expect(await authorize('PREPAID', pin('1234'))).toMatchObject({
      idTokenInfo: { status: 'Accepted' },
    })
  })
})
