import type { ConformanceCase } from '../case.ts'
import { certificates201 } from './a-certificates.ts'
import { connections201 } from './a-connections.ts'

/** A. Security. */
export const security201: readonly ConformanceCase[] = [...connections201, ...certificates201]
