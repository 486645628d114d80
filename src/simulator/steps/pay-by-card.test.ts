import { describe, expect, test } from 'vitest'
import { play } from '../../../test/helpers/play.ts'

describe('payByCard', () => {
  test('[2.1 C18] presents what the payment provider calls the payment, with the card', async () => {
    const played = await play('{payByCard: {brand: Girocard, recognition: Debit, vatNumber: DE1}}')
    expect(played.result()).toEqual({ kind: 'completed' })
    expect(played.actor.asked).toEqual([
      [
        'authorize',
        { evse: 1, connector: 1 },
        {
          idToken: expect.stringMatching(/^psp-\d{16}$/),
          type: 'DirectPayment',
          payment: {
            brand: 'Girocard',
            recognition: 'Debit',
            last4: expect.stringMatching(/^\d{4}$/),
            settlement: 'Settled',
            vatNumber: 'DE1',
          },
        },
      ],
    ])
  })

  test('a card that is declined asks the station nothing', async () => {
    const declined = await play('{payByCard: {declined: "yes", refused: true}}')
    expect(declined.result()).toEqual({ kind: 'completed' })
    expect(declined.actor.asked).toEqual([])
    const failing = await play('{payByCard: {declined: "yes"}}')
    expect(failing.result()).toMatchObject({ kind: 'failed' })
  })
})
