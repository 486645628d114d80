import type { ReportDERControlRequest } from 'typed-ocpp/dist/ocpp21/types.js'
import type { DerControl } from './der-control.ts'

/** One message of a report, each control in the list of its kind [2.1 R04.FR.31, FR.32]. */
export function derReport(
  requestId: number,
  controls: readonly DerControl[],
  tbc: boolean,
  isSuperseded: (control: DerControl) => boolean,
): ReportDERControlRequest {
  const report: ReportDERControlRequest = { requestId, ...(tbc && { tbc }) }
  for (const control of controls) add(report, control, isSuperseded(control))
  return report
}

function add(report: ReportDERControlRequest, control: DerControl, isSuperseded: boolean): void {
  const { id, type, isDefault, content } = control
  const state = { id, isDefault, isSuperseded }
  const { curve, enterService, fixedPFAbsorb, fixedPFInject } = content
  const { fixedVar, freqDroop, gradient, limitMaxDischarge } = content
  if (curve) (report.curve ??= []).push({ ...state, curveType: type, curve })
  if (enterService) (report.enterService ??= []).push({ id, enterService })
  if (fixedPFAbsorb) (report.fixedPFAbsorb ??= []).push({ ...state, fixedPF: fixedPFAbsorb })
  if (fixedPFInject) (report.fixedPFInject ??= []).push({ ...state, fixedPF: fixedPFInject })
  if (fixedVar) (report.fixedVar ??= []).push({ ...state, fixedVar })
  if (freqDroop) (report.freqDroop ??= []).push({ ...state, freqDroop })
  if (gradient) (report.gradient ??= []).push({ id, gradient })
  if (limitMaxDischarge) (report.limitMaxDischarge ??= []).push({ ...state, limitMaxDischarge })
}
