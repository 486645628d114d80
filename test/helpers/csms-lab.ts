import type { CsmsOptions } from '../../src/csms/options.ts'
import type { OcppVersion } from '../../src/ocpp/version.ts'
import { memoryCsms } from './memory-csms.ts'

/** A management system in memory with one booted station, CS1, that answers what a test says. */
export async function csmsLab(version: OcppVersion = 'ocpp2.1', options: CsmsOptions = {}) {
  const csms = memoryCsms(options)
  const peer = await csms.boot('CS1', version)
  return {
    csms,
    /** The station tells something; its answer. */
    tell: (action: string, payload: object) => peer.ask(action, payload),
    /** The CSMS calls, the station answers. */
    async command(action: string, payload: object, answer: object = { status: 'Accepted' }) {
      peer.serve = () => answer
      const sent = csms.commander.send('CS1', action, payload)
      await csms.clock.run(0)
      return sent
    },
    get record() {
      const found = csms.store.stations.get('CS1')
      if (!found) throw new Error('CS1 is not known')
      return found
    },
    get station() {
      const found = csms.gateway.station('CS1')
      if (!found) throw new Error('CS1 is not known')
      return found
    },
  }
}
