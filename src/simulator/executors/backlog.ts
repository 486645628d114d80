import { withDefault } from '../../document/fields/field.ts'
import { oneOf } from '../../document/fields/scalars.ts'

const policies = oneOf(['queue', 'skip', 'coalesce'])

/** Of arrivals: they are not one station's own, so that only their number can be bounded. */
export const arrivalBacklogProperty = withDefault(
  policies,
  'What happens to what is due while no station can take it: it waits (1,000 for each station at most), ' +
    'is dropped, or waits as long as fewer wait than there are stations.',
  'queue',
)

/** What happens to what is due while something earlier still waits. */
export const backlogProperty = withDefault(
  policies,
  'What happens to a CALL that is due while an earlier one of its station still waits: it waits too, ' +
    'is dropped, or is one with those that wait.',
  'queue',
)
