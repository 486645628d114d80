import { withDefault } from '../scenario/fields/field.ts'
import { oneOf } from '../scenario/fields/scalars.ts'

/** What happens to what is due while something earlier still waits. */
export const backlogProperty = withDefault(
  oneOf(['queue', 'skip', 'coalesce']),
  'What happens to a CALL that is due while an earlier one of its station still waits: it waits too, ' +
    'is dropped, or is one with those that wait.',
  'queue',
)
