import { describe, expect, test } from 'vitest'
import type { Actions16 } from '../../../src/ocpp/v16/actions.ts'
import { realClock } from '../../../src/platform/real-clock.ts'
import { Evidence } from '../evidence.ts'
import { cancel, ev, plug, secondPlug, token } from '../lab.ts'
import { playScript } from '../play-script.ts'
import { Seen } from '../seen.ts'
import { type Lab16, startLab16, status, watts } from './lab16.ts'

/* Every action of the core profile between a real station and a real management system. */

const core = new Evidence<Actions16>('ocpp1.6', 'core')

interface Transaction {
  readonly connectorId: number
  readonly idToken: string
  readonly meterStartWh: number
  readonly stopReason?: string
  readonly energyWh?: number
}

interface Connector {
  readonly connectorId: number
  readonly status: string
}

/** A row of the configuration as the operator reads it. */
interface ConfigurationValue {
  readonly value?: string
  readonly readonly: boolean
  readonly rebootRequired?: boolean
}

const valueOf = async (lab: Lab16, key: string): Promise<ConfigurationValue | undefined> =>
  (await lab.known<Record<string, ConfigurationValue>>('configuration'))?.[key]

const stopped = async (lab: Lab16): Promise<string | undefined> => {
  const [row] = await lab.transactions<Transaction>()
  return (
    row?.stopReason && `the transaction of ${row.idToken} is stored with reason ${row.stopReason}`
  )
}

describe('who may charge', () => {
  test('[1.6 4.1] Authorize', async () => {
    await using lab = await startLab16()
    const actor = await lab.connect({ station: { connectors: 2 } })
    await core.shows(lab, 'Authorize', {
      call: () => actor.authorize(plug, token('GUEST'), cancel),
      csms: {
        clause: '1.6 4.1',
        async afterwards() {
          await lab.patchToken('GUEST', { status: 'Blocked' })
          await actor.authorize(secondPlug, token('GUEST'), cancel)
        },
        effect: (seen) =>
          seen.answers('Authorize').some(({ idTagInfo }) => idTagInfo.status === 'Blocked')
            ? 'the operator blocks the idTag, and the next Authorize is answered Blocked'
            : undefined,
      },
      station: {
        clause: '1.6 4.1, 4.8',
        async afterwards() {
          await actor.plugIn(plug, ev)
          await actor.start(plug, cancel)
        },
        effect(seen) {
          const [start] = seen.calls('StartTransaction')
          return start && `charging starts: StartTransaction carries the idTag ${start.idTag}`
        },
      },
    })
  })

  test('[1.6 5.4] ClearCache', async () => {
    await using lab = await startLab16()
    const configuration = { LocalPreAuthorize: true }
    const actor = await lab.connect({ station: { connectors: 2, configuration } })
    await actor.plugIn(plug, ev)
    await actor.start(plug, cancel)
    await actor.stop(plug, {}, cancel)
    expect(await actor.authorize(secondPlug, token('T1'), cancel)).toMatchObject({ ok: true })
    await core.shows(lab, 'ClearCache', {
      call: () => lab.command('ClearCache', {}),
      csms: {
        clause: '1.6 5.4',
        async afterwards() {
          await lab.patchToken('T1', { status: 'Blocked' })
          await actor.authorize(secondPlug, token('T1'), cancel)
        },
        effect: (seen) =>
          seen.answers('Authorize').some(({ idTagInfo }) => idTagInfo.status === 'Blocked')
            ? 'what the operator blocked meanwhile is asked for again, and answered Blocked'
            : undefined,
      },
      station: {
        clause: '1.6 3.5.1, 5.4',
        effect(seen) {
          const [asked] = seen.calls('Authorize')
          return asked && `Authorize of ${asked.idTag}, which its cache let in without a question`
        },
      },
    })
  })
})

