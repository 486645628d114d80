import type { FirmwareStatusNotificationRequest } from 'typed-ocpp/dist/ocpp21/types.js'
import type { OcppVersion } from '../../../../ocpp/version.ts'
import { nextTurn } from '../../../../shared/waiting.ts'
import { PlannedFailures, standardFirmwarePlan } from '../../firmware-plan.ts'
import { FirmwareSigners } from '../../firmware-signers.ts'
import { type FirmwareReport, FirmwareUpdates } from '../../firmware-updates.ts'
import { Notices } from '../../notices.ts'
import { SpokenTransfers } from '../../spoken-transfers.ts'
import { because } from '../rejected.ts'
import { security } from '../security/security.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'

/**
 * The firmware updates of a station, and what it tells of them [2.0.1 L01, L02]. Made when the CSMS
 * first orders one, and survives reboots.
 */
class FirmwareJobs {
  readonly updates: FirmwareUpdates
  readonly signers: FirmwareSigners
  readonly #station: Station2x
  readonly #notices: Notices

  constructor(station: Station2x) {
    this.#station = station
    const { services, model } = station
    this.#notices = new Notices(services)
    this.signers = new FirmwareSigners(services, (type, techInfo) =>
      security.of(station).report(type, techInfo),
    )
    const plan = services.template.firmwarePlan ?? standardFirmwarePlan
    this.updates = new FirmwareUpdates({
      plan,
      failures: new PlannedFailures(plan),
      simulated: services.clocks.simulated,
      transfer: new SpokenTransfers(services, () =>
        model.list('OCPPCommCtrlr.FileTransferProtocols'),
      ),
      wireMs: () => services.wireMs(),
      busy: () => station.sessions.anyOpen,
      verify: (content, signature) => this.signers.verify(content, signature),
      tell: (report) => this.#tell(report),
      maintenance: (on) => {
        // Sessions may begin until the installation does [L01.FR.07].
        const allowed = model.flag('ChargingStation.AllowNewSessionsPendingFirmwareUpdate')
        this.#maintain(on && !allowed)
      },
      maintenanceForgotten() {
        services.memory.maintenance = false
      },
      installed(version) {
        services.memory.firmwareVersion = version
      },
      reboot: () => services.reboot('firmwareUpdate'),
      unattended: (promise) => services.unattended(promise),
      answered: () => nextTurn(services.clocks.real),
    })
  }

  /** What was told last; Idle after Installed [L01.FR.25, FR.26]. */
  get standing(): FirmwareStatusNotificationRequest {
    const { last } = this.updates
    return last ? about(last, this.#station.version) : { status: 'Idle' }
  }

  /** The CSMS is in reach again. */
  resume(): void {
    this.#notices.resume()
  }

  booted(): void {
    this.#notices.resume()
    this.updates.booted()
  }

  #tell(report: FirmwareReport): Promise<void> {
    if (report.status === 'Installing') this.#maintain(true)
    const notice = about(report, this.#station.version)
    const heard = this.#notices.add('FirmwareStatusNotification', notice)
    return heard.then(() => this.signers.told(report.status))
  }

  #maintain(on: boolean): void {
    const { services, connectors } = this.#station
    if (services.memory.maintenance === on) return
    services.memory.maintenance = on
    services.unattended(connectors.reportChanged())
  }
}

/** Always with the id of the order [L01.FR.20]; 2.1 has room for why. */
function about(
  { status, order: { requestId }, reason }: FirmwareReport,
  version: OcppVersion,
): FirmwareStatusNotificationRequest {
  return {
    status,
    ...(requestId !== undefined && { requestId }),
    ...(version === 'ocpp2.1' && reason !== undefined && because(reason)),
  }
}

export const firmwareJobs = new StationPart((station) => new FirmwareJobs(station))
