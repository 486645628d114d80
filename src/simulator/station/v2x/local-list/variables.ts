import { fixed, live, settable } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'
import { localLists } from './local-lists.ts'

/** Tokens that a list may hold: maxLimit of Entries. */
export const mostEntries = 1000
/** Tokens that one SendLocalList may bring. */
const mostPerMessage = 100

/** The local authorization list [2.1 Part 2 2.6]. */
export const localListVariables: readonly VariableSpec[] = [
  fixed('LocalAuthListCtrlr.Available', 'boolean', 'true'),
  settable('LocalAuthListCtrlr.Enabled', 'boolean', 'true'),
  live(
    'LocalAuthListCtrlr.Entries',
    'integer',
    (station) => String(localLists.existing(station)?.size ?? 0),
    { min: 0, max: mostEntries },
  ),
  fixed('LocalAuthListCtrlr.ItemsPerMessage', 'integer', String(mostPerMessage)),
  fixed('LocalAuthListCtrlr.BytesPerMessage', 'integer', '65536'),
  settable('LocalAuthListCtrlr.DisablePostAuthorize', 'boolean', 'false'),
]