describe('a station that comes up', () => {
  test('[1.6 4.2] BootNotification', async () => {
    await using lab = await startLab16({ heartbeatIntervalSeconds: 77 })
    await core.shows(lab, 'BootNotification', {
      call: () => lab.connect({ station: { vendor: 'Acme', model: 'AC22' } }),
      csms: {
        clause: '1.6 4.2',
        async effect() {
          const row = await lab.known<Record<string, string>>()
          const { registration, vendor, model } = row ?? {}
          return registration && `the station is stored as ${registration}: ${vendor} ${model}`
        },
      },
      station: {
        clause: '1.6 4.2, 9.1.10',
        afterwards: () => lab.command('GetConfiguration', { key: ['HeartbeatInterval'] }),
        effect(seen) {
          const told = seen.answers('GetConfiguration').flatMap((answer) => answer.configurationKey)
          const isAdopted = told[0]?.value === String(seen.answer('BootNotification')?.interval)
          return isAdopted
            ? `its key HeartbeatInterval is ${told[0]?.value}, as answered`
            : undefined
        },
      },
    })
  })

  test('[1.6 4.6] Heartbeat', async () => {
    const aheadMs = 3_600_000
    let offsetMs = 0
    const simulated = { ...realClock, wallMs: () => realClock.wallMs() + offsetMs }
    await using lab = await startLab16({ clocks: { real: realClock, simulated } })
    await lab.connect()
    const lastSeen = async () =>
      Date.parse((await lab.known<{ readonly lastSeen: string }>())?.lastSeen ?? '')
    const isAhead = (ms: number) => ms > realClock.wallMs() + aheadMs / 2
    // Nothing of the boot is left to be noted: what is noted from now on is due to later messages.
    const told = () =>
      new Seen<Actions16>(lab.frames, undefined).answers('StatusNotification').length
    await lab.until('the boot', () => (told() === 2 ? true : undefined))
    const booted = realClock.wallMs()
    await lab.command('GetConfiguration', { key: ['HeartbeatInterval'] })
    await lab.until('a note of it', async () => ((await lastSeen()) >= booted ? true : undefined))
    offsetMs = aheadMs
    await core.shows(lab, 'Heartbeat', {
      call: () => lab.command('TriggerMessage', { requestedMessage: 'Heartbeat' }),
      csms: {
        clause: '1.6 4.6',
        effect: async () =>
          isAhead(await lastSeen()) ? 'lastSeen of the station is the time of the CALL' : undefined,
      },
      station: {
        clause: '1.6 4.6',
        afterwards: () =>
          lab.command('TriggerMessage', { requestedMessage: 'StatusNotification', connectorId: 1 }),
        effect(seen) {
          const [status] = seen.calls('StatusNotification')
          return isAhead(Date.parse(status?.timestamp ?? ''))
            ? 'its clock is set: the next StatusNotification has the time of a server that is 1 h ahead'
            : undefined
        },
      },
    })
  })

  test('[1.6 5.14] Reset', async () => {
    await using lab = await startLab16()
    await lab.connect({ speed: 60, station: { rebootRequired: ['ConnectionTimeOut'] } })
    await lab.command('ChangeConfiguration', { key: 'ConnectionTimeOut', value: '5' })
    await core.shows(lab, 'Reset', {
      call: () => lab.command('Reset', { type: 'Hard' }),
      csms: {
        clause: '1.6 5.3, 5.14',
        effect: async () =>
          (await valueOf(lab, 'ConnectionTimeOut'))?.rebootRequired
            ? undefined
            : 'the key that waited for a reboot is stored as in force',
      },
      station: {
        clause: '1.6 5.14',
        effect: ({ frames }) =>
          frames.some(({ action, connection }) => action === 'BootNotification' && connection === 2)
            ? 'it leaves, and BootNotification comes on a new WebSocket'
            : undefined,
      },
    })
  })
})

