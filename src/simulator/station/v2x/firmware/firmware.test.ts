import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, validators } from '../../../../../test/helpers/station-peer.ts'
import type { FilePublisher } from '../../../../ocpp/file-publisher.ts'
import type { FileTransfer, TransferOutcome } from '../../../../ocpp/file-transfer.ts'
import type { SignerCheck, StationCrypto } from '../../../../ocpp/station-crypto.ts'
import { stationCrypto } from '../../../../platform/pki/station-crypto.ts'
import type { StationTemplate } from '../../../scenario/plan.ts'
import { type FirmwarePlan, standardFirmwarePlan } from '../../firmware-plan.ts'
import { protocol2x } from '../protocol.ts'

const protocols = [protocol2x('ocpp2.0.1', validators), protocol2x('ocpp2.1', validators)] as const
const location = 'http://files/ac22-2.4.0.bin'
const second = 1000
const content = 'firmware'
const checksum = createHash('md5').update(content).digest('hex')

/** A file server of a few lines. */
class Files implements FileTransfer {
  /** So many downloads fail. */
  failures = 0

  async download(): Promise<TransferOutcome> {
    this.failures -= 1
    return this.failures >= 0
      ? { kind: 'failed', failure: 'failed', reason: 'the test says so' }
      : { kind: 'done', content: Buffer.from(content) }
  }

  async upload(): Promise<TransferOutcome> {
    return { kind: 'failed', failure: 'denied', reason: 'nobody uploads here' }
  }
}

/** A web server of a few lines. */
class Publisher implements FilePublisher {
  readonly files = new Map<string, Uint8Array>()
  broken = false
  busy = false

  async publish(name: string, bytes: Uint8Array): Promise<readonly string[]> {
    if (this.broken) return []
    this.files.set(name, bytes)
    return [`http://controller/${name}`]
  }

