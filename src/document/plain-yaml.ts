import { parseDocument } from 'yaml'

/**
 * Reads YAML (and so JSON) that is not a scenario: settings, lists of stations and tokens. The error
 * is one line with the place, for the caller to put the file's name in front.
 */
export function readPlainYaml(
  text: string,
): { readonly value: unknown } | { readonly error: string } {
  const document = parseDocument(text, { prettyErrors: true })
  const first = document.errors[0]
  if (first) return { error: (first.message.split('\n')[0] ?? '').replace(/:$/, '.') }
  return { value: document.toJS({ maxAliasCount: 100 }) as unknown }
}
