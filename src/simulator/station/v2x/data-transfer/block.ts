import type { Block } from '../block.ts'
import { dataTransfer as handler } from './data-transfer.ts'
import { healthReport } from './vendor-messages.ts'

/** What vendors agreed on among themselves [2.0.1 P]. */
export const dataTransfer: Block = {
  letter: 'P',
  handlers: { DataTransfer: handler },
  triggers: {
    /** A custom trigger of 2.1: the station tells of itself [2.1 F06.FR.18, P02]. */
    HealthReport: (station) => () => {
      const { services } = station
      const payload = {
        vendorId: services.template.vendor,
        messageId: 'HealthReport',
        data: healthReport(station),
      }
      services.send('DataTransfer', payload, undefined, { triggered: true })
    },
  },
}