  withdraw(name: string): 'withdrawn' | 'busy' | 'unknown' {
    if (this.busy) return 'busy'
    return this.files.delete(name) ? 'withdrawn' : 'unknown'
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

describe.each(protocols)('a station of $version', (protocol) => {
  const is21 = protocol.version === 'ocpp2.1'

  async function booted(
    plan: Partial<FirmwarePlan> = {},
    configuration: StationTemplate['configuration'] = {},
  ) {
    const files = new Files()
    const publisher = new Publisher()
    const peer = new StationPeer(
      protocol,
      {
        firmware: '2.3.1',
        firmwarePlan: { ...standardFirmwarePlan, ...plan },
        configuration: { 'OCPPCommCtrlr.RetryBackOffRandomRange': '0', ...configuration },
      },
      { files, publisher, crypto: trusting },
    )
    peer.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Accepted' } }))
    await peer.booted()
    const now = (offsetMs = 0) => new Date(peer.clock.wallMs() + offsetMs).toISOString()
    const told = (action: string) => peer.sent(action).map(({ status }) => status)
    return {
      peer,
      files,
      publisher,
      now,
      update: (requestId = 1, firmware: object = {}, more: object = {}) =>
        peer.call('UpdateFirmware', {
          requestId,
          firmware: { location, retrieveDateTime: now(), ...firmware },
          ...more,
        }),
      trigger: (requestedMessage: string) => peer.call('TriggerMessage', { requestedMessage }),
      statuses: () => told('FirmwareStatusNotification'),
      events: () => peer.sent('SecurityEventNotification').map(({ type }) => type),
      published: () => told('PublishFirmwareStatusNotification'),
    }
  }
  const signature = { signingCertificate: 'trusted', signature: 'good' }
  const manufacturer = { certificateType: 'ManufacturerRootCertificate', certificate: 'root' }

  describe('UpdateFirmware', () => {
    test('[2.0.1 L02] unsigned: downloads, installs, reboots, and boots with the version of the file', async () => {
      const { peer, update, statuses, events } = await booted()
      expect(await update(7)).toEqual({ status: 'Accepted' })
      await peer.clock.run(30 * second)
      expect(statuses()).toEqual([
        'Downloading',
        'Downloaded',
        'Installing',
        'InstallRebooting',
        'Installed',
      ])
      expect(peer.sent('BootNotification')).toMatchObject([
        { reason: 'FirmwareUpdate', chargingStation: { firmwareVersion: '2.4.0' } },
      ])
      expect(peer.sent('FirmwareStatusNotification').every((one) => one['requestId'] === 7)).toBe(
        true,
      )
      expect(events()).toEqual(['FirmwareUpdated'])
      expect(peer.findings).toEqual([])
    })

    test('[2.0.1 L01.FR.04, L01.FR.31] signed: the signature is verified, and the update told', async () => {
      const { peer, update, statuses, events } = await booted()
      await peer.call('InstallCertificate', manufacturer)
      expect(await update(1, signature)).toEqual({ status: 'Accepted' })
      await peer.clock.run(30 * second)
      expect(statuses().slice(1, 3)).toEqual(['Downloaded', 'SignatureVerified'])
      expect(statuses().slice(-1)).toEqual(['Installed'])
      expect(events()).toEqual(['FirmwareUpdated'])
      expect(peer.heard.slice(-1)).toMatchObject([{ action: 'SecurityEventNotification' }])
    })

    test.each(['bad', undefined])(
      '[2.0.1 L01.FR.03] the signature %s is none of the file',
      async (signature) => {
        const { peer, update, statuses, events } = await booted()
        await update(1, { signingCertificate: 'trusted', ...(signature && { signature }) })
        await peer.clock.run(30 * second)
        expect(statuses()).toEqual(['Downloading', 'Downloaded', 'InvalidSignature'])
        expect(events()).toEqual(['InvalidFirmwareSignature'])
        // The status first, as the official cases have it.
        expect(peer.heard.slice(-1)).toMatchObject([{ action: 'SecurityEventNotification' }])
      },
    )

    test('[2.0.1 L01.FR.02, L01.FR.22] an invalid certificate is refused at once', async () => {
      const { peer, update, statuses, events } = await booted()
      expect(await update(1, { ...signature, signingCertificate: 'nobody' })).toEqual({
        status: 'InvalidCertificate',
      })
      await peer.clock.run(30 * second)
      expect(statuses()).toEqual([])
      expect(events()).toEqual(['InvalidFirmwareSigningCertificate'])
    })

    test('[2.0.1 L01.FR.12] a signature that nobody can verify is not taken', async () => {
      const { update } = await booted()
      expect(await update(1, { signature: 'good' })).toMatchObject({ status: 'Rejected' })
    })

    test('with a root of the manufacturer nothing unsigned is taken', async () => {
      const { peer, update } = await booted()
      await peer.call('InstallCertificate', manufacturer)
      expect(await update()).toMatchObject({ status: 'Rejected' })
    })

    test('[2.0.1 L01.FR.13, L01.FR.16] waits for both dates, and says so', async () => {
      const { peer, update, now, statuses } = await booted()
      await update(1, {
        retrieveDateTime: now(60 * second),
        installDateTime: now(120 * second),
      })
      await peer.clock.run(30 * second)
      expect(statuses()).toEqual(['DownloadScheduled'])
      await peer.clock.run(60 * second)
      expect(statuses().slice(1)).toEqual(['Downloading', 'Downloaded', 'InstallScheduled'])
      await peer.clock.run(60 * second)
      expect(statuses().slice(-1)).toEqual(['Installed'])
    })

    test('[2.0.1 L01.FR.24, L01.FR.27] a later order takes the place of one, unless that is being installed', async () => {
      const { peer, update, statuses } = await booted()
      await update(1)
      await peer.clock.run(second)
      expect(await update(2)).toEqual({ status: 'AcceptedCanceled' })
      await peer.clock.run(8 * second)
      expect(statuses().slice(-1)).toEqual(['Installing'])
      expect(await update(3)).toEqual({ status: 'Rejected' })
      await peer.clock.run(30 * second)
      const [last] = peer.sent('FirmwareStatusNotification').slice(-1)
      expect(last).toEqual({ status: 'Installed', requestId: 2 })
    })

    test('[2.0.1 L01.FR.30] after the last attempt it is DownloadFailed', async () => {
      const { peer, files, update, statuses } = await booted()
      files.failures = 9
      await update(1, {}, { retries: 1, retryInterval: 5 })
      await peer.clock.run(60 * second)
      expect(statuses()).toEqual(['Downloading', 'DownloadPaused', 'Downloading', 'DownloadFailed'])
      const [last] = peer.sent('FirmwareStatusNotification').slice(-1)
      const statusInfo = { reasonCode: 'Unspecified', additionalInfo: 'the test says so' }
      expect(last).toEqual({
        status: 'DownloadFailed',
        requestId: 1,
        ...(is21 && { statusInfo }),
      })
      expect(peer.findings).toEqual([])
    })

    test('[2.0.1 L01.FR.29] what cannot be verified or installed is told', async () => {
      for (const [fails, status] of [
        [{ verification: 1 }, 'InstallVerificationFailed'],
        [{ install: 1 }, 'InstallationFailed'],
      ] as const) {
        const { peer, update, statuses } = await booted({ fails })
        await update()
        await peer.clock.run(30 * second)
        expect(statuses().slice(-1)).toEqual([status])
        expect(peer.sent('BootNotification')).toEqual([])
      }
    })

    test.each([
      [false, 'Unavailable'],
      [true, 'Available'],
    ])(
      '[2.0.1 L01.FR.06, L01.FR.07] waits for the transaction; new sessions %s: the other EVSE is %s',
      async (allowed, status) => {
        const variable = 'ChargingStation.AllowNewSessionsPendingFirmwareUpdate'
        const ac = { connectors: ['cType2'], maxPowerW: 22_000, phases: 3, current: 'AC' } as const
        const files = new Files()
        const peer = new StationPeer(
          protocol,
          { evses: [ac, ac], configuration: { [variable]: String(allowed) } },
          { files, crypto: trusting },
        )
        peer.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Accepted' } }))
        await peer.booted()
        await peer.act(peer.actor.plugIn(plug, ev))
        await peer.act(peer.actor.start(plug, peer.cancel))
        const retrieveDateTime = new Date(peer.clock.wallMs()).toISOString()
        await peer.call('UpdateFirmware', {
          requestId: 1,
          firmware: { location, retrieveDateTime },
        })
        await peer.clock.run(30 * second)
        const statuses = () => peer.sent('FirmwareStatusNotification').map((one) => one['status'])
        expect(statuses().slice(-1)).toEqual(['InstallScheduled'])
        const component = { name: 'EVSE', evse: { id: 2 } }
        const named = { component, variable: { name: 'AvailabilityState' } }
        const { getVariableResult } = await peer.call('GetVariables', { getVariableData: [named] })
        expect(getVariableResult).toMatchObject([{ attributeValue: status }])
        await peer.act(peer.actor.stop(plug, {}, peer.cancel))
        await peer.act(peer.actor.unplug(plug, peer.cancel))
        await peer.clock.run(30 * second)
        expect(statuses().slice(-1)).toEqual(['Installed'])
        expect(peer.findings).toEqual([])
      },
    )

    test('[2.0.1 L01.FR.25, L01.FR.26] the trigger tells the last status, and Idle after Installed', async () => {
      const { peer, update, trigger } = await booted()
      const triggered = async () => {
        peer.forget()
        await trigger('FirmwareStatusNotification')
        await peer.clock.run(0)
        return peer.sent('FirmwareStatusNotification')
      }
      expect(await triggered()).toEqual([{ status: 'Idle' }])
      await update(4)
      await peer.clock.run(second)
      expect(await triggered()).toEqual([{ status: 'Downloading', requestId: 4 }])
      await peer.clock.run(60 * second)
      expect(await triggered()).toEqual([{ status: 'Idle' }])
    })

    test('[2.0.1 L01.FR.01] what happens offline is told when the CSMS is back', async () => {
      const { peer, update, statuses } = await booted({ installMs: 100 * second })
      await update()
      await peer.clock.run(second)
      peer.cut()
      await peer.clock.run(20 * second)
      expect(statuses()).toEqual(['Downloading'])
      peer.reachable = true
      await peer.clock.run(60 * second)
      expect(statuses()).toEqual(['Downloading', 'Downloaded', 'Installing'])
    })
  })

  describe('PublishFirmware', () => {
    const controller = { 'LocalController.Available': 'true' }
    const order = { requestId: 5, location, checksum, retries: 1, retryInterval: 5 }
    const unpublish = (peer: StationPeer) => peer.call('UnpublishFirmware', { checksum })

    test('is for local controllers', async () => {
      const { peer, trigger } = await booted()
      const refusal = { kind: 'error', wireCode: 'NotSupported' }
      expect(await peer.outcome('PublishFirmware', order)).toMatchObject(refusal)
      expect(await peer.outcome('UnpublishFirmware', { checksum })).toMatchObject(refusal)
      expect(await trigger('PublishFirmwareStatusNotification')).toMatchObject({
        status: 'NotImplemented',
      })
    })

    test('[2.0.1 L03.FR.01, L03.FR.04, L04.FR.02] publishes what it downloaded, until it is told to stop', async () => {
      const { peer, publisher, published } = await booted({}, controller)
      expect(await peer.call('PublishFirmware', order)).toEqual({ status: 'Accepted' })
      await peer.clock.run(30 * second)
      expect(published()).toEqual(['Downloading', 'Downloaded', 'ChecksumVerified', 'Published'])
      const name = `CS-1/${checksum}/ac22-2.4.0.bin`
      const [last] = peer.sent('PublishFirmwareStatusNotification').slice(-1)
      expect(last).toMatchObject({ requestId: 5, location: [`http://controller/${name}`] })
      expect(publisher.files.get(name)).toEqual(Buffer.from(content))
      publisher.busy = true
      expect(await unpublish(peer)).toEqual({ status: 'DownloadOngoing' })
      publisher.busy = false
      expect(await unpublish(peer)).toEqual({ status: 'Unpublished' })
      expect(publisher.files.size).toBe(0)
      expect(await unpublish(peer)).toEqual({ status: 'NoFirmware' })
      expect(peer.findings).toEqual([])
    })

    test('[2.0.1 L03.FR.07] a file with another checksum is not published', async () => {
      const { peer, publisher, published } = await booted({}, controller)
      await peer.call('PublishFirmware', { ...order, checksum: 'a'.repeat(32) })
      await peer.clock.run(30 * second)
      expect(published()).toEqual(['Downloading', 'Downloaded', 'InvalidChecksum'])
      expect(publisher.files.size).toBe(0)
      const [last] = peer.sent('PublishFirmwareStatusNotification').slice(-1)
      const additionalInfo = `the MD5 of the file is ${checksum}`
      expect(last?.['statusInfo']).toEqual(
        is21 ? { reasonCode: 'Unspecified', additionalInfo } : undefined,
      )
      expect(peer.findings).toEqual([])
    })

    test('[2.0.1 L03.FR.06, L03.FR.08] what cannot be had or offered is told', async () => {
      const { peer, files, publisher, published } = await booted({}, controller)
      files.failures = 9
      await peer.call('PublishFirmware', order)
      await peer.clock.run(60 * second)
      expect(published()).toEqual([
        'Downloading',
        'DownloadPaused',
        'Downloading',
        'DownloadFailed',
      ])
      peer.forget()
      files.failures = 0
      publisher.broken = true
      await peer.call('PublishFirmware', order)
      await peer.clock.run(60 * second)
      expect(published().slice(-1)).toEqual(['PublishFailed'])
    })

    test('one at a time, and unpublishing it meanwhile is DownloadOngoing', async () => {
      const { peer } = await booted({}, controller)
      await peer.call('PublishFirmware', order)
      await peer.clock.run(second)
      expect(await peer.call('PublishFirmware', order)).toMatchObject({ status: 'Rejected' })
      expect(await unpublish(peer)).toEqual({ status: 'DownloadOngoing' })
    })

    test('[2.0.1 L03.FR.10, L03.FR.11] the trigger tells the last status, and Idle after Published', async () => {
      const { peer, trigger } = await booted({}, controller)
      const triggered = async () => {
        peer.forget()
        await trigger('PublishFirmwareStatusNotification')
        await peer.clock.run(0)
        return peer.sent('PublishFirmwareStatusNotification')
      }
      expect(await triggered()).toEqual([{ status: 'Idle' }])
      await peer.call('PublishFirmware', order)
      await peer.clock.run(second)
      expect(await triggered()).toEqual([{ status: 'Downloading', requestId: 5 }])
      await peer.clock.run(60 * second)
      expect(await triggered()).toEqual([{ status: 'Idle' }])
    })
  })
})
