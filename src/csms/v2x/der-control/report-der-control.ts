import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { type DerControlRecord, derReported, putDerControl } from '../../domain/der-controls.ts'
import type { StationContext } from '../../domain/domain.ts'
import { acknowledge } from '../acknowledge.ts'

const acknowledged = acknowledge('ReportDERControl')

interface Reported {
  readonly id: string
  readonly isDefault?: boolean
  readonly isSuperseded?: boolean
}

/** Remembers the controls that a station has [2.1 R04.FR.31]. */
export const reportDerControl: Handler<Actions21, 'ReportDERControl', StationContext> = (
  request,
  context,
) => {
  const { record } = context.station
  let controls = 0
  const put = (reported: Reported, controlType: string, content: DerControlRecord['content']) => {
    const { id: controlId, isDefault = true, isSuperseded = false } = reported
    controls += 1
    putDerControl(record, { controlId, controlType, isDefault, isSuperseded, content })
  }
  for (const one of request.curve ?? []) put(one, one.curveType, { curve: one.curve })
  for (const one of request.enterService ?? []) {
    put(one, 'EnterService', { enterService: one.enterService })
  }
  for (const one of request.fixedPFAbsorb ?? []) {
    put(one, 'FixedPFAbsorb', { fixedPFAbsorb: one.fixedPF })
  }
  for (const one of request.fixedPFInject ?? []) {
    put(one, 'FixedPFInject', { fixedPFInject: one.fixedPF })
  }
  for (const one of request.fixedVar ?? []) put(one, 'FixedVar', { fixedVar: one.fixedVar })
  for (const one of request.freqDroop ?? []) put(one, 'FreqDroop', { freqDroop: one.freqDroop })
  for (const one of request.gradient ?? []) put(one, 'Gradients', { gradient: one.gradient })
  for (const one of request.limitMaxDischarge ?? []) {
    put(one, 'LimitMaxDischarge', { limitMaxDischarge: one.limitMaxDischarge })
  }
  derReported(record, request.requestId, controls, request.tbc ?? false)
  context.domain.stations.save(record)
  return acknowledged(request, context)
}
