import { describe, test } from 'vitest'
import type { RequestOf } from '../../../src/ocpp/rpc/service.ts'
import type { Actions201 } from '../../../src/ocpp/v201/actions.ts'
import { Evidence } from '../evidence.ts'
import { type Lab2x, startLab2x, variableValue, versions2x } from './lab2x.ts'

/* O. What a station shows people. */

interface MessageRow {
  readonly message: { readonly id: number; readonly message: { readonly content: string } }
}

const message = (
  id: number,
  content: string,
): RequestOf<Actions201, 'SetDisplayMessage'>['message'] => ({
  id,
  priority: 'NormalCycle',
  message: { format: 'UTF8', content },
})

const rowOf = async (lab: Lab2x, id: number): Promise<string | undefined> => {
  const rows = (await lab.known<readonly MessageRow[]>('display-messages')) ?? []
  return rows.find((row) => row.message.id === id)?.message.message.content
}

/** What people read, as the device model tells. */
const read = (lab: Lab2x) =>
  lab.command('GetVariables', {
    getVariableData: [
      { component: { name: 'Display' }, variable: { name: 'DataText', instance: 'Visible' } },
    ],
  })

describe.each(versions2x)('%s', (version) => {
  const evidence = new Evidence<Actions201>(version, 'display')

  test('[2.0.1 O01, O05] SetDisplayMessage and ClearDisplayMessage', async () => {
    await using lab = await startLab2x(version)
    await lab.connect()
    await evidence.shows(lab, 'SetDisplayMessage', {
      call: () => lab.command('SetDisplayMessage', { message: message(1, 'Welcome') }),
      csms: {
        clause: '2.0.1 O01',
        async effect() {
          const content = await rowOf(lab, 1)
          return content && `message 1 is listed: “${content}”`
        },
      },
      station: {
        clause: '2.0.1 O01.FR.12',
        afterwards: () => read(lab),
        effect(seen) {
          const text = variableValue(seen, 'Display', 'DataText')
          return text && `its display shows it: Display.DataText[Visible] reads “${text}”`
        },
      },
    })
    await evidence.shows(lab, 'ClearDisplayMessage', {
      call: () => lab.command('ClearDisplayMessage', { id: 1 }),
      csms: {
        clause: '2.0.1 O05',
        effect: async () =>
          (await rowOf(lab, 1)) === undefined ? 'message 1 is not listed any more' : undefined,
      },
      station: {
        clause: '2.0.1 O05.FR.01',
        afterwards: () => read(lab),
        effect: (seen) =>
          variableValue(seen, 'Display', 'DataText') === ''
            ? 'its display is empty: Display.DataText[Visible] reads “”'
            : undefined,
      },
    })
  })

  /* What the two hold of each other's messages is brought apart by answers that are lies. */
  test('[2.0.1 O03] GetDisplayMessages and NotifyDisplayMessages', async () => {
    await using lab = await startLab2x(version)
    const actor = await lab.connect({
      station: { configuration: { 'DeviceDataCtrlr.ItemsPerMessage[GetDisplayMessages]': '1' } },
    })
    const lie = (action: string) =>
      actor.overrideReply({
        action,
        reply: { kind: 'with', payload: { status: 'Accepted' } },
        afterMs: 0,
      })
    await lab.command('SetDisplayMessage', { message: message(1, 'Welcome') })
    await lab.command('SetDisplayMessage', { message: message(2, 'Green power') })
    lie('SetDisplayMessage')
    await lab.command('SetDisplayMessage', { message: message(3, 'Never shown') })
    await evidence.shows(lab, 'GetDisplayMessages', {
      call: () => lab.command('GetDisplayMessages', { requestId: 1 }),
      csms: {
        clause: '2.0.1 O03',
        effect: async () =>
          (await rowOf(lab, 3)) === undefined
            ? 'message 3, which the station never kept, is not listed any more'
            : undefined,
      },
      station: {
        clause: '2.0.1 O03.FR.02',
        effect(seen) {
          const told = seen.calls('NotifyDisplayMessages').flatMap((page) => page.messageInfo ?? [])
          return told.length === 2
            ? `NotifyDisplayMessages of messages ${told.map(({ id }) => id).join(' and ')}`
            : undefined
        },
      },
    })
    lie('ClearDisplayMessage')
    await lab.command('ClearDisplayMessage', { id: 1 })
    const second = 2
    await evidence.shows(lab, 'NotifyDisplayMessages', {
      call: () => lab.command('GetDisplayMessages', { requestId: second }),
      csms: {
        clause: '2.0.1 O03.FR.02',
        async effect() {
          const content = await rowOf(lab, 1)
          return content && `message 1, unknown until now, is listed: “${content}”`
        },
      },
      station: {
        clause: '2.0.1 O03.FR.03, O03.FR.04',
        effect(seen) {
          const [page] = seen.calls('NotifyDisplayMessages')
          return page?.requestId === second && !page.tbc
            ? `the next page follows, the last one: message ${page.messageInfo?.[0]?.id}`
            : undefined
        },
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})
