import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClockSettings } from '../csms/clock-settings.ts'
import type { Token } from '../csms/domain/token.ts'
import type { CsmsSettings, StationSeed } from '../csms/options.ts'
import type { Plan } from '../simulator/scenario/plan.ts'
import { eachStation } from '../simulator/scenario/station-identity.ts'
import { type EmbeddedCsms, type EmbeddedCsmsEvents, EmbeddedProcess } from './embedded-process.ts'
import type { Lab } from './lab.ts'

/** How much of the machine it gets. */
export interface EmbeddedSize {
  /** Processes that hold the stations. */
  readonly processes: number
  /** Loopback addresses to listen on. */
  readonly addresses: readonly string[]
  /** Certificates, where it is to speak TLS, too. */
  readonly lab?: Lab | undefined
}

/**
 * Starts the embedded management system of a run, seeded with the stations and tokens of the plan, on
 * a free port of the loopback.
 *
 * @param secondsIntoRun how long the run has lasted
 */
export async function startEmbeddedCsms(
  plan: Plan,
  size: EmbeddedSize,
  clock: ClockSettings,
  secondsIntoRun: () => number,
  events: EmbeddedCsmsEvents,
): Promise<EmbeddedCsms> {
  if (plan.csms.files === undefined) return start(plan, size, clock, secondsIntoRun, events)
  // What stations upload in a run is looked at in the run: nothing of it stays.
  const uploadsDir = await mkdtemp(join(tmpdir(), 'csms-uploads-'))
  const remove = () => rm(uploadsDir, { recursive: true, force: true })
  try {
    const csms = await start(plan, size, clock, secondsIntoRun, events, uploadsDir)
    return {
      ...csms,
      stop: () => csms.stop().then(remove),
      kill() {
        csms.kill()
        // It may still be writing there: what is left is the system's to clear away.
        remove().catch(() => undefined)
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}

function start(
  plan: Plan,
  { processes, addresses, lab }: EmbeddedSize,
  clock: ClockSettings,
  secondsIntoRun: () => number,
  events: EmbeddedCsmsEvents,
  uploadsDir?: string,
): Promise<EmbeddedCsms> {
  const settings = { ...settingsOf(plan, addresses, lab), ...filesOf(plan, uploadsDir) }
  const csms = new EmbeddedProcess(secondsIntoRun, events, uploadsDir !== undefined)
  return csms.start({ kind: 'start', settings, processes, clock })
}

function filesOf({ csms }: Plan, uploadsDir: string | undefined): Partial<CsmsSettings> {
  return csms.files === undefined ? {} : { filesDir: csms.files, uploadsDir, ftpPort: 0 }
}

function settingsOf(plan: Plan, addresses: readonly string[], lab: Lab | undefined): CsmsSettings {
  const { boot, heartbeatSeconds } = plan.csms
  const stations: StationSeed[] = []
  const tokens = new Map<string, Token>()
  for (const fleet of plan.fleets) {
    const securityProfile = fleet.security?.profile
    for (const { id, password, serial, token } of eachStation([fleet])) {
      stations.push({ id, password, serial, securityProfile })
      tokens.set(token.idToken, { idToken: token.idToken, status: 'Accepted' })
    }
  }
  for (const { idToken, type, status, expiry, group, concurrent, limit, ...more } of plan.tokens) {
    tokens.set(idToken, {
      idToken,
      type,
      status,
      ...(expiry !== undefined && { expiry }),
      ...(group !== undefined && { groupId: group }),
      ...(!concurrent && { concurrent }),
      ...(limit && { limit }),
      ...(more.balance !== undefined && { balance: more.balance }),
      ...(more.tariff !== undefined && { tariffId: more.tariff }),
      ...(more.language !== undefined && { language1: more.language }),
      ...(more.message !== undefined && { personalMessage: more.message }),
      ...(more.evses && { evseId: more.evses }),
      ...(more.additionalInfo && { additionalInfo: more.additionalInfo }),
    })
  }
  return {
    host: addresses,
    port: 0,
    stations,
    tariffsFile: plan.csms.tariffs,
    tokens: [...tokens.values()],
    unknownStations: 'reject',
    ...(lab && { security: { tls: lab.tls, tlsPort: 0 }, caDir: lab.folder }),
    prepare: [...new Set(plan.fleets.map(({ version }) => version))],
    boot,
    heartbeatIntervalSeconds: heartbeatSeconds,
    // A run's stations answer for themselves; pings would only add to what is measured.
    pingIntervalMs: 0,
  }
}
