import { describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, silent, validators } from '../../../../test/helpers/station-peer.ts'
import type { FileTransfer, TransferOutcome } from '../../../ocpp/file-transfer.ts'
import type { SignerCheck, StationCrypto } from '../../../ocpp/station-crypto.ts'
import { stationCrypto } from '../../../platform/pki/station-crypto.ts'
import { type FirmwarePlan, standardFirmwarePlan } from '../firmware-plan.ts'
import { protocol16 } from './protocol16.ts'

const protocol = protocol16(validators)
const location = 'http://files/ac22-2.4.0.bin'
const second = 1000

/** A file server of a few lines. */
class Files implements FileTransfer {
  /** What the next transfers end with; then they succeed. */
  readonly failures: Extract<TransferOutcome, { kind: 'failed' }>['failure'][] = []
  readonly asked: string[] = []
  readonly uploaded = new Map<string, string>()
  content = 'firmware'
  /** Transfers do not end by themselves. */
  hangs = false

  async download(url: string): Promise<TransferOutcome> {
    this.asked.push(url)
    return this.#ended(() => Buffer.from(this.content))
  }

  async upload(url: string, fileName: string, content: string): Promise<TransferOutcome> {
    this.asked.push(url)
    return this.#ended(() => {
      this.uploaded.set(fileName, content)
      return Buffer.from(content)
    })
  }

  async #ended(content: () => Uint8Array): Promise<TransferOutcome> {
    if (this.hangs) return new Promise(() => {})
    const failure = this.failures.shift()
    return failure
      ? { kind: 'failed', failure, reason: 'the test says so' }
      : { kind: 'done', content: content() }
  }
}

/** Takes a certificate for what its text says, and the text "good" for a signature. */
const trusting: StationCrypto = {
  ...stationCrypto,
  objectionToRoot: () => undefined,
  isSignedBy: () => false,
  objectionToSigner: ({ certificatePem }: SignerCheck) =>
    certificatePem.includes('trusted') ? undefined : 'nobody knows it',
  verifier: (_certificate, signature) => ({
    update: () => undefined,
    matches: () => signature === 'good',
  }),
}

async function booted(plan: Partial<FirmwarePlan> = {}, protocols = 'HTTP,FTP') {
  const files = new Files()
  const peer = new StationPeer(
    protocol,
    {
      firmware: '2.3.1',
      firmwarePlan: { ...standardFirmwarePlan, ...plan },
      configuration: {
        RetryBackOffRandomRange: '0',
        SupportedFileTransferProtocols: protocols,
      },
    },
    { files, crypto: trusting },
  )
  peer.answers.set('Authorize', () => ({ idTagInfo: { status: 'Accepted' } }))
  peer.answers.set('StartTransaction', () => ({
    transactionId: 1,
    idTagInfo: { status: 'Accepted' },
  }))
  await peer.booted()
  const now = (offsetMs = 0) => new Date(peer.clock.wallMs() + offsetMs).toISOString()
  return {
    peer,
    files,
    now,
    update: (more: object = {}) =>
      peer.call('UpdateFirmware', { location, retrieveDate: now(), ...more }),
    signed: (requestId: number, firmware: object = {}, more: object = {}) =>
      peer.call('SignedUpdateFirmware', {
        requestId,
        firmware: {
          location,
          retrieveDateTime: now(),
          signingCertificate: 'trusted',
          signature: 'good',
          ...firmware,
        },
        ...more,
      }),
    statuses: (action = 'FirmwareStatusNotification') =>
      peer.sent(action).map(({ status }) => status),
    events: () => peer.sent('SecurityEventNotification').map(({ type }) => type),
    connectors: () =>
      peer
        .sent('StatusNotification')
        .filter(({ connectorId }) => connectorId !== 0)
        .map(({ status }) => status),
  }
}

