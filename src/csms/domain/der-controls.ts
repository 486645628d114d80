import type { StationRecord } from './station.ts'

/** A DER control that a station has [2.1 R04]. Written in place. */
export interface DerControlRecord {
  readonly controlId: string
  /** DERControlEnumType. */
  readonly controlType: string
  readonly isDefault: boolean
  /** As it stood on the wire, under the name of its field. */
  readonly content: Readonly<Record<string, unknown>>
  isSuperseded: boolean
  /** A scheduled one began; absent: it is a default, or not heard of. */
  startedAt?: string
}

/** A control that the grid made act [2.1 R05]. Written in place. */
export interface DerAlarmRecord {
  readonly controlType: string
  readonly gridEventFault: string | undefined
  readonly startedAt: string
  /** Absent while it lasts. */
  endedAt?: string
}

/** How far the report that GetDERControl asked for has come [2.1 R04.FR.30-FR.32]. Written in place. */
export interface DerReportRecord {
  readonly requestId: number
  /** How many controls it named so far. */
  controls: number
  complete: boolean
}

/** Which controls; undefined fields mean any. */
export interface DerCriteria {
  readonly isDefault?: boolean | undefined
  readonly controlType?: string | undefined
  readonly controlId?: string | undefined
}

/** How many are kept of a station. */
const mostControls = 200
const mostAlarms = 100

/** The station has it from now on, in place of one with its id. */
export function putDerControl(record: StationRecord, control: DerControlRecord): void {
  const others = (record.derControls ?? []).filter((one) => one.controlId !== control.controlId)
  record.derControls = [...others, control].slice(-mostControls)
}

/** Others act in their place now [2.1 R04]. */
export function supersedeDerControls(record: StationRecord, controlIds: readonly string[]): void {
  for (const control of record.derControls ?? []) {
    if (controlIds.includes(control.controlId)) control.isSuperseded = true
  }
}

/** The station has none of these, or will report them anew. */
export function dropDerControls(record: StationRecord, criteria: DerCriteria): void {
  const { isDefault, controlType, controlId } = criteria
  record.derControls = (record.derControls ?? []).filter(
    (control) =>
      (isDefault !== undefined && control.isDefault !== isDefault) ||
      (controlType !== undefined && control.controlType !== controlType) ||
      (controlId !== undefined && control.controlId !== controlId),
  )
}

/** A part of a report came. One that nobody asked for tells nothing of what is missing. */
export function derReported(
  { derReport }: StationRecord,
  requestId: number,
  controls: number,
  tbc: boolean,
): void {
  if (derReport?.requestId !== requestId || derReport.complete) return
  derReport.controls += controls
  derReport.complete = !tbc
}

/** A scheduled control began, or is over and forgotten [2.1 R04.FR.10, FR.20-FR.22]. */
export function noteDerStartStop(
  record: StationRecord,
  told: { readonly controlId: string; readonly started: boolean; readonly timestamp: string },
  supersededIds: readonly string[],
): void {
  const { controlId, started, timestamp } = told
  if (!started) {
    dropDerControls(record, { controlId })
    return
  }
  supersedeDerControls(record, supersededIds)
  const control = record.derControls?.find((one) => one.controlId === controlId)
  if (!control) return
  control.startedAt = timestamp
  control.isSuperseded = false
}

/** An alarm begins or ends; one that only ends is kept as one that did both. */
export function noteDerAlarm(
  record: StationRecord,
  alarm: Pick<DerAlarmRecord, 'controlType' | 'gridEventFault'>,
  timestamp: string,
  ended: boolean,
): void {
  const alarms = (record.derAlarms ??= [])
  const open = alarms.find(
    ({ controlType, gridEventFault, endedAt }) =>
      controlType === alarm.controlType &&
      gridEventFault === alarm.gridEventFault &&
      endedAt === undefined,
  )
  if (ended && open) open.endedAt = timestamp
  else if (!open) {
    alarms.push({ ...alarm, startedAt: timestamp, ...(ended && { endedAt: timestamp }) })
  }
  if (alarms.length > mostAlarms) alarms.shift()
}
