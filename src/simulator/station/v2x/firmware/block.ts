import type { Block } from '../block.ts'

/** New firmware [2.0.1 L]. */
export const firmware: Block = {
  letter: 'L',
  triggers: {
    FirmwareStatusNotification:
      ({ services }) =>
      () =>
        services.send('FirmwareStatusNotification', { status: 'Idle' }, undefined, {
          triggered: true,
        }),
  },
}