describe('configuration and data', () => {
  test('[1.6 5.3] ChangeConfiguration', async () => {
    await using lab = await startLab16()
    await lab.connect()
    await core.shows(lab, 'ChangeConfiguration', {
      call: () =>
        lab.command('ChangeConfiguration', { key: 'MeterValuesSampledData', value: 'Voltage' }),
      csms: {
        clause: '1.6 5.3',
        async effect() {
          const row = await valueOf(lab, 'MeterValuesSampledData')
          return row && `MeterValuesSampledData is stored as ${row.value}`
        },
      },
      station: {
        clause: '1.6 5.3, 9.1.17',
        afterwards: () => lab.command('TriggerMessage', { requestedMessage: 'MeterValues' }),
        effect(seen) {
          const values = seen.calls('MeterValues').flatMap(({ meterValue }) => meterValue)
          const measurands = values.flatMap(({ sampledValue }) => sampledValue)
          const names = new Set(measurands.map(({ measurand }) => measurand))
          return names.size === 0
            ? undefined
            : `the next MeterValues tells ${[...names].join(', ')} only`
        },
      },
    })
  })

  test('[1.6 5.8] GetConfiguration', async () => {
    await using lab = await startLab16()
    await lab.connect({ station: { connectors: 2 } })
    const key = ['LightIntensity']
    await core.shows(lab, 'GetConfiguration', {
      call: () => lab.command('GetConfiguration', {}),
      csms: {
        clause: '1.6 5.8',
        async effect() {
          const row = await valueOf(lab, 'NumberOfConnectors')
          const how = row?.readonly ? 'read-only' : 'changeable'
          return row && `its keys are stored: NumberOfConnectors is ${row.value}, ${how}`
        },
      },
      station: {
        clause: '1.6 5.8',
        async afterwards() {
          await lab.command('ChangeConfiguration', { key: 'LightIntensity', value: '42' })
          await lab.command('GetConfiguration', { key })
        },
        effect(seen) {
          const before = seen
            .answer('GetConfiguration')
            ?.configurationKey?.find((entry) => entry.key === key[0])?.value
          const now = seen.answers('GetConfiguration')[0]?.configurationKey?.[0]?.value
          return now !== undefined && now !== before
            ? `LightIntensity, answered ${before}, is answered ${now} after it was changed`
            : undefined
        },
      },
    })
  })

  test('[1.6 5.6] DataTransfer to a station', async () => {
    await using lab = await startLab16()
    await lab.connect({ station: { vendor: 'Acme' } })
    const transfer = { vendorId: 'Acme', messageId: 'DisplayText', data: 'Welcome' }
    await core.shows(lab, 'DataTransfer', {
      from: 'csms',
      call: () => lab.command('DataTransfer', transfer),
      csms: { clause: '1.6 5.6', effect: () => transferRow(lab, 'csms') },
      station: {
        clause: '1.6 5.6',
        afterwards: () => lab.command('GetConfiguration', { key: ['DisplayText'] }),
        effect(seen) {
          const text = seen.answers('GetConfiguration')[0]?.configurationKey?.[0]?.value
          return text && `its display shows the data: the key DisplayText reads “${text}”`
        },
      },
    })
  })

  test('[1.6 4.3] DataTransfer of a station', async () => {
    await using lab = await startLab16({ vendors: ['Acme'] })
    const actor = await lab.connect()
    const asks = (vendorId: string) => `
      - call: { action: DataTransfer, payload: { vendorId: ${vendorId}, messageId: MayPark }, answer: { status: Accepted } }
      - plugIn: { battery: 60kWh, soc: 20% }`
    expect(await playScript(actor, asks('Nobody'))).toMatchObject({ kind: 'failed' })
    await core.shows(lab, 'DataTransfer', {
      from: 'station',
      call: () => playScript(actor, asks('Acme')),
      csms: { clause: '1.6 4.3', effect: () => transferRow(lab, 'station') },
      station: {
        clause: '1.6 4.3',
        effect: (seen) =>
          status(seen, 1) === 'Preparing'
            ? 'its script, which UnknownVendorId had ended, goes on: connector 1 is Preparing'
            : undefined,
      },
    })
  })
})

interface TransferRow {
  readonly from: string
  readonly vendorId: string
  readonly messageId: string
}

async function transferRow(lab: Lab16, from: string): Promise<string | undefined> {
  const rows = await lab.known<readonly TransferRow[]>('data-transfers')
  const row = rows?.find((one) => one.from === from)
  return row && `a row of the data transfers: ${row.vendorId}, ${row.messageId}`
}