describe('UpdateFirmware', () => {
  test('[1.6 4.5] downloads, installs, reboots, and boots with the version of the file', async () => {
    const { peer, files, update, statuses } = await booted()
    expect(await update()).toEqual({})
    await peer.clock.run(30 * second)
    expect(statuses()).toEqual(['Downloading', 'Downloaded', 'Installing', 'Installed'])
    expect(files.asked).toEqual([location])
    expect(peer.sent('BootNotification')).toMatchObject([{ firmwareVersion: '2.4.0' }])
    const actions = peer.actions()
    expect(actions.indexOf('BootNotification')).toBeLessThan(
      actions.lastIndexOf('FirmwareStatusNotification'),
    )
    expect(peer.findings).toEqual([])
  })

  test('does not reboot before the CSMS answered what it was told', async () => {
    const { peer, update, statuses } = await booted({ installMs: 1 })
    peer.answers.set('FirmwareStatusNotification', silent)
    await update()
    await peer.clock.run(20 * second)
    expect(statuses()).toEqual(['Downloading'])
    expect(peer.actions()).not.toContain('BootNotification')
  })

  test('a template may name the next version', async () => {
    const { peer, update } = await booted({ nextVersion: '9.9' })
    await update()
    await peer.clock.run(30 * second)
    expect(peer.sent('BootNotification')).toMatchObject([{ firmwareVersion: '9.9' }])
  })

  test('[1.6 5.19] nothing is fetched before the retrieve date', async () => {
    const { peer, files, update, now, statuses } = await booted()
    await update({ retrieveDate: now(3600 * second) })
    await peer.clock.run(3599 * second)
    expect([files.asked, statuses()]).toEqual([[], []])
    await peer.clock.run(1 * second)
    expect(statuses()).toEqual(['Downloading'])
  })

  test('[1.6 5.19] tries again after retryInterval, so often as retries says', async () => {
    const { peer, files, update, statuses } = await booted({ downloadMs: 1 * second })
    files.failures.push('failed', 'notFound')
    await update({ retries: 2, retryInterval: 60 })
    await peer.clock.run(61 * second)
    expect(files.asked).toHaveLength(2)
    await peer.clock.run(63 * second)
    expect(files.asked).toHaveLength(3)
    expect(statuses()).toEqual(['Downloading', 'Downloaded', 'Installing'])
  })

  test('gives up after the last attempt, keeps its version, and takes the next order', async () => {
    const { peer, files, update, statuses } = await booted()
    files.failures.push('failed', 'failed')
    await update({ retries: 1, retryInterval: 1 })
    await peer.clock.run(60 * second)
    expect(statuses()).toEqual(['Downloading', 'DownloadFailed'])
    expect(peer.actions()).not.toContain('BootNotification')
    await update()
    await peer.clock.run(60 * second)
    expect(statuses().slice(2)).toEqual(['Downloading', 'Downloaded', 'Installing', 'Installed'])
  })

  test.each([
    [{ download: 1 }, ['Downloading', 'DownloadFailed']],
    [{ install: 1 }, ['Downloading', 'Downloaded', 'Installing', 'InstallationFailed']],
    [{ verification: 1 }, ['Downloading', 'Downloaded', 'InstallationFailed']],
  ])('a failure can be planned: %j', async (fails, expected) => {
    const { peer, update, statuses, connectors } = await booted({ fails })
    await update()
    await peer.clock.run(60 * second)
    expect(statuses()).toEqual(expected)
    expect(connectors().at(-1) ?? 'Available').toBe('Available')
    peer.forget()
    await update()
    await peer.clock.run(60 * second)
    expect(statuses().at(-1)).toBe('Installed')
  })

  test('an empty file is no firmware', async () => {
    const { peer, files, update, statuses } = await booted()
    files.content = ''
    await update()
    await peer.clock.run(60 * second)
    expect(statuses().at(-1)).toBe('InstallationFailed')
  })

  test('[1.6 5.19] waits for the transaction, with the free connectors unavailable', async () => {
    const { peer, update, statuses, connectors } = await booted()
    await peer.act(peer.actor.plugIn(plug, ev))
    await peer.act(peer.actor.start(plug, peer.cancel))
    peer.forget()
    await update()
    await peer.clock.run(600 * second)
    expect(statuses()).toEqual(['Downloading', 'Downloaded'])
    expect(connectors()).toEqual([])
    await peer.act(peer.actor.stop(plug, {}, peer.cancel))
    await peer.act(peer.actor.unplug(plug, peer.cancel))
    expect(connectors().at(-1)).toBe('Unavailable')
    expect(await peer.act(peer.actor.plugIn(plug, ev))).toMatchObject({ ok: true })
    expect(await peer.act(peer.actor.start(plug, peer.cancel))).toMatchObject({ ok: false })
    await peer.clock.run(30 * second)
    expect(statuses()).toEqual(['Downloading', 'Downloaded', 'Installing', 'Installed'])
    expect(connectors().at(-1)).toBe('Preparing')
  })

  test('an order during an installation waits for its end; one before takes the place', async () => {
    const { peer, files, update, now } = await booted()
    await update({ retrieveDate: now(3600 * second) })
    await update({ location: 'http://files/fw-3.0.bin' })
    await peer.clock.run(8 * second)
    await update({ location: 'http://files/fw-4.0.bin' })
    await peer.clock.run(60 * second)
    expect(files.asked).toEqual(['http://files/fw-3.0.bin', 'http://files/fw-4.0.bin'])
    const versions = peer.sent('BootNotification').map(({ firmwareVersion }) => firmwareVersion)
    expect(versions).toEqual(['3.0', '4.0'])
  })

  test('what a power loss interrupts begins anew after the boot', async () => {
    const { peer, files, update, statuses } = await booted()
    await update()
    await peer.clock.run(2 * second)
    peer.actor.powerLoss()
    await peer.clock.run(60 * second)
    expect(statuses()).toEqual(['Downloading'])
    const up = peer.actor.powerUp(peer.cancel)
    await peer.clock.run(60 * second)
    await up
    expect(files.asked).toHaveLength(2)
    expect(statuses()).toEqual([
      'Downloading',
      'Downloading',
      'Downloaded',
      'Installing',
      'Installed',
    ])
  })

  test('a power loss during the installation tells nothing, and the connectors are free after it', async () => {
    const { peer, update, connectors } = await booted()
    await update()
    await peer.clock.run(8 * second)
    expect(connectors()).toEqual(['Unavailable'])
    peer.actor.powerLoss()
    await peer.clock.run(0)
    expect(connectors()).toEqual(['Unavailable'])
    const up = peer.actor.powerUp(peer.cancel)
    await peer.clock.run(1 * second)
    await up
    expect(connectors()).toEqual(['Unavailable', 'Available'])
  })

  test('goes on offline, and tells all of it in order when the network is back', async () => {
    const { peer, update, statuses } = await booted({ installMs: 600 * second })
    await update()
    await peer.clock.run(1 * second)
    peer.cut()
    await peer.clock.run(60 * second)
    expect(statuses()).toEqual(['Downloading'])
    peer.reachable = true
    await peer.clock.run(120 * second)
    expect(statuses()).toEqual(['Downloading', 'Downloaded', 'Installing'])
  })

  test('a station without a network for files fails', async () => {
    const peer = await new StationPeer(protocol).booted()
    await peer.call('UpdateFirmware', { location, retrieveDate: '2026-01-01T00:00:00Z' })
    await peer.clock.run(60 * second)
    expect(peer.sent('FirmwareStatusNotification').at(-1)).toEqual({ status: 'DownloadFailed' })
  })

  test('nothing of it goes on when the run is over', async () => {
    const { peer, update } = await booted()
    await update()
    await peer.clock.run(1 * second)
    peer.station.stop({ graceful: true })
    peer.forget()
    await peer.clock.run(0)
    expect([peer.clock.pending, peer.actions()]).toEqual([0, []])
  })
})

