import { mapOf } from '../../../document/fields/collections.ts'
import { type Field, mapped } from '../../../document/fields/field.ts'
import { entryOf } from '../../../document/source-node.ts'
import { valueFault, variableName } from '../../station/v2x/provisioning/device-model/variable.ts'
import { variables } from '../../station/v2x/provisioning/device-model/variables.ts'
import { keyNames, keySpec } from '../../station/v16/configuration-keys.ts'

type Check = (value: string) => string | undefined

/** What a station can be given: every 1.6 key and every 2.x variable that holds a value. */
const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ...keyNames.map((name): [string, Check] => [name, keySpec(name).check]),
  ['BootRetryInterval', (value) => (/^\d+$/.test(value) ? undefined : 'must be seconds')],
  ...variables
    .filter((spec) => spec.initial !== undefined || spec.mutability !== 'ReadOnly')
    .map((spec): [string, Check] => [
      variableName(spec),
      (value) => valueFault(spec, value)?.additionalInfo,
    ]),
])

/** Initial values of 1.6 keys and 2.x variables; each version reads its own. */
export const configuration: Field<Record<string, string>> = mapped(
  mapOf(configurationValue(), { wants: 'a map of configuration values' }),
  (given, node, reader) => {
    let sound = true
    for (const [name, value] of Object.entries(given)) {
      const entry = node.kind === 'map' ? entryOf(node, name) : undefined
      const check = checks.get(name)
      const fault = check?.(value)
      if (!check) {
        const message = `No station has the configuration key or variable "${name}"`
        reader.reportUnknown(entry?.keySpan ?? node.span, message, name, checks.keys())
      } else if (fault !== undefined) {
        reader.report(entry?.value.span ?? node.span, `${name} ${fault}.`)
      }
      sound &&= check !== undefined && fault === undefined
    }
    return sound ? given : undefined
  },
)

/** Text on the wire, however it is written: `300`, `true`, `"0.5"`. */
export function configurationValue(): Field<string> {
  return {
    wants: 'a value',
    parse: (node, reader) =>
      node.kind === 'scalar' && node.value !== null
        ? node.text
        : reader.report(node.span, 'A configuration value is text, a number, true or false.'),
    schema: () => ({ type: ['string', 'number', 'boolean'] }),
  }
}
