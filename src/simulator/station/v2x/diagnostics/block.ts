import type { Block } from '../block.ts'

/** Logs, monitors, events, and what is known of customers [2.0.1 N]. */
export const diagnostics: Block = {
  letter: 'N',
  triggers: {
    LogStatusNotification:
      ({ services }) =>
      () =>
        services.send('LogStatusNotification', { status: 'Idle' }, undefined, { triggered: true }),
  },
}
