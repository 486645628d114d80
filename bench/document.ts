import type { Compared, Results } from './results.ts'
import {
  comparedMarkdown,
  handshakeMarkdown,
  kibPerStation,
  ratioLine,
  standingMarkdown,
} from './tables.ts'

/** docs/benchmarks.md, from one full run. */
export function benchmarksPage(results: Results): string {
  const { clients, servers, durability, compression, handshakes } = results
  return `${[
    '# Benchmarks',
    `Written by \`npm run bench -- --document\` on ${results.date}: ${results.machine}, Node ${results.node}, loopback, client and server on the same cores. Median of ${results.rounds} interleaved rounds of ${results.warmupSeconds} s warm-up and ${results.steadySeconds} s steady; requests of ${results.requestBytes} bytes on average, recorded from csms itself. Absolute figures belong to that machine and hour; the ratios are what one may expect elsewhere. An exchange is a CALL with its answer: two messages.`,
    '## csms against its own CSMS, beside bare `ws`',
    'Closed model, one CALL in flight per station, both sides on two cores. csms does everything that a user has on: schema validation in both directions on both sides, transactions, books, histograms. The *bare JSON pair* is two plain `ws` processes that parse and write each frame once a side and look at nothing; the *canned pair* does not even parse.',
    ...results.pairs.map(section),
    '## Generators',
    'Against one independent minimal server, which counts the exchanges; CPU from `/proc`, over the whole process tree of the generator. csms validates every answer and records every latency; k6 runs `bench/k6/closed-loop.ts`, a script as one would write it by hand.',
    clients ? section(clients) : '',
    results.k6 ? '' : 'No k6 was there to take part: set `CSMS_K6_BIN`.',
    '## Management systems',
    'Under the same bare client, which counts. csms keeps stations, transactions and meter values and validates everything; the handlers of `ocpp-rpc` only answer.',
    servers ? section(servers) : '',
    '## Durability',
    'The same client against `csms serve` with and without a data folder: what the journal costs that an answer waits for ([durability](guide/durability.md)).',
    durability ? section(durability) : '',
    '## Compression',
    'The mix of the first section once more, with stations that offer permessage-deflate and compress every frame they send (`connection: {compression: true}`), as small devices do; the CSMS compresses what is longer than 1 KiB. Off unless a scenario asks for it.',
    compression ? section(compression) : '',
    '## TLS',
    'Every station connects again and again, each time with a new WebSocket: what profiles cost per connection, both sides on the same cores. Certificates are ECDSA P-256 ([security profiles](guide/security-profiles.md)).',
    handshakes ? handshakeMarkdown(handshakes) : '',
    '## Standing fleets',
    'The same 2,000 exchanges/s (open model) over fleets of different size; memory and CPU of all processes of a side, the coordinator counts to the generator. The share of a mostly idle station grows per exchange with the size of the fleet: timers, sweeps and heartbeats are in it.',
    standingMarkdown(results.standing),
    ...(['generator', 'csms'] as const).map((side) => {
      const steps = kibPerStation(results.standing, side)
      const shown = steps.map(
        ({ from, to, kib }) =>
          `${kib.toFixed(1)} KiB from ${from.toLocaleString('en-US')} to ${to.toLocaleString('en-US')}`,
      )
      return `Memory of one more station, ${side === 'csms' ? 'CSMS' : side}: ${shown.join(', ')}.`
    }),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`
}

function section(compared: Compared): string {
  const ratios = compared.ratios.map((ratio) => `* ${ratioLine(ratio)}`)
  return [`### ${compared.title}`, comparedMarkdown(compared), ratios.join('\n')].join('\n\n')
}
