import type { Block } from '../block.ts'
import { derEffects } from './effects.ts'
import { notifyDerAlarm } from './notify-der-alarm.ts'
import { notifyDerStartStop } from './notify-der-start-stop.ts'
import { reportDerControl } from './report-der-control.ts'

/** Stations as distributed energy resources [2.1 R]. */
export const derControl: Block = {
  letter: 'R',
  handlers21: {
    NotifyDERAlarm: notifyDerAlarm,
    NotifyDERStartStop: notifyDerStartStop,
    ReportDERControl: reportDerControl,
  },
  effects21: derEffects,
}
