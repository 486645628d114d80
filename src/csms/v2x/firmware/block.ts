import { acknowledge } from '../acknowledge.ts'
import type { Block } from '../block.ts'

/** New firmware, and whoever hands it on [2.0.1 L]. */
export const firmware: Block = {
  letter: 'L',
  handlers: {
    FirmwareStatusNotification: acknowledge('FirmwareStatusNotification'),
    PublishFirmwareStatusNotification: acknowledge('PublishFirmwareStatusNotification'),
  },
}
