import type { OutputOptions } from './conformance-outputs.ts'
import type { SelectionOptions } from './conformance-selection.ts'
import type { SettingOptions } from './conformance-setting.ts'

/** What `csms conformance` was told. */
export interface ConformanceCliOptions extends SelectionOptions, SettingOptions, OutputOptions {
  readonly retries: number
  /** Milliseconds. */
  readonly timeout: number
  readonly level: 'must' | 'should'
  readonly bail?: boolean
  readonly features?: string
  readonly expectFailures?: string
  readonly writeBaseline?: string
}
