import { describe, expect, test } from 'vitest'
import type { Actions201 } from '../../../src/ocpp/v201/actions.ts'
import { Evidence } from '../evidence.ts'
import { cancel, ev, plug, secondPlug, token } from '../lab.ts'
import { startLab2x, versions2x } from './lab2x.ts'

/* C. Who may charge; paying at the station has a file of its own. */

const card = { ...token('T1'), type: 'ISO14443' as const }
const guest = { ...token('GUEST'), type: 'ISO14443' }

describe.each(versions2x)('%s', (version) => {
  const evidence = new Evidence<Actions201>(version, 'authorization')

  test('[2.0.1 C01] Authorize', async () => {
    await using lab = await startLab2x(version)
    const actor = await lab.connect({ station: { connectors: 2 } })
    await evidence.shows(lab, 'Authorize', {
      call: () => actor.authorize(plug, guest, cancel),
      csms: {
        clause: '2.0.1 C01.FR.07',
        async afterwards() {
          await lab.patchToken('GUEST', { status: 'Blocked' })
          await actor.authorize(secondPlug, guest, cancel)
        },
        effect: (seen) =>
          seen.answers('Authorize').some(({ idTokenInfo }) => idTokenInfo.status === 'Blocked')
            ? 'the operator blocks the idToken, and the next Authorize is answered Blocked'
            : undefined,
      },
      station: {
        clause: '2.0.1 C01, E03',
        async afterwards() {
          await actor.plugIn(plug, ev)
          await actor.start(plug, cancel)
        },
        effect(seen) {
          const charging = seen
            .calls('TransactionEvent')
            .some(({ transactionInfo }) => transactionInfo.chargingState === 'Charging')
          const told = seen.calls('TransactionEvent').find(({ idToken }) => idToken)?.idToken
          return charging && told
            ? `charging starts: TransactionEvent carries the idToken ${told.idToken}, ${told.type}`
            : undefined
        },
      },
    })
  })

  test('[2.0.1 C11] ClearCache', async () => {
    await using lab = await startLab2x(version)
    const configuration = { 'AuthCtrlr.LocalPreAuthorize': true }
    const actor = await lab.connect({ station: { connectors: 2, configuration } })
    await actor.plugIn(plug, ev)
    // What TransactionEvents are answered goes into the cache, too.
    await lab.command('RequestStartTransaction', { evseId: 1, remoteStartId: 1, idToken: card })
    await lab.until('the start', () => actor.variable('transactionId', plug))
    await actor.stop(plug, {}, cancel)
    expect(await actor.authorize(secondPlug, card, cancel)).toMatchObject({ ok: true })
    await evidence.shows(lab, 'ClearCache', {
      call: () => lab.command('ClearCache', {}),
      csms: {
        clause: '2.0.1 C11',
        async afterwards() {
          await lab.patchToken('T1', { status: 'Blocked' })
          await actor.authorize(secondPlug, card, cancel)
        },
        effect: (seen) =>
          seen.answers('Authorize').some(({ idTokenInfo }) => idTokenInfo.status === 'Blocked')
            ? 'what the operator blocked meanwhile is asked for again, and answered Blocked'
            : undefined,
      },
      station: {
        clause: '2.0.1 C11.FR.03, C12',
        effect(seen) {
          const [asked] = seen.calls('Authorize')
          return (
            asked &&
            `Authorize of ${asked.idToken.idToken}, which its cache let in without a question`
          )
        },
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})
