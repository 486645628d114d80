import type { Block } from '../block.ts'
import { firmwareEffects } from './effects.ts'
import {
  firmwareStatusNotification,
  firmwareStatusNotification21,
} from './firmware-status-notification.ts'
import {
  publishFirmwareStatusNotification,
  publishFirmwareStatusNotification21,
} from './publish-firmware-status-notification.ts'

/** New firmware, and whoever hands it on [2.0.1 L]. */
export const firmware: Block = {
  letter: 'L',
  handlers: {
    FirmwareStatusNotification: firmwareStatusNotification,
    PublishFirmwareStatusNotification: publishFirmwareStatusNotification,
  },
  handlers21: {
    FirmwareStatusNotification: firmwareStatusNotification21,
    PublishFirmwareStatusNotification: publishFirmwareStatusNotification21,
  },
  effects: firmwareEffects,
}