describe('SignedUpdateFirmware', () => {
  const action = 'SignedFirmwareStatusNotification'

  test('[1.6 SWP L01] tells every state with its request, and FirmwareUpdated', async () => {
    const { peer, signed, now, statuses, events } = await booted()
    const firmware = { retrieveDateTime: now(60 * second), installDateTime: now(600 * second) }
    expect(await signed(7, firmware)).toEqual({ status: 'Accepted' })
    await peer.clock.run(700 * second)
    expect(statuses(action)).toEqual([
      'DownloadScheduled',
      'Downloading',
      'Downloaded',
      'SignatureVerified',
      'InstallScheduled',
      'Installing',
      'InstallRebooting',
      'Installed',
    ])
    expect(peer.sent(action).every(({ requestId }) => requestId === 7)).toBe(true)
    expect(statuses('FirmwareStatusNotification')).toEqual([])
    expect(events()).toContain('FirmwareUpdated')
    expect(peer.findings).toEqual([])
  })

  test('[1.6 SWP L01] a certificate that it does not trust is refused, and told', async () => {
    const { peer, files, signed, events } = await booted()
    expect(await signed(7, { signingCertificate: 'forged' })).toEqual({
      status: 'InvalidCertificate',
    })
    await peer.clock.run(60 * second)
    expect(files.asked).toEqual([])
    expect(events()).toEqual(['InvalidFirmwareSigningCertificate'])
  })

  test('[1.6 SWP L01] a wrong signature ends it, and is told', async () => {
    const { peer, signed, statuses, events } = await booted()
    await signed(7, { signature: 'bad' })
    await peer.clock.run(60 * second)
    expect(statuses(action)).toEqual(['Downloading', 'Downloaded', 'InvalidSignature'])
    expect(events()).toEqual(['InvalidFirmwareSignature'])
    expect(peer.actions()).not.toContain('BootNotification')
  })

  test('a power loss after the installation is as good as the reboot', async () => {
    const { peer, files, signed, statuses } = await booted()
    peer.answers.set(action, ({ status }) => (status === 'InstallRebooting' ? silent({}) : {}))
    await signed(7)
    await peer.clock.run(20 * second)
    expect(statuses(action).at(-1)).toBe('InstallRebooting')
    peer.answers.delete(action)
    peer.actor.powerLoss()
    const up = peer.actor.powerUp(peer.cancel)
    await peer.clock.run(60 * second)
    await up
    expect(files.asked).toHaveLength(1)
    expect(peer.sent('BootNotification')).toMatchObject([{ firmwareVersion: '2.4.0' }])
    expect(statuses(action).at(-1)).toBe('Installed')
  })

  test('pauses between attempts', async () => {
    const { peer, files, signed, statuses } = await booted()
    files.failures.push('failed')
    await signed(7, {}, { retries: 1, retryInterval: 5 })
    await peer.clock.run(16 * second)
    expect(statuses(action).slice(0, 4)).toEqual([
      'Downloading',
      'DownloadPaused',
      'Downloading',
      'Downloaded',
    ])
  })

  test('[1.6 SWP L01] another takes its place, but not while it is installed', async () => {
    const { peer, signed, now } = await booted()
    await signed(1, { retrieveDateTime: now(3600 * second) })
    expect(await signed(2)).toEqual({ status: 'AcceptedCanceled' })
    await peer.clock.run(8 * second)
    expect(await signed(3)).toEqual({ status: 'Rejected' })
    await peer.clock.run(60 * second)
    const requests = peer.sent(action).map(({ requestId }) => requestId)
    expect(requests.slice(1).every((requestId) => requestId === 2)).toBe(true)
  })
})

