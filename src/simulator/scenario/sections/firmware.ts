import { object } from '../../../document/fields/collections.ts'
import { type Field, mapped, optional, withDefault } from '../../../document/fields/field.ts'
import { duration } from '../../../document/fields/quantities.ts'
import { integer, text } from '../../../document/fields/scalars.ts'
import { type FirmwarePlan, standardFirmwarePlan } from '../../station/firmware-plan.ts'

const version = text({ longest: 50, wants: 'a firmware version' })
const times = integer({ min: 1, max: 1000, wants: 'how often' })
const { downloadMs, installMs, uploadMs, retries, retryIntervalMs } = standardFirmwarePlan

const fails = object(
  {
    download: optional(times, 'So many downloads break off.', 'none'),
    verification: optional(times, 'So many files turn out to be no firmware.', 'none'),
    install: optional(times, 'So many installations fail.', 'none'),
    upload: optional(times, 'So many uploads break off.', 'none'),
  },
  { wants: 'failures like {download: 2}' },
)

/** What a station says of its firmware, and how it goes about new firmware and logs. */
export const firmware: Field<FirmwareSection> = mapped(
  object(
    {
      version: optional(version, 'What BootNotification says.', 'none sent'),
      next: optional(version, 'The version after an update.', "what the file's name says"),
      download: withDefault(duration(), 'What a download takes, at least.', downloadMs, '5s'),
      install: withDefault(duration(), 'What an installation takes.', installMs, '10s'),
      upload: withDefault(duration(), 'What an upload takes, at least.', uploadMs, '2s'),
      retries: withDefault(
        integer({ min: 0, max: 100 }),
        'Further attempts where the CSMS does not say.',
        retries,
      ),
      retryInterval: withDefault(
        duration(),
        'Before each of them where the CSMS does not say.',
        retryIntervalMs,
        '30s',
      ),
      fails: optional(fails, 'What fails, the first so many times.', 'nothing'),
    },
    { wants: 'a firmware version, or {version, install, fails}', shorthand: 'version' },
  ),
  (given) => ({
    version: given.version,
    plan: {
      nextVersion: given.next,
      downloadMs: given.download,
      installMs: given.install,
      uploadMs: given.upload,
      retries: given.retries,
      retryIntervalMs: given.retryInterval,
      fails: given.fails ?? {},
    },
  }),
)

export interface FirmwareSection {
  readonly version: string | undefined
  readonly plan: FirmwarePlan
}
