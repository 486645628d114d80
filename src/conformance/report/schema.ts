import { ocppVersions } from '../../ocpp/version.ts'
import {
  described,
  type JsonSchema,
  listOf,
  object,
  objectWith,
} from '../../report/report-schema.ts'
import { exitCodes } from '../../shared/exit-codes.ts'

const count: JsonSchema = { type: 'integer', minimum: 0 }
const text: JsonSchema = { type: 'string' }
const level: JsonSchema = { enum: ['MUST', 'SHOULD'] }
const verdict: JsonSchema = { enum: ['pass', 'warn', 'fail', 'error', 'skip'] }
const words = (description: string) => described(description, listOf(text))
const seconds: JsonSchema = { type: 'number', minimum: 0 }

const totals = {
  cases: count,
  pass: count,
  warn: count,
  fail: count,
  error: count,
  skip: count,
  red: described('Those that make the run fail.', count),
  known: described('Failures that a list of known ones named.', count),
  flaky: described('Passed only when they were played again.', count),
}

const check = object({
  name: text,
  level,
  clause: text,
  passed: { type: 'boolean' },
  detail: described('What was seen, and what should have been.', text),
  frame: described('Index in the trace; null where what was missing is no frame.', {
    type: ['integer', 'null'],
  }),
})

const traceEntry = object({
  atMs: described('Milliseconds since the case began.', { type: 'number' }),
  from: { enum: ['station', 'csms'] },
  kind: { enum: ['frame', 'open', 'refused', 'close', 'ping'] },
  text: described('Of a frame its text, without secrets; else a sentence.', text),
})

const known = objectWith(
  { reason: text, standing: { enum: ['fails', 'passes', 'expired', 'otherwise'] } },
  { link: text, until: text },
)

const oneCase = objectWith(
  {
    id: text,
    title: text,
    profile: text,
    group: text,
    source: object({ document: text, edition: text }),
    stability: { enum: ['stable', 'provisional'] },
    tags: listOf(text),
    verdict,
    outcome: described('What it means for the run.', {
      enum: ['green', 'warning', 'red', 'known', 'skipped'],
    }),
    seconds,
    attempts: count,
    checks: listOf(check),
    repeat: words('A command line that plays it alone.'),
    trace: listOf(traceEntry),
  },
  {
    feature: text,
    reason: described('Of a skip and an error: why.', text),
    skip: { enum: ['no-hook', 'not-applicable', 'precondition'] },
    known,
  },
)

/** What `csms conformance --json` prints. */
export const conformanceSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'csms conformance report',
  description:
    'What csms conformance --json prints and --report json=FILE writes. Only ever extended: readers should ignore what they do not know.',
  ...object({
    schemaVersion: { const: 1 },
    kind: { const: 'conformance' },
    verdict: { enum: ['pass', 'fail', 'aborted'] },
    exitCode: { enum: Object.values(exitCodes) },
    reasons: words('Why it is no pass.'),
    protocol: { enum: [...ocppVersions] },
    target: object({ url: text, embedded: { type: 'boolean' } }),
    runId: text,
    startedAt: { type: 'string', format: 'date-time' },
    seconds,
    csmsVersion: text,
    level: described('What is red: what breaks a MUST, or also what breaks a SHOULD.', level),
    repeat: words('A command line that runs the same again.'),
    totals: object(totals),
    groups: listOf(object({ group: text, ...totals })),
    cases: listOf(oneCase),
  }),
}
