import type { ConformanceCase } from '../case.ts'
import { boots201 } from './b-boot.ts'
import { baseReports201 } from './b-reports.ts'
import { resets201 } from './b-resets.ts'
import { variables201 } from './b-variables.ts'

/** B. Provisioning. */
export const provisioning201: readonly ConformanceCase[] = [
  ...boots201,
  ...variables201,
  ...baseReports201,
  ...resets201,
]
