import { metricFamilies } from '../../src/csms/api/metric-families.ts'
import { problemStatuses } from '../../src/csms/api/openapi.ts'
import { type Route, tags } from '../../src/csms/api/route.ts'
import { routes } from '../../src/csms/api/routes.ts'
import { code, page, table } from './markdown.ts'

/** `docs/reference/api-operations.md`. */
export function apiOperations(): string {
  return page(
    'Operations of the operator’s API',
    'Generated from `src/csms/api/routes.ts`, as are `/openapi.json` and ' +
      '[schemas/openapi.json](../../schemas/openapi.json), which has every field. How to ask: ' +
      '[the operator’s API](api.md).',
    ...Object.entries(tags).flatMap(([tag, about]) => section(tag, about)),
    ...metrics(),
  )
}

function metrics(): readonly string[] {
  const rows = metricFamilies.map(({ name, type, labels, help }) => [
    code(name),
    type,
    labels.map(code).join(' '),
    help,
  ])
  return [
    '## Metrics',
    'What `GET /metrics` tells, from `src/csms/api/metric-families.ts`. Labels never name a station or a token.',
    table(['metric', 'type', 'labels', ''], rows),
  ]
}

function section(tag: string, about: string): readonly string[] {
  const own = routes.filter((route) => route.tag === tag)
  if (own.length === 0) return []
  return [
    `## ${tag}`,
    about,
    table(['request', '', 'role', 'answers', 'problems'], own.map(row)),
    ...own.flatMap(parameters),
  ]
}

function row(route: Route): readonly string[] {
  const { method, path, summary, role, answers } = route
  return [
    code(`${method} ${path}`),
    summary,
    role,
    Object.keys(answers).join(', '),
    problemStatuses(route).join(', '),
  ]
}

function parameters({ method, path, query = {} }: Route): readonly string[] {
  const rows = Object.entries(query).map(([name, { description }]) => [code(name), description])
  if (rows.length === 0) return []
  return [`Parameters of \`${method} ${path}\`:`, table(['parameter', ''], rows)]
}
