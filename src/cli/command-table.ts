import type { Command } from 'commander'
import type { CliContext } from './context.ts'

/** A command as the root help shows it; its file is imported when it is the one that was asked for. */
export interface CommandEntry {
  readonly summary: string
  load(ctx: CliContext): Promise<Command>
}

/** All commands, in the order of the help. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  simulate: {
    summary: 'run a scenario against the embedded CSMS or any other',
    load: async (ctx) => (await import('./commands/simulate.ts')).simulate(ctx),
  },
  serve: {
    summary: 'be a CSMS: listen for charging stations',
    load: async (ctx) => (await import('./commands/serve.ts')).serve(ctx),
  },
  conformance: {
    summary: 'judge a CSMS by the cases that the field knows',
    load: async (ctx) => (await import('./commands/conformance.ts')).conformance(ctx),
  },
  explain: {
    summary: 'explain a rule or a conformance case',
    load: async (ctx) => (await import('./commands/explain.ts')).explain(ctx),
  },
  send: {
    summary: 'make a running csms send an OCPP request to a station',
    load: async (ctx) => (await import('./commands/send.ts')).send(ctx),
  },
  stations: {
    summary: 'show and change the stations of a running csms',
    load: async (ctx) => (await import('./commands/stations.ts')).stations(ctx),
  },
  tokens: {
    summary: 'show and change who may charge at a running csms',
    load: async (ctx) => (await import('./commands/tokens.ts')).tokens(ctx),
  },
  watch: {
    summary: 'follow what happens at a running csms',
    load: async (ctx) => (await import('./commands/watch.ts')).watch(ctx),
  },
  'api-keys': {
    summary: 'make and remove the keys of the operator’s API',
    load: async (ctx) => (await import('./commands/api-keys.ts')).apiKeys(ctx),
  },
  certs: {
    summary: 'make a lab PKI, issue and revoke certificates, hash passwords',
    load: async (ctx) => (await import('./commands/certs.ts')).certs(ctx),
  },
  scenario: {
    summary: 'check, begin and look up scenario files',
    load: async (ctx) => (await import('./commands/scenario.ts')).scenario(ctx),
  },
  report: {
    summary: 'list, show, compare and merge reports',
    load: async (ctx) => (await import('./commands/report.ts')).report(ctx),
  },
  doctor: {
    summary: 'tell what this machine can carry and what to change',
    load: async (ctx) => (await import('./commands/doctor.ts')).doctor(ctx),
  },
  completion: {
    summary: 'make Tab complete commands, stations and actions',
    load: async (ctx) => (await import('./commands/completion.ts')).completion(ctx),
  },
}