describe('connectors', () => {
  test('[1.6 5.2] ChangeAvailability', async () => {
    await using lab = await startLab16()
    await lab.connect()
    await core.shows(lab, 'ChangeAvailability', {
      call: () => lab.command('ChangeAvailability', { connectorId: 1, type: 'Inoperative' }),
      csms: {
        clause: '1.6 5.2',
        async effect() {
          const [row] =
            (await lab.known<readonly { readonly type: string }[]>('availability')) ?? []
          return row && `the order is stored: connector 1, ${row.type}`
        },
      },
      station: {
        clause: '1.6 5.2, 4.9',
        effect: (seen) =>
          status(seen, 1) === 'Unavailable'
            ? 'StatusNotification of connector 1: Unavailable'
            : undefined,
      },
    })
  })

  test('[1.6 4.9] StatusNotification', async () => {
    await using lab = await startLab16()
    const actor = await lab.connect({ station: { connectors: 2 } })
    await core.shows(lab, 'StatusNotification', {
      call: () => actor.plugIn(plug, ev),
      which: ({ connectorId, status }) => connectorId === 1 && status === 'Preparing',
      csms: {
        clause: '1.6 4.9',
        async effect() {
          const rows = await lab.known<readonly Connector[]>('connectors')
          const row = rows?.find(({ connectorId }) => connectorId === 1)
          return row?.status === 'Preparing' ? `connector 1 is stored as ${row.status}` : undefined
        },
      },
      station: {
        clause: '1.6 4.9',
        async afterwards() {
          actor.disconnect({})
          await actor.plugIn(secondPlug, ev)
          await actor.reconnect(cancel)
          await lab.command('TriggerMessage', { requestedMessage: 'Heartbeat' })
        },
        effect(seen) {
          const told = seen.calls('StatusNotification').map(({ connectorId }) => connectorId)
          return seen.calls('Heartbeat').length > 0 && told.join(',') === '2'
            ? 'after a reconnect it tells connector 2, which changed offline, and not connector 1 again'
            : undefined
        },
      },
    })
  })

  test('[1.6 5.18] UnlockConnector', async () => {
    await using lab = await startLab16()
    const actor = await lab.connect({ station: { evses: [{ connectors: ['sType2'] }] } })
    await actor.plugIn(plug, ev)
    await actor.start(plug, cancel)
    await core.shows(lab, 'UnlockConnector', {
      call: () => lab.command('UnlockConnector', { connectorId: 1 }),
      csms: { clause: '1.6 5.18, 7.36', effect: () => stopped(lab) },
      station: {
        clause: '1.6 5.18',
        effect(seen) {
          const [stop] = seen.calls('StopTransaction')
          return stop && `the transaction ends first: StopTransaction, reason ${stop.reason}`
        },
      },
    })
  })
})

