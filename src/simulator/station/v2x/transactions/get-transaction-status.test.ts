import { afterEach, describe, expect, test } from 'vitest'
import { Peer2x } from '../../../../../test/helpers/peer-2x.ts'
import { plug, silent } from '../../../../../test/helpers/station-peer.ts'

let peer: Peer2x
afterEach(() => expect(peer.findings).toEqual([]))

const status = (transactionId?: unknown) =>
  peer.call('GetTransactionStatus', transactionId === undefined ? {} : { transactionId })
const current = () => peer.actor.variable('transactionId', plug)

describe('GetTransactionStatus', () => {
  test('[2.0.1 E14.FR.01] what the station never heard of is over', async () => {
    peer = await Peer2x.charging()
    expect(await status('nobody')).toEqual({ ongoingIndicator: false, messagesInQueue: false })
  })

  test('[2.0.1 E14.FR.02, FR.05] of one that goes on and was told', async () => {
    peer = await Peer2x.charging()
    expect(await status(current())).toEqual({ ongoingIndicator: true, messagesInQueue: false })
    await peer.stop()
    expect(await status(current())).toEqual({ ongoingIndicator: false, messagesInQueue: false })
  })

  test('[2.0.1 E14.FR.03, FR.04] of one whose end waits behind an unanswered event', async () => {
    peer = await Peer2x.charging()
    peer.answers.set('TransactionEvent', silent)
    await peer.clock.run(60_000)
    expect(await status(current())).toEqual({ ongoingIndicator: true, messagesInQueue: true })
    const stopping = peer.actor.stop(plug, {}, peer.cancel)
    await peer.clock.run(0)
    expect(await status(current())).toEqual({ ongoingIndicator: false, messagesInQueue: true })
    peer.cut()
    await stopping
  })

  test('[2.0.1 E14.FR.06 to FR.08] without an id only tells of messages', async () => {
    peer = await Peer2x.charging()
    expect(await status()).toEqual({ messagesInQueue: false })
    peer.answers.set('TransactionEvent', silent)
    await peer.clock.run(60_000)
    expect(await status()).toEqual({ messagesInQueue: true })
  })
})
