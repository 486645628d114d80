import { join } from 'node:path'
import { here, runCsms } from './measure.ts'

/** Connections per second of csms against its own CSMS, one worker and one CSMS process. */
export interface Handshakes {
  readonly name: string
  /** Connections made again, WebSocket and TLS, all stations at once. */
  readonly perSecond: number
  /** Of TLS alone; null without it. */
  readonly tlsP50Ms: number | null
  readonly resumedShare: number
}

interface TlsReport {
  readonly verdict: string
  readonly reasons: readonly string[]
  readonly window: { readonly totalSeconds: number }
  readonly stations: {
    readonly reconnects: number
    readonly allAcceptedSeconds: number
    readonly tlsTimeMs?: { readonly count: number; readonly p50: number | null }
    readonly tlsResumed?: number
  }
}

/** Of the script: between the last boot and the first connection that is made again. */
const waitSeconds = 3

const contenders = [
  { name: 'no TLS (profile 1)', set: ['profile=1'] },
  { name: 'TLS 1.3 (profile 2)', set: ['profile=2'] },
  { name: 'TLS 1.3, resumed', set: ['profile=2', 'resume=true'] },
  { name: 'mutual TLS 1.3 (profile 3)', set: ['profile=3'] },
  { name: 'mutual TLS 1.3, resumed', set: ['profile=3', 'resume=true'] },
] as const

export async function measureHandshakes(stations: number, out: string): Promise<Handshakes[]> {
  const rows: Handshakes[] = []
  for (const { name, set } of contenders) {
    const settings = set.flatMap((one) => ['--set', one])
    const args = ['simulate', join(here, 'tls.yaml'), '--stations', String(stations), ...settings]
    const report = await runCsms<TlsReport>([...args, '--workers', '1', '--out', out, '--json'])
    if (report.verdict !== 'pass') {
      throw new Error(`the run did not pass: ${report.reasons.join('; ')}`)
    }
    const { reconnects, allAcceptedSeconds, tlsTimeMs, tlsResumed = 0 } = report.stations
    const seconds = report.window.totalSeconds - allAcceptedSeconds - waitSeconds
    rows.push({
      name,
      perSecond: reconnects / seconds,
      tlsP50Ms: tlsTimeMs?.p50 ?? null,
      resumedShare: tlsTimeMs ? tlsResumed / tlsTimeMs.count : 0,
    })
  }
  return rows
}
