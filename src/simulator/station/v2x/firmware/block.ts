import type { Block } from '../block.ts'
import { firmwareJobs } from './firmware-jobs.ts'
import { publications } from './publications.ts'
import { publishFirmware } from './publish-firmware.ts'
import { unpublishFirmware } from './unpublish-firmware.ts'
import { updateFirmware } from './update-firmware.ts'

const triggered = { triggered: true } as const

/** New firmware, of the station and of those behind it [2.0.1 L]. */
export const firmware: Block = {
  letter: 'L',
  handlers: {
    PublishFirmware: publishFirmware,
    UnpublishFirmware: unpublishFirmware,
    UpdateFirmware: updateFirmware,
  },
  triggers: {
    FirmwareStatusNotification: (station) => () => {
      const standing = firmwareJobs.existing(station)?.standing ?? { status: 'Idle' }
      station.services.send('FirmwareStatusNotification', standing, undefined, triggered)
    },
    PublishFirmwareStatusNotification: (station) =>
      station.model.flag('LocalController.Available')
        ? () => {
            const standing = publications.of(station).standing
            station.services.send(
              'PublishFirmwareStatusNotification',
              standing,
              undefined,
              triggered,
            )
          }
        : 'NotImplemented',
  },
  registered(station, first) {
    const jobs = firmwareJobs.existing(station)
    if (first) jobs?.booted()
    else jobs?.resume()
    publications.existing(station)?.resume()
  },
  reconnected(station) {
    firmwareJobs.existing(station)?.resume()
    publications.existing(station)?.resume()
  },
  happened: (station) => firmwareJobs.existing(station)?.updates.sessionEnded(),
  powerLost(station) {
    firmwareJobs.existing(station)?.updates.powerLost()
    publications.existing(station)?.stop('the power is gone')
  },
  stopped(station) {
    firmwareJobs.existing(station)?.updates.stop()
    publications.existing(station)?.stop('the run is over')
  },
}