describe('transactions', () => {
  test('[1.6 4.7] MeterValues', async () => {
    await using lab = await startLab16()
    const actor = await lab.connect({ speed: 200 })
    await actor.plugIn(plug, ev)
    await actor.start(plug, cancel)
    await core.shows(lab, 'MeterValues', {
      call: () => actor.charge(plug, { forMs: 90_000, meterEveryMs: 60_000 }, cancel),
      csms: {
        clause: '1.6 4.7',
        async effect() {
          const watts = await storedWatts(lab)
          return (
            watts && `the latest values of connector 1 are stored: Power.Active.Import ${watts} W`
          )
        },
      },
      station: {
        clause: '1.6 4.7, 9.1.17',
        async afterwards() {
          await actor.suspendEv(plug, undefined, cancel)
          await actor.charge(plug, { forMs: 90_000 }, cancel)
        },
        effect: (seen) =>
          watts(seen) === 0
            ? 'the meter is read anew each time: the EV pauses, and the next one tells 0 W'
            : undefined,
      },
    })
  })

  test('[1.6 4.8] StartTransaction', async () => {
    await using lab = await startLab16()
    const actor = await lab.connect({ speed: 200 })
    await actor.plugIn(plug, ev)
    await core.shows(lab, 'StartTransaction', {
      call: () => actor.start(plug, cancel),
      csms: {
        clause: '1.6 4.8',
        async effect() {
          const [row] = await lab.transactions<Transaction>()
          const { idToken, connectorId, meterStartWh } = row ?? {}
          return (
            idToken &&
            `a transaction of ${idToken} on connector ${connectorId} is stored, from ${meterStartWh} Wh on`
          )
        },
      },
      station: {
        clause: '1.6 4.7, 4.8',
        afterwards: () => actor.charge(plug, { forMs: 90_000, meterEveryMs: 60_000 }, cancel),
        effect(seen) {
          const given = seen.answer('StartTransaction')?.transactionId
          const [values] = seen.calls('MeterValues')
          return given !== undefined && values?.transactionId === given
            ? 'MeterValues carries the transactionId that was given'
            : undefined
        },
      },
    })
  })

  test('[1.6 4.10] StopTransaction', async () => {
    await using lab = await startLab16()
    const configuration = { LocalPreAuthorize: true }
    const actor = await lab.connect({ station: { connectors: 2, configuration } })
    await actor.plugIn(plug, ev)
    await actor.start(plug, cancel)
    await lab.patchToken('T1', { status: 'Blocked' })
    await core.shows(lab, 'StopTransaction', {
      call: () => actor.stop(plug, {}, cancel),
      csms: { clause: '1.6 4.10', effect: () => stopped(lab) },
      station: {
        clause: '1.6 3.5.1, 4.10',
        afterwards: () => actor.authorize(secondPlug, token('T1'), cancel),
        effect(seen) {
          const status = seen.answer('StopTransaction')?.idTagInfo?.status
          const [asked] = seen.calls('Authorize')
          return (
            asked && `its cache has learnt ${status}: ${asked.idTag} is no longer let in unasked`
          )
        },
      },
    })
  })

  test('[1.6 5.11] RemoteStartTransaction', async () => {
    await using lab = await startLab16()
    const actor = await lab.connect()
    await actor.plugIn(plug, ev)
    await core.shows(lab, 'RemoteStartTransaction', {
      call: () => lab.command('RemoteStartTransaction', { connectorId: 1, idTag: 'GUEST' }),
      csms: {
        clause: '1.6 4.8, 5.11',
        async effect() {
          const [row] = await lab.transactions<Transaction>()
          return row && `a transaction of ${row.idToken} on connector ${row.connectorId} is stored`
        },
      },
      station: {
        clause: '1.6 5.11',
        effect(seen) {
          const [start] = seen.calls('StartTransaction')
          return (
            start && `StartTransaction with idTag ${start.idTag} on connector ${start.connectorId}`
          )
        },
      },
    })
  })

  test('[1.6 5.12] RemoteStopTransaction', async () => {
    await using lab = await startLab16()
    const actor = await lab.connect()
    await actor.plugIn(plug, ev)
    await actor.start(plug, cancel)
    const transactionId = Number(actor.variable('transactionId', plug))
    await core.shows(lab, 'RemoteStopTransaction', {
      call: () => lab.command('RemoteStopTransaction', { transactionId }),
      csms: { clause: '1.6 4.10, 5.12', effect: () => stopped(lab) },
      station: {
        clause: '1.6 5.12',
        effect(seen) {
          const [stop] = seen.calls('StopTransaction')
          return stop && `StopTransaction of that transaction, reason ${stop.reason}`
        },
      },
    })
  })
})

interface SampledRow {
  readonly meterValue: {
    readonly sampledValue: readonly { readonly measurand?: string; readonly value: string }[]
  }
}

async function storedWatts(lab: Lab16): Promise<string | undefined> {
  const [row] = (await lab.known<readonly SampledRow[]>('meter-values')) ?? []
  const power = row?.meterValue.sampledValue.find(
    ({ measurand }) => measurand === 'Power.Active.Import',
  )
  return power?.value
}

test('docs/reference/ocpp16.md tells what was seen of the core profile', () => core.isWrittenDown())
