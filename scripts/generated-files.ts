import { conformanceSchema } from '../src/conformance/report/schema.ts'
import { fixturesSchema, hooksSchema } from '../src/conformance/run/file-schemas.ts'
import { openApi } from '../src/csms/api/openapi.ts'
import { routes } from '../src/csms/api/routes.ts'
import { serveScriptSchema } from '../src/csms/script/serve-script-schema.ts'
import { reportSchema } from '../src/report/report-schema.ts'
import { executorReference } from '../src/simulator/scenario/executor-reference.ts'
import { modelSchema, scenarioSchema } from '../src/simulator/scenario/scenario-schema.ts'
import { stepReference } from '../src/simulator/scenario/step-reference.ts'
import { apiClient } from './reference/api-client.ts'
import { apiOperations } from './reference/api-operations.ts'
import { cliReference } from './reference/cli.ts'
import { clientScript } from './reference/client-script.ts'
import { conformanceFileReference } from './reference/conformance-files.ts'
import { errorReference } from './reference/errors.ts'
import { evidencePage } from './reference/evidence.ts'
import { mutationPage } from './reference/mutation.ts'
import { ruleReference } from './reference/rules.ts'
import { scenarioReference } from './reference/scenario.ts'
import { serveScriptReference } from './reference/serve-script.ts'
import { thresholdReference } from './reference/thresholds.ts'

interface GeneratedFile {
  /** From the repository's root. */
  readonly path: string
  readonly content: () => string | Promise<string>
}

/** Everything in the repository that is made from source. Add a line, run `npm run gen`. */
export const generatedFiles: readonly GeneratedFile[] = [
  { path: 'schemas/openapi.json', content: () => json(openApi(routes)) },
  { path: 'schemas/conformance.schema.json', content: () => json(conformanceSchema) },
  { path: 'schemas/report.schema.json', content: () => json(reportSchema) },
  { path: 'schemas/conformance-fixtures.schema.json', content: () => json(fixturesSchema()) },
  { path: 'schemas/conformance-hooks.schema.json', content: () => json(hooksSchema()) },
  { path: 'schemas/model.schema.json', content: () => json(modelSchema()) },
  { path: 'schemas/scenario.schema.json', content: () => json(scenarioSchema()) },
  { path: 'schemas/serve-script.schema.json', content: () => json(serveScriptSchema()) },
  { path: 'src/cli/api/operations.ts', content: apiClient },
  { path: 'src/report/html/client-script.ts', content: () => clientScript('main.ts') },
  {
    path: 'src/conformance/report/html/client-script.ts',
    content: () => clientScript('conformance.ts'),
  },
  { path: 'docs/reference/api-operations.md', content: apiOperations },
  { path: 'docs/reference/cli.md', content: cliReference },
  { path: 'docs/reference/conformance-files.md', content: conformanceFileReference },
  { path: 'docs/reference/errors.md', content: errorReference },
  { path: 'docs/reference/executors.md', content: executorReference },
  { path: 'docs/reference/mutation.md', content: mutationPage },
  { path: 'docs/reference/ocpp16.md', content: () => evidencePage('ocpp1.6') },
  { path: 'docs/reference/ocpp201.md', content: () => evidencePage('ocpp2.0.1') },
  { path: 'docs/reference/ocpp21.md', content: () => evidencePage('ocpp2.1') },
  { path: 'docs/reference/rules.md', content: ruleReference },
  { path: 'docs/reference/scenario.md', content: scenarioReference },
  { path: 'docs/reference/serve-script.md', content: serveScriptReference },
  { path: 'docs/reference/steps.md', content: stepReference },
  { path: 'docs/reference/thresholds.md', content: thresholdReference },
]

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
