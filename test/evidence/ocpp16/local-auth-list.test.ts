import { test } from 'vitest'
import type { Actions16 } from '../../../src/ocpp/v16/actions.ts'
import { Evidence } from '../evidence.ts'
import { cancel, ev, plug, token } from '../lab.ts'
import { startLab16 } from './lab16.ts'

/* Local authorization lists, between a real station and a real management system. */

const lists = new Evidence<Actions16>('ocpp1.6', 'local-auth-list')

interface ListRow {
  readonly version?: number
  readonly entries?: readonly { readonly idToken: string; readonly status: string }[]
}

const list = {
  listVersion: 3,
  updateType: 'Full' as const,
  localAuthorizationList: [{ idTag: 'GUEST', idTagInfo: { status: 'Accepted' as const } }],
}

test('[1.6 5.15] SendLocalList', async () => {
  await using lab = await startLab16()
  const actor = await lab.connect({ station: { configuration: { LocalPreAuthorize: true } } })
  await lists.shows(lab, 'SendLocalList', {
    call: () => lab.command('SendLocalList', list),
    station: {
      clause: '1.6 3.5.3, 5.15',
      async afterwards() {
        await actor.authorize(plug, token('GUEST'), cancel)
        await actor.plugIn(plug, ev)
        await actor.start(plug, cancel)
      },
      effect(seen) {
        const [start] = seen.calls('StartTransaction')
        return start && seen.calls('Authorize').length === 0
          ? `${start.idTag} on the list charges at once: StartTransaction without Authorize`
          : undefined
      },
    },
    csms: {
      clause: '1.6 5.15',
      async effect() {
        const { version, entries } = (await lab.known<ListRow>('local-list')) ?? {}
        const [first] = entries ?? []
        return (
          first && `the list is stored: version ${version}, ${first.idToken} is ${first.status}`
        )
      },
    },
  })
})

test('[1.6 5.10] GetLocalListVersion', async () => {
  await using lab = await startLab16()
  await lab.connect()
  await lists.shows(lab, 'GetLocalListVersion', {
    call: () => lab.command('GetLocalListVersion', {}),
    csms: {
      clause: '1.6 5.10',
      async effect() {
        const { version } = (await lab.known<ListRow>('local-list')) ?? {}
        return version === undefined ? undefined : `the version is stored: ${version}`
      },
    },
    station: {
      clause: '1.6 5.10',
      async afterwards() {
        await lab.command('SendLocalList', list)
        await lab.command('GetLocalListVersion', {})
      },
      effect(seen) {
        const before = seen.answer('GetLocalListVersion')?.listVersion
        const now = seen.answers('GetLocalListVersion').at(-1)?.listVersion
        return now !== undefined && now !== before
          ? `it follows the list: ${before} before SendLocalList, ${now} after it`
          : undefined
      },
    },
  })
})

test('docs/reference/ocpp16.md tells what was seen of local lists', () => lists.isWrittenDown())
