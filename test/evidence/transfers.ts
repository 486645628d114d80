/** A station that is quick with firmware and logs. */
export const quickFiles = {
  speed: 50,
  station: { firmware: { version: '1.0', download: '1s', install: '1s', upload: '1s' } },
} as const

interface Step {
  readonly status: string
}

/** An update as the operator reads it. */
export interface FirmwareRow {
  readonly location: string
  readonly status: string
  readonly signed: boolean
  readonly requestId?: number
  readonly progress: readonly Step[]
}

/** A log that a station was asked for, as the operator reads it. */
export interface LogRow {
  readonly type: string
  readonly status: string
  readonly fileName: string
  readonly requestId?: number
  readonly progress: readonly Step[]
}
