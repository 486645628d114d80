import { isFormat, templateUses } from '../../../document/expressions.ts'
import { type Field, mapped } from '../../../document/fields/field.ts'
import { text } from '../../../document/fields/scalars.ts'
import { identityNames } from '../station-identity.ts'

/** A template that makes every station its own: `AC-{index:04}`. */
export function identityTemplate(longest: number, names = identityNames): Field<string> {
  const wants = 'text like "AC-{index:04}"'
  return mapped(text({ wants, longest: longest + 40 }), (value, node, reader) => {
    for (const { name, shift, format } of templateUses(value)) {
      if (shift !== undefined) {
        return reader.report(node.span, `"{${name}${shift}}": only an instant can be shifted.`)
      }
      if (!names.includes(name)) {
        return reader.reportUnknown(node.span, `Unknown placeholder "{${name}}"`, name, names)
      }
      if (format !== undefined && !isFormat(format)) {
        const message = `"{${name}:${format}}" is not a width like {index:05}.`
        return reader.report(node.span, message)
      }
    }
    return value
  })
}
