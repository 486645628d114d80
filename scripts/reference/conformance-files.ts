import { catalogue } from '../../src/conformance/cases/catalogue.ts'
import { claimsOf } from '../../src/conformance/cases/claims.ts'
import { featureTitles } from '../../src/conformance/cases/feature-titles.ts'
import {
  hooksFile,
  httpShape,
  ofErrands,
  ofOperations,
  wayShape,
} from '../../src/conformance/hooks/hooks-field.ts'
import { presetNames, presets } from '../../src/conformance/hooks/presets/registry.ts'
import { fixturesFile } from '../../src/conformance/run/fixtures-file.ts'
import { entry } from '../../src/conformance/run/known-failures.ts'
import type { Property } from '../../src/document/fields/field.ts'
import { code, page, table } from './markdown.ts'

/** `docs/reference/conformance-files.md`. */
export function conformanceFileReference(): string {
  return page(
    'Files of csms conformance',
    'What `--hooks`, `--fixtures`, `--features` and `--expect-failures` read; `csms conformance init` writes ' +
      'all four with comments, and [the guide](../guide/conformance.md) tells how they work together. ' +
      '`${NAME}` is taken from the environment.',
    ...section('Hooks', hooksFile.shape),
    ...section('operations.ACTION', wayShape),
    ...section('http', httpShape),
    '## Templates',
    `In operations: ${names(ofOperations)}; in errands (\`provision\`, \`teardown\`): ${names(ofErrands.filter((name) => name !== 'station' && name !== 'token'))}, \`{{station}}\` and \`{{token}}\` ` +
      'where they are done for each. `{{payload.idTag}}` and `{{payload.evse[0].id}}` lead into a value. A ' +
      'placeholder alone keeps the kind of its value, and where nobody has the value its key is left out.',
    '## Presets',
    table(
      ['preset', 'how a CALL is ordered'],
      presetNames.map((name) => [code(name), presets[name].title]),
    ),
    ...section('Fixtures', fixturesFile.shape),
    '## Features',
    'Names of features, each `true` or `false`; the cases of what is `false` are not applicable. ' +
      '`csms conformance init` lists them with their cases.',
    table(['feature', 'is', 'versions'], Object.entries(featureTitles).map(featureRow)),
    ...section('Known failures', entry.shape),
  )
}

function featureRow([name, title]: readonly [string, string]): readonly string[] {
  const asking = catalogue.filter((one) => claimsOf(one).flat().includes(name))
  const versions = new Set(asking.map(({ version }) => version.slice('ocpp'.length)))
  return [code(name), title, [...versions].join(', ')]
}

function names(of: readonly string[]): string {
  return of.map((name) => code(`{{${name}}}`)).join(', ')
}

function section(
  title: string,
  shape: Readonly<Record<string, Property<unknown>>>,
): readonly string[] {
  const rows = Object.entries(shape).map(([name, { required, field, defaultText, summary }]) => [
    required ? `**${name}**` : name,
    field.wants,
    defaultText ?? '',
    summary,
  ])
  return [`## ${title}`, table(['key', 'value', 'default', ''], rows)]
}
