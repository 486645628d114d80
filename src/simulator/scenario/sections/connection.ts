import { object } from '../../../document/fields/collections.ts'
import { withDefault } from '../../../document/fields/field.ts'
import { boolean } from '../../../document/fields/scalars.ts'

/** What the connections of a fleet are like, whoever is at their ends. */
export const connection = object(
  {
    compression: withDefault(
      boolean(),
      'The stations offer permessage-deflate; where the CSMS takes it, they compress every frame.',
      false,
    ),
  },
  { wants: 'what connections are like, as {compression: true}' },
)
