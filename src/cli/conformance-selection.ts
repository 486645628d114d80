import type { ConformanceCase } from '../conformance/cases/case.ts'
import { casesOf, catalogue } from '../conformance/cases/catalogue.ts'
import { type Selection, selected, selectionFaults } from '../conformance/run/select.ts'
import type { OcppVersion } from '../ocpp/version.ts'
import { csmsError } from '../shared/errors.ts'

/** Which cases were asked for. */
export interface SelectionOptions {
  readonly protocol: OcppVersion
  readonly case?: readonly string[]
  readonly exclude?: readonly string[]
  readonly profile?: readonly string[]
  readonly tag?: readonly string[]
}

/** The cases that options name. Throws `CSMS_CONFORMANCE_NOTHING_SELECTED` for words that fit none. */
export function chosenCases(options: SelectionOptions): readonly ConformanceCase[] {
  const { protocol, case: cases, exclude, profile, tag } = options
  const selection: Selection = {
    ...(cases && { cases }),
    ...(exclude && { exclude }),
    ...(profile && { profiles: profile }),
    ...(tag && { tags: tag }),
  }
  const all = casesOf(protocol)
  const faults = selectionFaults(all, selection, catalogue)
  if (faults.length > 0) {
    const reason = faults.join(', and ')
    throw csmsError('CSMS_CONFORMANCE_NOTHING_SELECTED', { protocol, reason })
  }
  return selected(all, selection)
}
