import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import { PlannedFailures, standardFirmwarePlan } from '../firmware-plan.ts'
import { FirmwareSigners } from '../firmware-signers.ts'
import {
  type FirmwareHost,
  type FirmwareReport,
  type FirmwareStatus,
  FirmwareUpdates,
} from '../firmware-updates.ts'
import { type LogHost, type LogOrder, type LogStatus, LogUploads } from '../log-uploads.ts'
import { Notices } from '../notices.ts'
import { SpokenTransfers } from '../spoken-transfers.ts'
import type { Behaviour16 } from './behaviour16.ts'

type Status<Action extends keyof Actions16> =
  RequestOf<Actions16, Action> extends {
    status: infer Value
  }
    ? Value
    : never

/** What a station of Core 1.6 tells of an update; the rest it keeps to itself [1.6 4.5]. */
const unsigned: Readonly<Record<FirmwareStatus, Status<'FirmwareStatusNotification'> | undefined>> =
  {
    Idle: 'Idle',
    DownloadScheduled: undefined,
    Downloading: 'Downloading',
    DownloadPaused: undefined,
    Downloaded: 'Downloaded',
    DownloadFailed: 'DownloadFailed',
    SignatureVerified: undefined,
    InvalidSignature: 'InstallationFailed',
    InstallScheduled: undefined,
    Installing: 'Installing',
    InstallRebooting: undefined,
    InstallVerificationFailed: 'InstallationFailed',
    InstallationFailed: 'InstallationFailed',
    Installed: 'Installed',
  }

/** [1.6 4.4] knows one way to fail. */
const diagnostics: Readonly<Record<LogStatus, Status<'DiagnosticsStatusNotification'>>> = {
  Idle: 'Idle',
  Uploading: 'Uploading',
  Uploaded: 'Uploaded',
  BadMessage: 'UploadFailed',
  NotSupportedOperation: 'UploadFailed',
  PermissionDenied: 'UploadFailed',
  UploadFailure: 'UploadFailed',
}

/** What TriggerMessage and ExtendedTriggerMessage ask for [1.6 4.4, 4.5, SWP ExtendedTriggerMessage]. */
export type StatusTrigger =
  | 'DiagnosticsStatusNotification'
  | 'FirmwareStatusNotification'
  | 'SignedFirmwareStatusNotification'
  | 'LogStatusNotification'

/**
 * What goes on at a 1.6 station with firmware and logs, and what it tells of that. Made when the CSMS
 * first asks for any of it, and survives reboots.
 */
export class FileJobs {
  readonly firmware: FirmwareUpdates
  readonly diagnostics: LogUploads
  readonly logs: LogUploads
  readonly signers: FirmwareSigners
  readonly #behaviour: Behaviour16
  readonly #notices: Notices
  /** An update that nobody signed has told this last: it does not repeat itself. */
  #told: string | undefined

  constructor(behaviour: Behaviour16) {
    this.#behaviour = behaviour
    const { station } = behaviour
    this.signers = new FirmwareSigners(station, (type, techInfo) =>
      behaviour.security.report(type, techInfo),
    )
    this.#notices = new Notices(station)
    const plan = station.template.firmwarePlan ?? standardFirmwarePlan
    const common = {
      plan,
      failures: new PlannedFailures(plan),
      simulated: station.clocks.simulated,
      transfer: new SpokenTransfers(station, () =>
        behaviour.settings.value('SupportedFileTransferProtocols').split(/\s*,\s*/),
      ),
      unattended: (promise: Promise<unknown>) => station.unattended(promise),
    }
    this.firmware = new FirmwareUpdates({ ...common, ...this.#firmwareHost() })
    this.diagnostics = new LogUploads({
      ...common,
      tell: (status) => this.#tellDiagnostics(status),
    } satisfies LogHost)
    this.logs = new LogUploads({
      ...common,
      tell: (status, order) => this.#tellLog(status, order),
    } satisfies LogHost)
  }

  sessionEnded(): void {
    this.firmware.sessionEnded()
  }

  powerLost(): void {
    this.firmware.powerLost()
    this.diagnostics.stop('the power is gone')
    this.logs.stop('the power is gone')
  }

  /** A boot was accepted, not for the second time. */
  booted(): void {
    this.#told = undefined
    this.#notices.resume()
    this.firmware.booted()
  }

  reconnected(): void {
    this.#notices.resume()
  }

  /** The run is over. */
  stop(): void {
    this.firmware.stop()
    this.diagnostics.stop('the run is over')
    this.logs.stop('the run is over')
  }

  /** Tells now how things stand. */
  trigger(action: StatusTrigger): void {
    this.#behaviour.station.send(action, this.#standing(action), undefined, { triggered: true })
  }

  #standing(action: StatusTrigger): object {
    const { firmware, diagnostics: upload, logs } = this
    switch (action) {
      case 'DiagnosticsStatusNotification':
        return { status: diagnostics[upload.status] }
      case 'LogStatusNotification':
        return about(logs.status, logs.order?.requestId)
      case 'FirmwareStatusNotification':
        return { status: unsignedStatus(firmware.status) }
      case 'SignedFirmwareStatusNotification':
        return signedStanding(firmware.last)
    }
  }

  #firmwareHost(): Omit<
    FirmwareHost,
    'plan' | 'failures' | 'simulated' | 'transfer' | 'unattended'
  > {
    const { station, statuses } = this.#behaviour
    return {
      wireMs: () => station.wireMs(),
      busy: () => station.evses.some((evse) => this.#behaviour.inTransaction(evse)),
      verify: (content, signature) => this.signers.verify(content, signature),
      tell: (report) => this.#tellFirmware(report),
      maintenance(on) {
        if (station.memory.maintenance === on) return
        station.memory.maintenance = on
        statuses.updateAll()
      },
      maintenanceForgotten() {
        station.memory.maintenance = false
      },
      installed(version) {
        station.memory.firmwareVersion = version
      },
      reboot: () => station.reboot('firmwareUpdate'),
      answered: () => Promise.resolve(),
    }
  }

  #tellFirmware({ status, order }: FirmwareReport): Promise<void> {
    if (order.requestId !== undefined) {
      const { requestId } = order
      const heard = this.#notices.add('SignedFirmwareStatusNotification', { status, requestId })
      return heard.then(() => this.signers.told(status))
    }
    const plain = unsigned[status]
    if (plain === undefined || (plain === this.#told && plain === 'Downloading')) {
      return this.#notices.drained()
    }
    this.#told = plain
    return this.#notices.add('FirmwareStatusNotification', { status: plain })
  }

  #tellDiagnostics(status: LogStatus): void {
    void this.#notices.add('DiagnosticsStatusNotification', { status: diagnostics[status] })
  }

  #tellLog(status: LogStatus, { requestId }: LogOrder): void {
    void this.#notices.add('LogStatusNotification', about(status, requestId))
  }
}

function about(status: string, requestId: number | undefined): object {
  return { status, ...(requestId !== undefined && { requestId }) }
}

/** Idle has no requestId, everything else has one [1.6 SWP L01.FR.21]. */
function signedStanding(last: FirmwareReport | undefined): object {
  const requestId = last?.order.requestId
  return requestId === undefined ? { status: 'Idle' } : about(last?.status ?? 'Idle', requestId)
}

/** What lies between two statuses that 1.6 knows is the one before. */
function unsignedStatus(status: FirmwareStatus): string {
  if (status === 'DownloadPaused') return 'Downloading'
  if (status === 'SignatureVerified' || status === 'InstallScheduled') return 'Downloaded'
  if (status === 'InstallRebooting') return 'Installing'
  return unsigned[status] ?? 'Idle'
}