describe('GetDiagnostics', () => {
  const action = 'DiagnosticsStatusNotification'
  const ask = { location: 'ftp://me:secret@files/logs/' }

  test('[1.6 4.4] names the file at once and uploads it', async () => {
    const { peer, files, statuses } = await booted()
    const { fileName } = await peer.call('GetDiagnostics', ask)
    expect(fileName).toMatch(/^CS-1-diagnostics-\d{8}T\d{6}Z\.log$/)
    await peer.clock.run(10 * second)
    expect(statuses(action)).toEqual(['Uploading', 'Uploaded'])
    const log = files.uploaded.get(String(fileName)) ?? ''
    expect(log).toContain('firmware 2.3.1')
    expect(log).toMatch(/^1 Available 1000 Wh$/m)
    expect(log).toMatch(/^HeartbeatInterval 3600$/m)
    expect(log).not.toMatch(/AuthorizationKey/)
  })

  test('holds the transactions of the span that is asked for', async () => {
    const { peer, files, now } = await booted()
    await peer.act(peer.actor.plugIn(plug, ev))
    await peer.act(peer.actor.start(plug, peer.cancel))
    await peer.clock.run(60 * second)
    await peer.act(peer.actor.stop(plug, {}, peer.cancel))
    const during = { ...ask, startTime: now(-30 * second), stopTime: now() }
    const before = { ...ask, stopTime: now(-3600 * second) }
    const logs: string[] = []
    for (const wanted of [during, before]) {
      const { fileName } = await peer.call('GetDiagnostics', wanted)
      await peer.clock.run(10 * second)
      logs.push(files.uploaded.get(String(fileName)) ?? '')
    }
    expect(logs.map((log) => /^1 evse 1 /m.test(log))).toEqual([true, false])
  })

  test('[1.6 5.9] retries, then tells that it failed', async () => {
    const { peer, files, statuses } = await booted()
    files.failures.push('failed', 'failed')
    await peer.call('GetDiagnostics', { ...ask, retries: 1, retryInterval: 5 })
    await peer.clock.run(30 * second)
    expect(files.asked).toHaveLength(2)
    expect(statuses(action)).toEqual(['Uploading', 'UploadFailed'])
  })

  test('uploads can be made to fail', async () => {
    const { peer, files, statuses } = await booted({ fails: { upload: 1 } })
    await peer.call('GetDiagnostics', ask)
    await peer.clock.run(30 * second)
    expect([files.asked, statuses(action)]).toEqual([[], ['Uploading', 'UploadFailed']])
  })
})

