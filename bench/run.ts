/**
 * npm run bench: csms beside independent programs that carry the same bytes on this machine, in one
 * run, interleaved, median of the rounds. Only ratios within one run mean anything elsewhere.
 *
 *   npm run bench                           everything; about twenty minutes
 *   npm run bench -- --only pairs           pairs, clients, servers, durability, compression, tls or standing; may be repeated
 *   npm run bench -- --rounds 1             a quick look
 *   npm run bench -- --document             writes docs/benchmarks.md as well (needs everything)
 *
 * k6 takes part where `CSMS_K6_BIN` or the PATH has one.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findK6, loadClients, measureClient } from './clients.ts'
import { corpusOf } from './corpus.ts'
import { benchmarksPage } from './document.ts'
import { durableServers } from './durability.ts'
import {
  type Measurement,
  measureCsms,
  measurePair,
  recordFrames,
  type Windows,
} from './measure.ts'
import { median } from './median.ts'
import type { Compared, Ratio, Results } from './results.ts'
import { loadServers, measureServer } from './servers.ts'
import { measureStanding } from './standing.ts'
import { comparedTable, handshakeTable, ratioLine, standingTable } from './tables.ts'
import { measureHandshakes } from './tls.ts'

const sections = [
  'pairs',
  'clients',
  'servers',
  'durability',
  'compression',
  'tls',
  'standing',
] as const
type Section = (typeof sections)[number]

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', multiple: true },
    document: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds wants a whole number')
for (const name of values.only ?? []) {
  if (!sections.some((section) => section === name)) {
    throw new Error(`--only ${name}: there are ${sections.join(', ')}`)
  }
}
if (values.document && values.only) throw new Error('--document needs every section')
const wanted = (section: Section): boolean => values.only?.includes(section) ?? true

const windows: Windows = { warmupSeconds: 3, steadySeconds: 5 }
const pairSizes = [200, 2000] as const
/** Divisible by 50, which is how many sockets one k6 VU holds in its second row. */
const clientStations = 200
const handshakeStations = 200
const standingSizes = [100, 1000, 10_000, 50_000] as const

const scratch = await mkdtemp(join(tmpdir(), 'csms-bench-'))

