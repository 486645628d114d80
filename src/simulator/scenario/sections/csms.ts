import { object } from '../../../document/fields/collections.ts'
import {
  type Field,
  mapped,
  optional,
  required,
  withDefault,
} from '../../../document/fields/field.ts'
import { duration } from '../../../document/fields/quantities.ts'
import { integer, oneOf, text } from '../../../document/fields/scalars.ts'
import type { CsmsPlan } from '../plan.ts'

const accepted: CsmsPlan['boot'] = { status: 'Accepted', times: 1 }

const boot = object(
  {
    status: required(oneOf(['Accepted', 'Pending', 'Rejected']), 'The answer.'),
    times: withDefault(
      integer({ min: 1, max: 1000 }),
      'So often to each station; then Accepted.',
      1,
    ),
  },
  { wants: 'a boot answer like Pending or {status: Pending, times: 2}', shorthand: 'status' },
)

/** How the embedded CSMS behaves. */
export const csms: Field<CsmsPlan> = mapped(
  object(
    {
      boot: withDefault(boot, 'How it answers BootNotification.', accepted, 'Accepted'),
      heartbeat: withDefault(
        duration({ min: 1000, max: 86_400_000 }),
        'The interval in the boot answer, simulated time, whole seconds.',
        300_000,
        '300s',
      ),
      files: optional(
        text({ wants: 'the path of a folder', longest: 1000 }),
        'Folder, beside the scenario, whose files it offers over HTTP and FTP: `{files}` and `{ftp}` ' +
          'in templates.',
        'none',
      ),
      tariffs: optional(
        text({ wants: 'the path of a file', longest: 1000 }),
        'File, beside the scenario, of what charging costs: as `serve --tariffs` reads it.',
        'none: nobody calculates',
      ),
    },
    { wants: 'a CSMS like {boot: Pending, heartbeat: 60s}' },
  ),
  (given) => ({
    boot: given.boot,
    heartbeatSeconds: Math.round(given.heartbeat / 1000),
    files: given.files,
    tariffs: given.tariffs,
  }),
)

export const defaultCsms: CsmsPlan = {
  boot: accepted,
  heartbeatSeconds: 300,
  files: undefined,
  tariffs: undefined,
}