describe('GetLog', () => {
  const action = 'LogStatusNotification'
  const log = { remoteLocation: 'http://files/logs/' }

  test('[1.6 SWP N01] a security log holds the security events', async () => {
    const { peer, files, statuses } = await booted()
    const answer = await peer.call('GetLog', { logType: 'SecurityLog', requestId: 5, log })
    expect(answer).toMatchObject({ status: 'Accepted' })
    await peer.clock.run(10 * second)
    expect(peer.sent(action)).toEqual([
      { status: 'Uploading', requestId: 5 },
      { status: 'Uploaded', requestId: 5 },
    ])
    expect(statuses(action)).toHaveLength(2)
    expect(files.uploaded.get(String(answer['filename']))).toContain('StartupOfTheDevice')
  })

  test('[1.6 errata 3.90] goes only over what SupportedFileTransferProtocols names', async () => {
    const { peer, files, statuses } = await booted({}, 'HTTPS,FTP')
    await peer.call('GetLog', { logType: 'DiagnosticsLog', requestId: 5, log })
    await peer.clock.run(10 * second)
    expect(statuses(action)).toEqual(['Uploading', 'NotSupportedOperation'])
    expect(files.asked).toEqual([])
    const spoken = { remoteLocation: 'ftp://files/logs/' }
    await peer.call('GetLog', { logType: 'DiagnosticsLog', requestId: 6, log: spoken })
    await peer.clock.run(10 * second)
    expect(statuses(action).at(-1)).toBe('Uploaded')
  })

  test('is rejected where there is nothing to tell', async () => {
    const { peer, now } = await booted()
    const empty = { ...log, latestTimestamp: now(-3600 * second) }
    expect(await peer.call('GetLog', { logType: 'SecurityLog', requestId: 5, log: empty })).toEqual(
      { status: 'Rejected' },
    )
  })

  test.each([
    ['badLocation', 'BadMessage'],
    ['unsupported', 'NotSupportedOperation'],
    ['denied', 'PermissionDenied'],
    ['tooLarge', 'UploadFailure'],
  ] as const)('an upload that is %s is told as %s', async (failure, status) => {
    const { peer, files, statuses } = await booted()
    files.failures.push(failure)
    await peer.call('GetLog', { logType: 'DiagnosticsLog', requestId: 5, log })
    await peer.clock.run(10 * second)
    expect(statuses(action)).toEqual(['Uploading', status])
  })

  test('[1.6 SWP N01] a second request takes the place of the first', async () => {
    const { peer, files } = await booted()
    files.hangs = true
    await peer.call('GetLog', { logType: 'DiagnosticsLog', requestId: 5, log })
    await peer.clock.run(5 * second)
    files.hangs = false
    const second5 = await peer.call('GetLog', { logType: 'DiagnosticsLog', requestId: 6, log })
    expect(second5).toMatchObject({ status: 'AcceptedCanceled' })
    await peer.clock.run(10 * second)
    expect(peer.sent(action)).toEqual([
      { status: 'Uploading', requestId: 5 },
      { status: 'Uploading', requestId: 6 },
      { status: 'Uploaded', requestId: 6 },
    ])
  })
})

