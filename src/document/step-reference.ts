import { matcherWords } from '../ocpp/matchers/matcher.ts'
import type { Field, Property } from './fields/field.ts'
import type { StepForm, StepGroup } from './step-form.ts'

export interface StepReference {
  readonly title: string
  /** Folder of the steps. */
  readonly source: string
  /** More of the introduction, sentences. */
  readonly about: string
  /** Names that templates know without a `save`, with what they are. */
  readonly builtin: Readonly<Record<string, string>>
  readonly groups: readonly StepGroup[]
  /** A step in its short form. */
  readonly short: string
}

/** The page of a language's steps. */
export function stepPage(reference: StepReference): string {
  const groups = reference.groups.flatMap(({ title, steps }) => [
    `## ${title}`,
    ...steps.map(section),
  ])
  return `${[intro(reference), ...groups].join('\n\n')}\n`
}

function intro({ title, source, about, builtin, short }: StepReference): string {
  const names = Object.entries(builtin).map(([name, meaning]) => `| \`{${name}}\` | ${meaning} |`)
  return [
    `# ${title}`,
    `Generated from \`${source}\`. ${about}`,
    `A value in bold is required; one marked "short form" may stand alone: \`${short}\`.`,
    `Texts may name values: what \`save\` kept, and\n\n| name | is |\n| --- | --- |\n${names.join('\n')}`,
    `Matchers (\`answer\`, \`payload\` of \`expect\`) compare what they name and ignore the rest. ` +
      `Their words are ${matcherWords.map((word) => `\`${word}\``).join(', ')}.`,
  ].join('\n\n')
}

function section(step: StepForm): string {
  const rows = argumentsOf(step).map(({ name, property, isShort }) => {
    const label = property.required ? `**${name}**` : name
    const short = isShort ? ' (short form)' : ''
    const wants = property.field.wants.replaceAll('|', '\\|')
    return `| ${label}${short} | ${wants} | ${property.defaultText ?? ''} | ${property.summary} |`
  })
  const table =
    rows.length === 0
      ? argumentText(step.args)
      : ['| key | value | default | |', '| --- | --- | --- | --- |', ...rows].join('\n')
  return `### ${step.name}\n\n${step.summary}\n\n\`\`\`yaml\n${step.example}\n\`\`\`\n\n${table}`
}

/** One step as the terminal shows it. */
export function stepHelp(step: StepForm): string {
  const rows = argumentsOf(step)
  const width = Math.max(0, ...rows.map(({ name }) => name.length))
  const lines = rows.map(({ name, property, isShort }) => {
    const notes = [
      ...(property.required ? ['required'] : []),
      ...(isShort ? ['short form'] : []),
      ...(property.defaultText === undefined ? [] : [`default: ${property.defaultText}`]),
    ]
    const tail = notes.length === 0 ? '' : ` (${notes.join(', ')})`
    return `  ${name.padEnd(width)}  ${property.summary}${tail}\n  ${' '.repeat(width)}  wants ${property.field.wants}`
  })
  const known = lines.length === 0 ? [`  ${argumentText(step.args)}`] : lines
  const example = step.example.replaceAll('\n', '\n  ')
  return `${step.name}: ${step.summary}\n\n  ${example}\n\n${known.join('\n')}\n`
}

function argumentText(args: Field<unknown>): string {
  return `Wants ${args.wants}.`
}

interface Argument {
  readonly name: string
  readonly property: Property<unknown>
  readonly isShort: boolean
}

function argumentsOf({ args }: StepForm): readonly Argument[] {
  if (!hasShape(args)) return []
  return Object.entries(args.shape).map(([name, property]) => ({
    name,
    property,
    isShort: name === args.shorthand,
  }))
}

interface Shaped {
  readonly shape: Readonly<Record<string, Property<unknown>>>
  readonly shorthand: string | undefined
}

function hasShape(field: Field<unknown>): field is Field<unknown> & Shaped {
  return 'shape' in field
}
