import { stepPage } from '../../document/step-reference.ts'
import { stepGroups } from '../steps/registry.ts'
import { builtinNames } from '../steps/variables.ts'

/** `docs/reference/steps.md`. */
export function stepReference(): string {
  return stepPage({
    title: 'Steps',
    source: 'src/simulator/steps',
    about: '`csms scenario steps NAME` prints the same.',
    builtin: builtinNames,
    groups: stepGroups,
    short: '- charge: 80%',
  })
}
