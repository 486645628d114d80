import { Option } from 'commander'
import { formatQuantity } from '../document/units.ts'
import { duration } from './parse.ts'

/** An option that takes a duration; its default, in ms, is shown as people write it. */
export function durationOption(flags: string, description: string, defaultMs: number): Option {
  const shown = formatQuantity({ dimension: 'duration', value: defaultMs })
  return new Option(flags, description).argParser(duration).default(defaultMs, shown)
}
