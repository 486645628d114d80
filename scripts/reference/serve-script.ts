import { answer } from '../../src/csms/script/answer-field.ts'
import { part, serveScript, until } from '../../src/csms/script/file-field.ts'
import { serveStepGroups } from '../../src/csms/script/steps/registry.ts'
import { builtinNames } from '../../src/csms/script/variables.ts'
import type { Property } from '../../src/document/fields/field.ts'
import { stepPage } from '../../src/document/step-reference.ts'
import { table } from './markdown.ts'

/** `docs/reference/serve-script.md`. */
export function serveScriptReference(): string {
  return stepPage({
    title: 'Scripts of the CSMS',
    source: 'src/csms/script',
    about: [
      'The file of `csms serve --script`; [the guide](../guide/script-the-csms.md) tells how to write one. ' +
        'An editor that speaks YAML schemas completes and checks it after the line ' +
        '`# yaml-language-server: $schema=../schemas/serve-script.schema.json`. Units, vars and the ' +
        'environment are those of [scenarios](scenario.md).',
      ...section('The file', serveScript.shape),
      ...section('parts[]', part.shape),
      ...section('answers.ACTION', answer.shape),
      ...section('until', until.shape),
      '## Steps',
    ].join('\n\n'),
    builtin: builtinNames,
    groups: serveStepGroups,
    short: '- expect: Heartbeat',
  })
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