describe('a station that can tell who signed firmware', () => {
  test('[1.6 SWP L01.FR.20] takes none that nobody signed', async () => {
    const { peer, files, update, signed } = await booted()
    await update()
    await peer.clock.run(60 * second)
    expect(files.asked).toHaveLength(1)
    const root = { certificateType: 'ManufacturerRootCertificate', certificate: 'a root' }
    expect(await peer.call('InstallCertificate', root)).toEqual({ status: 'Accepted' })
    const order = { location, retrieveDate: '2026-01-01T00:00:00Z' }
    expect(await peer.outcome('UpdateFirmware', order)).toMatchObject({ wireCode: 'NotSupported' })
    expect(await signed(7)).toEqual({ status: 'Accepted' })
    await peer.clock.run(60 * second)
    expect(files.asked).toHaveLength(2)
  })
})

describe('triggered statuses', () => {
  const trigger = (requestedMessage: string) => ({ requestedMessage })

  test('[1.6 4.4, 4.5] are Idle where nothing goes on', async () => {
    const { peer, update, statuses } = await booted()
    await peer.call('TriggerMessage', trigger('FirmwareStatusNotification'))
    await peer.call('TriggerMessage', trigger('DiagnosticsStatusNotification'))
    expect(statuses()).toEqual(['Idle'])
    expect(statuses('DiagnosticsStatusNotification')).toEqual(['Idle'])
    await update()
    await peer.clock.run(60 * second)
    peer.forget()
    await peer.call('TriggerMessage', trigger('FirmwareStatusNotification'))
    expect(statuses()).toEqual(['Idle'])
  })

  test('tell how far it is', async () => {
    const { peer, update } = await booted()
    await update()
    await peer.call('GetDiagnostics', { location: 'http://files/' })
    await peer.clock.run(1 * second)
    peer.forget()
    await peer.call('TriggerMessage', trigger('FirmwareStatusNotification'))
    await peer.call('TriggerMessage', trigger('DiagnosticsStatusNotification'))
    expect(peer.sent()).toEqual([{ status: 'Downloading' }, { status: 'Uploading' }])
  })

  test('[1.6 SWP ExtendedTriggerMessage] of signed firmware and of logs, with the request', async () => {
    const { peer, signed } = await booted()
    await peer.call('ExtendedTriggerMessage', trigger('FirmwareStatusNotification'))
    await peer.call('ExtendedTriggerMessage', trigger('LogStatusNotification'))
    expect(peer.sent('SignedFirmwareStatusNotification', 'LogStatusNotification')).toEqual([
      { status: 'Idle' },
      { status: 'Idle' },
    ])
    await signed(7)
    await peer.clock.run(1 * second)
    peer.forget()
    await peer.call('ExtendedTriggerMessage', trigger('FirmwareStatusNotification'))
    expect(peer.sent()).toEqual([{ status: 'Downloading', requestId: 7 }])
  })

  test('[1.6 SWP L01.FR.28, L01.FR.29] what a signed update ended with stands, unless it was installed', async () => {
    const { peer, files, signed } = await booted()
    const triggered = async () => {
      peer.forget()
      await peer.call('ExtendedTriggerMessage', trigger('FirmwareStatusNotification'))
      return peer.sent('SignedFirmwareStatusNotification')
    }
    files.failures.push('failed')
    await signed(7, {}, { retries: 0 })
    await peer.clock.run(60 * second)
    expect(await triggered()).toEqual([{ status: 'DownloadFailed', requestId: 7 }])
    await signed(8)
    await peer.clock.run(60 * second)
    expect(await triggered()).toEqual([{ status: 'Idle' }])
  })

  test('[1.6 SWP L01.FR.21] of an update that nobody signed there is nothing to tell with a request', async () => {
    const { peer, update } = await booted()
    await update()
    await peer.clock.run(1 * second)
    peer.forget()
    await peer.call('ExtendedTriggerMessage', trigger('FirmwareStatusNotification'))
    expect(peer.sent()).toEqual([{ status: 'Idle' }])
  })
})
