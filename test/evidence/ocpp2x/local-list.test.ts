import { describe, test } from 'vitest'
import type { RequestOf } from '../../../src/ocpp/rpc/service.ts'
import type { Actions201 } from '../../../src/ocpp/v201/actions.ts'
import { Evidence } from '../evidence.ts'
import { cancel, ev, plug, token } from '../lab.ts'
import { startLab2x, versions2x } from './lab2x.ts'

/* D. Whom a station knows without asking. */

interface ListRow {
  readonly version?: number
  readonly entries?: readonly {
    readonly idToken: string
    readonly type?: string
    readonly status: string
  }[]
}

const guest = { idToken: 'GUEST', type: 'ISO14443' } as const
const list: RequestOf<Actions201, 'SendLocalList'> = {
  versionNumber: 3,
  updateType: 'Full',
  localAuthorizationList: [{ idToken: guest, idTokenInfo: { status: 'Accepted' } }],
}

describe.each(versions2x)('%s', (version) => {
  const evidence = new Evidence<Actions201>(version, 'local-list')

  test('[2.0.1 D01] SendLocalList', async () => {
    await using lab = await startLab2x(version)
    const configuration = { 'AuthCtrlr.LocalPreAuthorize': true }
    const actor = await lab.connect({ station: { configuration } })
    await evidence.shows(lab, 'SendLocalList', {
      call: () => lab.command('SendLocalList', list),
      station: {
        clause: '2.0.1 D01, C14',
        async afterwards() {
          await actor.authorize(plug, { ...token('GUEST'), type: 'ISO14443' }, cancel)
          await actor.plugIn(plug, ev)
          await actor.start(plug, cancel)
        },
        effect(seen) {
          const told = seen.calls('TransactionEvent').find(({ idToken }) => idToken)?.idToken
          return told && seen.calls('Authorize').length === 0
            ? `${told.idToken} on the list charges at once: TransactionEvent without Authorize`
            : undefined
        },
      },
      csms: {
        clause: '2.0.1 D01',
        async effect() {
          const { version: stored, entries } = (await lab.known<ListRow>('local-list')) ?? {}
          const [first] = entries ?? []
          return (
            first &&
            `the list is stored: version ${stored}, ${first.idToken} (${first.type}) is ${first.status}`
          )
        },
      },
    })
  })

  test('[2.0.1 D02] GetLocalListVersion', async () => {
    await using lab = await startLab2x(version)
    await lab.connect()
    await evidence.shows(lab, 'GetLocalListVersion', {
      call: () => lab.command('GetLocalListVersion', {}),
      csms: {
        clause: '2.0.1 D02',
        async effect() {
          const { version: stored } = (await lab.known<ListRow>('local-list')) ?? {}
          return stored === undefined ? undefined : `the version is stored: ${stored}`
        },
      },
      station: {
        clause: '2.0.1 D02.FR.01',
        async afterwards() {
          await lab.command('SendLocalList', list)
          await lab.command('GetLocalListVersion', {})
        },
        effect(seen) {
          const before = seen.answer('GetLocalListVersion')?.versionNumber
          const now = seen.answers('GetLocalListVersion').at(-1)?.versionNumber
          return now !== undefined && now !== before
            ? `it follows the list: ${before} before SendLocalList, ${now} after it`
            : undefined
        },
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})
