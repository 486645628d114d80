import type { Station2x } from '../station-2x.ts'

const problem = 'TariffCostCtrlr.Problem'

/**
 * Something is wrong with a tariff, or is no longer: the variable says so, and the CSMS is told
 * [2.1 I08.FR.30, FR.31, FR.35, FR.36, I12.FR.18, FR.19, FR.43, FR.44].
 *
 * @param techCode why; undefined: all is well
 */
export function noteProblem(station: Station2x, techCode: string | undefined): void {
  const { model, services } = station
  const stands = techCode !== undefined
  if (model.flag(problem) === stands) return
  model.set(problem, String(stands))
  const timestamp = services.wireTime()
  services.send('NotifyEvent', {
    generatedAt: timestamp,
    seqNo: 0,
    eventData: [
      {
        eventId: station.nextEventId(),
        timestamp,
        trigger: 'Alerting',
        actualValue: String(stands),
        ...(stands ? { techCode } : { cleared: true }),
        component: { name: 'TariffCostCtrlr' },
        variable: { name: 'Problem' },
        eventNotificationType: 'HardWiredNotification',
      },
    ],
  })
}
