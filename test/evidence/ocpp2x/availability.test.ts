import { describe, test } from 'vitest'
import type { Actions201 } from '../../../src/ocpp/v201/actions.ts'
import { realClock } from '../../../src/platform/real-clock.ts'
import { Evidence } from '../evidence.ts'
import { cancel, ev, plug, secondPlug } from '../lab.ts'
import { Seen } from '../seen.ts'
import { connectorStatus, type Lab2x, startLab2x, versions2x } from './lab2x.ts'

/* G. What can be used, and that the station is there. */

interface OrderRow {
  readonly evseId: number
  readonly connectorId: number
  readonly type: string
}

interface ConnectorRow {
  readonly evseId: number
  readonly connectorId: number
  readonly status: string
}

const twoEvses = { evses: [{ connectors: ['cType2'] }, { connectors: ['cType2'] }] }

/** Nothing of the boot is left to be told. */
const booted = (lab: Lab2x, connectors: number): Promise<true> =>
  lab.until('the boot', () =>
    new Seen<Actions201>(lab.frames, undefined).answers('StatusNotification').length === connectors
      ? true
      : undefined,
  )

describe.each(versions2x)('%s', (version) => {
  const evidence = new Evidence<Actions201>(version, 'availability')

  test('[2.0.1 G03] ChangeAvailability', async () => {
    await using lab = await startLab2x(version)
    await lab.connect({ station: twoEvses })
    await booted(lab, 2)
    await evidence.shows(lab, 'ChangeAvailability', {
      call: () =>
        lab.command('ChangeAvailability', { operationalStatus: 'Inoperative', evse: { id: 2 } }),
      csms: {
        clause: '2.0.1 G03',
        async effect() {
          const [row] = (await lab.known<readonly OrderRow[]>('availability')) ?? []
          return row && `the order is stored: EVSE ${row.evseId}, ${row.type}`
        },
      },
      station: {
        clause: '2.0.1 G03.FR.04, G03.FR.06',
        effect: (seen) =>
          connectorStatus(seen, 2) === 'Unavailable' && connectorStatus(seen, 1) === undefined
            ? 'StatusNotification of the connector of EVSE 2, and of no other: Unavailable'
            : undefined,
      },
    })
  })

  test('[2.0.1 G01] StatusNotification', async () => {
    await using lab = await startLab2x(version)
    const actor = await lab.connect({ station: twoEvses })
    await booted(lab, 2)
    await evidence.shows(lab, 'StatusNotification', {
      call: () => actor.plugIn(plug, ev),
      which: ({ evseId, connectorStatus }) => evseId === 1 && connectorStatus === 'Occupied',
      csms: {
        clause: '2.0.1 G01',
        async effect() {
          const rows = await lab.known<readonly ConnectorRow[]>('connectors')
          const row = rows?.find(({ evseId }) => evseId === 1)
          return row?.status === 'Occupied'
            ? `connector ${row.connectorId} of EVSE 1 is stored as ${row.status}`
            : undefined
        },
      },
      station: {
        clause: '2.0.1 B04.FR.01, G01.FR.03',
        async afterwards() {
          actor.disconnect({})
          await actor.plugIn(secondPlug, ev)
          await actor.reconnect(cancel)
          await lab.command('TriggerMessage', { requestedMessage: 'Heartbeat' })
        },
        effect(seen) {
          const told = seen.calls('StatusNotification').map(({ evseId }) => evseId)
          return seen.calls('Heartbeat').length > 0 && told.join(',') === '2'
            ? 'after a reconnect it tells EVSE 2, which changed offline, and not EVSE 1 again'
            : undefined
        },
      },
    })
  })

  test('[2.0.1 G02] Heartbeat', async () => {
    const aheadMs = 3_600_000
    let offsetMs = 0
    const simulated = { ...realClock, wallMs: () => realClock.wallMs() + offsetMs }
    await using lab = await startLab2x(version, { clocks: { real: realClock, simulated } })
    await lab.connect()
    await booted(lab, 1)
    const lastSeen = async () =>
      Date.parse((await lab.known<{ readonly lastSeen: string }>())?.lastSeen ?? '')
    const isAhead = (ms: number) => ms > realClock.wallMs() + aheadMs / 2
    const begun = realClock.wallMs()
    await lab.command('ClearCache', {})
    await lab.until('a note of it', async () => ((await lastSeen()) >= begun ? true : undefined))
    offsetMs = aheadMs
    await evidence.shows(lab, 'Heartbeat', {
      call: () => lab.command('TriggerMessage', { requestedMessage: 'Heartbeat' }),
      csms: {
        clause: '2.0.1 G02.FR.04',
        effect: async () =>
          isAhead(await lastSeen()) ? 'lastSeen of the station is the time of the CALL' : undefined,
      },
      station: {
        clause: '2.0.1 G02.FR.06',
        afterwards: () =>
          lab.command('TriggerMessage', {
            requestedMessage: 'StatusNotification',
            evse: { id: 1, connectorId: 1 },
          }),
        effect(seen) {
          const [status] = seen.calls('StatusNotification')
          return isAhead(Date.parse(status?.timestamp ?? ''))
            ? 'its clock is set: the next StatusNotification has the time of a server that is 1 h ahead'
            : undefined
        },
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})
