import { composeCsms } from '../../src/csms/compose.ts'
import type { CsmsEvent } from '../../src/csms/events.ts'
import type { CsmsOptions } from '../../src/csms/options.ts'
import { MemoryStore } from '../../src/csms/store/memory-store.ts'
import { memorySockets } from '../../src/ocpp/memory-socket.ts'
import { PayloadValidators } from '../../src/ocpp/schemas.ts'
import type { SecurityProfile } from '../../src/ocpp/security-profile.ts'
import type { OcppVersion } from '../../src/ocpp/version.ts'
import { officialValidators } from '../../src/platform/official-validators.ts'
import { VirtualClock } from '../../src/shared/virtual-clock.ts'
import { BareStation } from './bare-station.ts'

/** Compiled once per test file: the schemas never change. */
const validators = new PayloadValidators(officialValidators)

/** A management system on memory sockets and a virtual clock that shows 2026-01-01T00:00:00Z. */
export function memoryCsms(options: CsmsOptions = {}) {
  const clock = new VirtualClock()
  const store = new MemoryStore()
  const events: CsmsEvent[] = []
  const observer = (event: CsmsEvent) => void events.push(event)
  const clocks = { real: clock, simulated: clock }
  const parts = composeCsms(store, clocks, { runId: 'r', observer, validators, ...options })
  return {
    ...parts,
    clock,
    store,
    events,
    connect(stationId: string, version: OcppVersion = 'ocpp1.6', profile: SecurityProfile = 0) {
      const [ours, theirs] = memorySockets(version)
      parts.gateway.accept(ours, {
        stationId,
        version,
        remoteAddress: '127.0.0.1',
        security: { profile },
      })
      return new BareStation(theirs)
    },
    /** Connected and accepted. */
    async boot(stationId: string, version: OcppVersion = 'ocpp1.6') {
      const station = this.connect(stationId, version)
      await station.boot(version)
      return station
    },
  }
}
