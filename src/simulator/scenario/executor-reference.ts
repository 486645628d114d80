import type { Property } from '../../document/fields/field.ts'
import { formatQuantity } from '../../document/units.ts'
import type { ExecutorDefinition } from '../executors/executor.ts'
import { executorDefinitions } from '../executors/registry.ts'

type Definition = ExecutorDefinition<string, unknown>

const models: Readonly<Record<Definition['model'], string>> = {
  closed: 'closed: the next thing follows the end of the last',
  open: 'open: every CALL has an instant of its own, whatever the answers do',
  mixed: 'open for what arrives, closed for what then follows from it',
}

/** `docs/reference/executors.md`. */
export function executorReference(): string {
  return `${[intro(), ...executorDefinitions.map(section)].join('\n\n')}\n`
}

function intro(): string {
  const rows = executorDefinitions.map(
    ({ name, answers }) => `| [${name}](#${name}) | ${answers} |`,
  )
  return [
    '# Executors',
    'Generated from `src/simulator/executors`. `csms scenario executors NAME` prints the same. Which one ' +
      'to take, and what the windows mean: [load testing](../guide/load-testing.md).',
    'An executor says how load arrives: `load: {executor: NAME, ...}`. A value in bold is required. Beside ' +
      'its own keys each takes `connect`, `warmup`, `steady`, `drain` and `gracefulStop` ' +
      '([load](scenario.md#load)); a key of another executor is an error.',
    `| executor | answers |\n| --- | --- |\n${rows.join('\n')}`,
  ].join('\n\n')
}

function section(definition: Definition): string {
  const { name, summary, example, model } = definition
  const rows = propertiesOf(definition).map(([key, property]) => {
    const wants = property.field.wants.replaceAll('|', '\\|')
    const label = property.required ? `**${key}**` : key
    return `| ${label} | ${wants} | ${property.defaultText ?? ''} | ${property.summary} |`
  })
  const table = ['| key | value | default | |', '| --- | --- | --- | --- |', ...rows].join('\n')
  const facts = [`Model: ${models[model]}.`, ...notes(definition)].map((text) => `* ${text}`)
  return [
    `## ${name}`,
    summary,
    `\`\`\`yaml\n${example}\n\`\`\``,
    rows.length === 0 ? 'It has no keys of its own.' : table,
    facts.join('\n'),
  ].join('\n\n')
}

function notes({ schedule, endsByItself, gracefulStopMs }: Definition): readonly string[] {
  const end = schedule
    ? `Steady is as long as ${schedule.length}; \`--duration\` stretches or shrinks that.`
    : endsByItself
      ? 'Without `steady` the run ends when all scripts are done.'
      : 'It needs `steady`, or `--duration`.'
  const grace =
    gracefulStopMs === 0
      ? 'When steady is over scripts are called off at once; `gracefulStop` gives them time.'
      : `When steady is over scripts may go on for ${formatQuantity({ dimension: 'duration', value: gracefulStopMs })} (\`gracefulStop\`).`
  return [end, grace]
}

/** One executor as the terminal shows it. */
export function executorHelp(definition: Definition): string {
  const { name, summary, answers, example, model } = definition
  const properties = propertiesOf(definition)
  const width = Math.max(0, ...properties.map(([key]) => key.length))
  const lines = properties.map(([key, property]) => {
    const notes = [
      ...(property.required ? ['required'] : []),
      ...(property.defaultText === undefined ? [] : [`default: ${property.defaultText}`]),
    ]
    const tail = notes.length === 0 ? '' : ` (${notes.join(', ')})`
    return `  ${key.padEnd(width)}  ${property.summary}${tail}\n  ${' '.repeat(width)}  wants ${property.field.wants}`
  })
  const known = lines.length === 0 ? ['  It has no keys of its own.'] : lines
  const facts = [`Model: ${models[model]}.`, ...notes(definition)].map((text) => `  ${text}`)
  return `${name}: ${summary}\n  ${answers}\n\n  ${example}\n\n${known.join('\n')}\n\n${facts.join('\n')}\n`
}

function propertiesOf({ fields }: Definition): readonly (readonly [string, Property<unknown>])[] {
  return Object.entries(fields)
}
