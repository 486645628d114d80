/** A JSON Schema, draft-07. */
export type JsonSchema = Readonly<Record<string, unknown>>

const number: JsonSchema = { type: 'number' }
const count: JsonSchema = { type: 'integer', minimum: 0 }
const text: JsonSchema = { type: 'string' }
const flag: JsonSchema = { type: 'boolean' }
const instant: JsonSchema = { type: 'string', format: 'date-time' }
const texts: JsonSchema = { type: 'array', items: text }
const countsByName: JsonSchema = { type: 'object', additionalProperties: count }

const ref = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` })

const nullable = (type: 'number' | 'integer' | 'boolean' | 'string'): JsonSchema => ({
  type: [type, 'null'],
})

/** An array of these. */
export const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items })

const mapOf = (values: JsonSchema): JsonSchema => ({
  type: 'object',
  additionalProperties: values,
})

/** Every property is required; later versions of csms may add some, never take one away. */
export function object(properties: Readonly<Record<string, JsonSchema>>, description?: string) {
  const schema = { type: 'object', required: Object.keys(properties), properties }
  return description === undefined ? schema : { description, ...schema }
}

/** As `object`, with properties that may be absent. */
export function objectWith(
  properties: Readonly<Record<string, JsonSchema>>,
  optional: Readonly<Record<string, JsonSchema>>,
) {
  const required = Object.keys(properties)
  return { type: 'object', required, properties: { ...properties, ...optional } }
}

/** `schema` with what it means. */
export const described = (description: string, schema: JsonSchema): JsonSchema => ({
  description,
  ...schema,
})

const latencies = object(
  {
    count,
    min: nullable('number'),
    mean: nullable('number'),
    p50: nullable('number'),
    p90: nullable('number'),
    p95: nullable('number'),
    p99: nullable('number'),
    p999: nullable('number'),
    max: nullable('number'),
  },
  'Milliseconds. A percentile with fewer than 10 samples beyond it is null.',
)

const exchangeCounts = {
  started: described('Sent.', count),
  completed: described('Answered with a CALLRESULT.', count),
  invalid: described('Of completed: the CALLRESULT broke its schema.', count),
  callErrors: count,
  timeouts: count,
  lost: described('The socket went away while the CALL was outstanding.', count),
  unfinished: described('Outstanding when the drain ended.', count),
  dropped: described('Due and never sent; not in started.', count),
  scheduled: described('Had an instant of its own (open model).', count),
  perSecond: described('Completed per second of the headline window.', nullable('number')),
}

const actionNumbers = {
  messages: object({ sent: count, received: count }),
  exchanges: object(
    exchangeCounts,
    'started = completed + callErrors + timeouts + lost + unfinished',
  ),
  responseTimeMs: ref('latencies'),
  serviceTimeMs: ref('latencies'),
}

const cutOff = { cutOff: described('Still played when the run was over.', count) }
const scripts = { completed: count, failed: count, reasons: countsByName }

const phaseName: JsonSchema = { enum: ['ramp', 'warmup', 'steady', 'drain'] }

const histograms = { responseTime: ref('histogram'), serviceTime: ref('histogram') }

const definitions = {
  latencies,
  actionNumbers: object(actionNumbers),
  mismatch: object({
    kind: text,
    stationId: text,
    subject: text,
    station: { type: ['string', 'number', 'null'] },
    csms: { type: ['string', 'number', 'null'] },
  }),
  sample: object({ station: text, second: count, detail: text, frame: text }),
  histogram: object(
    { sum: count, min: count, max: count, counts: { type: 'array', items: count } },
    'Microseconds. counts: bucket, count, bucket, count ...; buckets are log-linear, 64 to the octave.',
  ),
  probe: object({
    offeredPerSecond: number,
    achievedPerSecond: number,
    p50: nullable('number'),
    p95: nullable('number'),
    p99: nullable('number'),
    errors: described('Share of what was due.', number),
    backlogSlope: described('CALLs per second by which the backlog grew.', number),
    generatorLagP99: nullable('number'),
    cpu: nullable('number'),
    verdict: { enum: ['held', 'broke'] },
    confirming: described('It was to hold for long.', flag),
    reasons: texts,
  }),
  point: object({
    second: count,
    offeredPerSecond: number,
    completedPerSecond: number,
    errorsPerSecond: number,
    droppedPerSecond: number,
    messagesPerSecond: number,
    backlog: number,
    connected: number,
    responseP50Ms: nullable('number'),
    responseP95Ms: nullable('number'),
    responseP99Ms: nullable('number'),
    lagP99Ms: nullable('number'),
    phase: phaseName,
    cpuShare: described('Of the busiest worker; 1 is a full core.', nullable('number')),
    targetCpuShare: described('Of the embedded CSMS.', nullable('number')),
  }),
}

const exitCode: JsonSchema = { enum: [0, 1, 3, 4, 5, 99, 105, 108] }

const whatRan = {
  schemaVersion: { const: 1 },
  runId: text,
  startedAt: instant,
  verdict: { enum: ['pass', 'fail', 'invalid', 'aborted'] },
  exitCode: described('The foremost of exitCodes.', exitCode),
  exitCodes: listOf(exitCode),
  reasons: described('Why the verdict is no pass, the weightiest first.', texts),
  warnings: described('What does not change the verdict and must be known.', texts),
  scenario: object({ name: text, file: text, hash: text, seed: number, speed: number }),
  model: { enum: ['open', 'closed', 'mixed'] },
  target: object({
    url: text,
    embedded: flag,
    cpuShare: described('Cores used by the embedded CSMS, headline window.', nullable('number')),
    maxRssBytes: nullable('integer'),
  }),
  fleets: listOf(object({ name: text, version: text, count })),
  window: object({
    rampSeconds: number,
    warmupSeconds: number,
    steadySeconds: number,
    drainSeconds: number,
    totalSeconds: number,
    headline: described('What rates, percentiles and thresholds cover.', {
      enum: ['steady', 'run'],
    }),
    startedAt: objectWith({}, { ramp: instant, warmup: instant, steady: instant, drain: instant }),
    phases: described(
      'In the order they happened, in seconds since the run began.',
      listOf(object({ phase: phaseName, atSecond: number, seconds: number })),
    ),
  }),
  stations: objectWith(
    {
      requested: count,
      connected: described('Distinct stations that were ever connected.', count),
      accepted: described('Distinct stations whose boot was ever accepted.', count),
      allAcceptedSeconds: described(
        'From the run to the last first acceptance; null where some station was never accepted.',
        nullable('number'),
      ),
      peak: count,
      reconnects: count,
      connectFailures: countsByName,
      connectTimeMs: ref('latencies'),
      bootTimeMs: ref('latencies'),
    },
    {
      rampBehindSeconds: described('Connecting was behind the rate of the ramp.', number),
      lost: described('Played by a worker that died.', count),
      neverAccepted: described('Tried to connect and were never accepted.', count),
      tlsTimeMs: ref('latencies'),
      tlsResumed: described('TLS handshakes that used the keys of an earlier connection.', count),
    },
  ),
}

const whatWasMeasured = {
  messages: described(
    'Frames, counted once, at the station.',
    object({ sent: count, received: count, perSecond: nullable('number') }),
  ),
  exchanges: described(
    'Station-initiated CALLs. started = completed + callErrors + timeouts + lost + unfinished',
    object({
      ...exchangeCounts,
      late: count,
      unsolicited: count,
      duplicates: count,
      resultErrors: count,
    }),
  ),
  responseTimeMs: ref('latencies'),
  responseTimeAllMs: ref('latencies'),
  serviceTimeMs: ref('latencies'),
  actions: mapOf(object({ ...actionNumbers, byVersion: mapOf(ref('actionNumbers')) })),
  commands: mapOf(
    object({
      messages: object({ sent: count, received: count }),
      exchanges: object({ started: count, completed: count, callErrors: count, unanswered: count }),
      failed: count,
      commandTimeMs: ref('latencies'),
    }),
  ),
  scripts: objectWith({ ...scripts, byFleet: mapOf(objectWith(scripts, cutOff)) }, cutOff),
  transactions: object({
    started: count,
    stopped: count,
    energyWh: number,
    undelivered: described('Messages that begin or end one, never answered.', count),
    lost: described('Null while the books are unchecked.', nullable('integer')),
    mismatched: described('Null while the books are unchecked.', nullable('integer')),
  }),
  books: objectWith(
    {
      checked: flag,
      source: { enum: ['embedded', 'url', null] },
      compared: count,
      mismatches: described('The first 100.', listOf(ref('mismatch'))),
    },
    { unreadable: described('Why --books could not be read; the run fails.', text) },
  ),
}

const whatWasFound = {
  violations: object({
    total: count,
    byRule: mapOf(
      object({
        count,
        level: { enum: ['MUST', 'SHOULD'] },
        tolerated: flag,
        samples: listOf(ref('sample')),
      }),
    ),
  }),
  thresholds: listOf(
    objectWith(
      {
        metric: text,
        expression: text,
        during: described('A window, or seconds of steady like 30s-60s.', {
          anyOf: [
            { enum: ['run', 'ramp', 'warmup', 'steady', 'drain'] },
            { type: 'string', pattern: '^[0-9.]+s-[0-9.]+s$' },
          ],
        }),
        actual: nullable('number'),
        unit: { enum: ['ms', 'count'] },
        pass: described('Null in an invalid run, for one that held.', nullable('boolean')),
      },
      { note: text },
    ),
  ),
  generator: object({
    lagMs: ref('latencies'),
    gateWaitMs: ref('latencies'),
    cpuShare: object({ mean: nullable('number'), max: nullable('number') }),
    workers: count,
    maxRssBytes: count,
    machine: described(
      'Of all cores: unused, and taken by the host of this virtual machine.',
      object({ idleShare: nullable('number'), stolenShare: nullable('number') }),
    ),
    limitedBy: { enum: ['generator', null] },
  }),
  sustained: object({
    sustained: flag,
    reasons: texts,
    offeredPerSecond: nullable('number'),
    achievedPerSecond: nullable('number'),
  }),
  seriesIntervalSeconds: count,
  series: { ...listOf(ref('point')), maxItems: 3600 },
  histograms: described(
    'Of window.headline; connect, TLS and boot times of the whole run. They add over runs.',
    objectWith(
      {
        responseTime: ref('histogram'),
        responseTimeAll: ref('histogram'),
        serviceTime: ref('histogram'),
        lag: ref('histogram'),
        gateWait: ref('histogram'),
        connectTime: ref('histogram'),
        bootTime: ref('histogram'),
        actions: mapOf(objectWith(histograms, { byVersion: mapOf(object(histograms)) })),
        commands: mapOf(ref('histogram')),
      },
      { tlsTime: ref('histogram') },
    ),
  ),
  environment: object({
    csmsVersion: text,
    nodeVersion: text,
    os: text,
    cpu: text,
    cores: count,
    memoryBytes: count,
    coLocated: flag,
    openFilesLimit: nullable('integer'),
    timerGranularityMs: number,
  }),
}

const arrival = object({
  due: count,
  begun: count,
  dropped: described('Left out by the backlog policy.', count),
  unbegun: described('Still waited when the run was over.', count),
  perSecond: nullable('number'),
  waitMs: ref('latencies'),
})

const whatMayBeThere = {
  command: object({
    options: described('Words that belong together, secrets left out.', listOf(texts)),
    leftOut: described('What is missing because it is secret.', texts),
  }),
  arrivals: objectWith({}, { sessions: arrival, commands: arrival }),
  findMax: object({
    sustainedPerSecond: described('Null where not even the lowest held.', nullable('number')),
    limitedBy: { enum: ['generator', 'target', 'threshold', null] },
    brokeFirst: nullable('string'),
    probes: listOf(ref('probe')),
  }),
  timeline: described(
    "Events of the scenario's timeline.",
    listOf(
      objectWith(
        { atSecond: number, label: text },
        {
          stations: described('That it came over, or that came back.', count),
          brokenOff: described('Sessions that it broke off.', count),
          undone: described('Stations on which it could not be done, by reason.', mapOf(count)),
          backMs: ref('latencies'),
          allBackSeconds: described(
            'Until the last station was accepted again; null where some never were.',
            nullable('number'),
          ),
        },
      ),
    ),
  ),
}

/** What `report.json` looks like; written to `schemas/report.schema.json` by `npm run gen`. */
export const reportSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'csms report',
  description:
    'The result of one run. Counts cover the whole run; rates, percentiles and thresholds cover window.headline.',
  ...objectWith({ ...whatRan, ...whatWasMeasured, ...whatWasFound }, whatMayBeThere),
  definitions,
}