async function main(): Promise<void> {
  const corpus = join(scratch, 'corpus.json')
  const reports = join(scratch, 'reports')
  const recorded = corpusOf(await recordFrames(join(scratch, 'frames')))
  await writeFile(corpus, JSON.stringify(recorded))
  const bytes = recorded.requests.map((request) => JSON.stringify(request).length)
  const results: Results = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    node: process.version,
    rounds,
    ...windows,
    requestBytes: Math.round(bytes.reduce((sum, n) => sum + n, 0) / bytes.length),
    k6: (await findK6()) !== undefined,
    pairs: [],
    standing: [],
  }
  say(
    `${results.machine}, Node ${results.node}, loopback; ${windows.warmupSeconds} s warm-up, ` +
      `${windows.steadySeconds} s steady, median of ${rounds}; requests of ${results.requestBytes} bytes on average`,
  )
  if (wanted('pairs')) {
    for (const stations of pairSizes) {
      results.pairs.push(await comparePairs(stations, corpus, reports))
    }
  }
  if (wanted('clients')) results.clients = await compareClients(corpus, reports)
  if (wanted('servers')) results.servers = await compareServers(corpus)
  if (wanted('durability')) results.durability = await compareDurability(corpus)
  if (wanted('compression')) results.compression = await compareCompression(reports)
  if (wanted('tls')) {
    say(`\nConnections made again by ${handshakeStations} stations`)
    results.handshakes = await measureHandshakes(handshakeStations, reports)
    say(handshakeTable(results.handshakes))
  }
  if (wanted('standing')) {
    say('\nStanding fleets at 2,000 exchanges/s')
    for (const stations of standingSizes) {
      results.standing.push(await measureStanding(stations, reports))
    }
    say(standingTable(results.standing))
  }
  const file = join(import.meta.dirname, 'results.json')
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`)
  say('\nwritten to bench/results.json')
  if (!values.document) return
  await writeFile(join(import.meta.dirname, '../docs/benchmarks.md'), benchmarksPage(results))
  say('written to docs/benchmarks.md')
}

/** csms against its own CSMS, beside the bare pairs. */
async function comparePairs(stations: number, corpus: string, out: string): Promise<Compared> {
  const compared = await interleave(`${stations} stations, both sides`, stations, [
    { name: 'bare JSON pair', measure: () => measurePair('json', stations, corpus, windows) },
    { name: 'csms', measure: () => measureCsms(stations, out) },
    { name: 'canned pair', measure: () => measurePair('canned', stations, corpus, windows) },
  ])
  return withRatio(compared, `ratio${stations}`, 'csms', 'bare JSON pair', speedOf)
}

/** Generators against the same minimal server: what a CPU-second of the generator brings. */
async function compareClients(corpus: string, out: string): Promise<Compared> {
  const clients = await loadClients(corpus, out)
  let compared = await interleave(
    `Generators against one minimal server, ${clientStations} stations`,
    clientStations,
    clients.map((client) => ({
      name: client.name,
      measure: () => measureClient(client, clientStations, corpus, windows),
    })),
  )
  const [ours = '', ...others] = clients.map(({ name }) => name)
  for (const other of others) {
    compared = withRatio(compared, `per CPU-second, csms to ${other}`, ours, other, perClientCpu)
  }
  return compared
}

/** Management systems under the same bare client: what a CPU-second of the server brings. */
async function compareServers(corpus: string): Promise<Compared> {
  let compared = await interleave(
    `Management systems under one bare client, ${clientStations} stations`,
    clientStations,
    loadServers.map((server) => ({
      name: server.name,
      measure: () => measureServer(server, clientStations, corpus, windows),
    })),
  )
  const [ours = '', ...others] = loadServers.map(({ name }) => name)
  for (const other of others) {
    compared = withRatio(compared, `per CPU-second, csms to ${other}`, ours, other, perServerCpu)
  }
  return compared
}

/** What each promise costs the server; the transactions of the corpus are what changes something. */
async function compareDurability(corpus: string): Promise<Compared> {
  const servers = durableServers(scratch)
  let compared = await interleave(
    `serve --data under one bare client, ${clientStations} stations`,
    clientStations,
    servers.map((server) => ({
      name: server.name,
      measure: () => measureServer(server, clientStations, corpus, windows),
    })),
  )
  const [plain = '', ...durable] = servers.map(({ name }) => name)
  for (const one of durable) {
    compared = withRatio(compared, `per CPU-second, ${one} to ${plain}`, one, plain, perServerCpu)
  }
  return compared
}

/** What permessage-deflate costs both sides where stations compress every frame. */
async function compareCompression(out: string): Promise<Compared> {
  const without = 'without'
  const compressed = 'permessage-deflate'
  const compared = await interleave(
    `csms against its own CSMS, ${clientStations} stations`,
    clientStations,
    [
      { name: without, measure: () => measureCsms(clientStations, out) },
      { name: compressed, measure: () => measureCsms(clientStations, out, ['compression=true']) },
    ],
  )
  const per = 'per CPU-second, with to without'
  const clients = withRatio(compared, `${per}, generator`, compressed, without, perClientCpu)
  return withRatio(clients, `${per}, CSMS`, compressed, without, perServerCpu)
}

const speedOf = (one: Measurement): number => one.exchangesPerSecond
const perClientCpu = (one: Measurement): number => 1e6 / one.clientCpuMicros
const perServerCpu = (one: Measurement): number => 1e6 / one.serverCpuMicros

interface Contender {
  readonly name: string
  measure(): Promise<Measurement>
}

/** Every contender once a round, so that a machine that drifts drifts for all. */
async function interleave(
  title: string,
  stations: number,
  contenders: readonly Contender[],
): Promise<Compared> {
  const rows = contenders.map(({ name }) => ({ name, rounds: [] as Measurement[] }))
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, { measure }] of contenders.entries()) rows[at]?.rounds.push(await measure())
  }
  const compared = {
    title,
    stations,
    rows: rows.map((row) => ({ name: row.name, median: middleOf(row.rounds), rounds: row.rounds })),
    ratios: [],
  }
  say(`\n${comparedTable(compared)}`)
  return compared
}

/** Of the medians; the spread of neighbours in time shows how much the machine itself drifted. */
function withRatio(
  compared: Compared,
  name: string,
  over: string,
  under: string,
  of: (one: Measurement) => number,
): Compared {
  const row = (wanted: string) => compared.rows.find((one) => one.name === wanted)
  const [above, below] = [row(over), row(under)]
  if (!above || !below) throw new Error(`no rows ${over} and ${under}`)
  const byRound = above.rounds.map((one, i) => of(one) / of(below.rounds[i] ?? one))
  const ratio: Ratio = {
    name,
    value: of(above.median) / of(below.median),
    least: Math.min(...byRound),
    most: Math.max(...byRound),
  }
  say(ratioLine(ratio))
  return { ...compared, ratios: [...compared.ratios, ratio] }
}

function middleOf(measurements: readonly Measurement[]): Measurement {
  const of = (key: keyof Measurement) => median(measurements.map((one) => one[key]))
  return {
    exchangesPerSecond: of('exchangesPerSecond'),
    clientCpuMicros: of('clientCpuMicros'),
    serverCpuMicros: of('serverCpuMicros'),
    clientKibPerStation: of('clientKibPerStation'),
    serverKibPerStation: of('serverKibPerStation'),
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

// Last, so that every constant above stands.
try {
  await main()
} finally {
  await rm(scratch, { recursive: true, force: true })
}
