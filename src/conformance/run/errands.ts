import type { Errand } from '../hooks/plan.ts'
import type { TemplateValues } from '../hooks/template.ts'
import { perform } from '../hooks/ways/perform.ts'
import type { Tools } from '../hooks/ways/tools.ts'
import type { Fixtures } from './fixtures.ts'
import { knownTokens } from './known-tokens.ts'

/** What errands are done for. */
export interface ErrandSubjects {
  /** All identities that cases may connect as. */
  readonly stations: readonly string[]
  readonly fixtures: Fixtures
  readonly api: string | undefined
}

/** Does errands one after the other, to the end; returns what went wrong. */
export async function runErrands(
  errands: readonly Errand[],
  subjects: ErrandSubjects,
  tools: Tools,
): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const { each, way } of errands) {
    for (const values of valuesOf(each, subjects)) {
      const made = await perform(way, values, tools)
      if (made.kind === 'failed') wrong.push(made.reason)
    }
  }
  return wrong
}

function valuesOf(
  each: Errand['each'],
  { stations, fixtures, api }: ErrandSubjects,
): readonly TemplateValues[] {
  const common = { fixtures, ...(api !== undefined && { api }) }
  switch (each) {
    case 'run':
      return [common]
    case 'station':
      return stations.map((station) => ({ ...common, station }))
    case 'token':
      return knownTokens(fixtures).map((token) => ({ ...common, token }))
  }
}
