/**
 * The client of the npm package `ocpp-rpc` as its README shows it: one CALL in flight per connection.
 *
 * arguments: URL CONNECTIONS CORPUS
 */
import { readFileSync } from 'node:fs'
import { RPCClient } from '../test/interop/ocpp-rpc.ts'
import type { Corpus } from './corpus.ts'

const [endpoint = '', connections = '', corpusFile = ''] = process.argv.slice(2)
const { boot, requests } = JSON.parse(readFileSync(corpusFile, 'utf8')) as Corpus

async function play(connection: number): Promise<void> {
  const identity = `R${connection}`
  const protocols = ['ocpp1.6']
  const client = new RPCClient({ endpoint, identity, protocols, strictMode: false })
  await client.connect()
  await client.call(boot.action, boot.payload)
  for (let at = connection * 7919; ; at += 1) {
    const { action, payload } = requests[at % requests.length] ?? boot
    await client.call(action, payload)
  }
}

await Promise.all(Array.from({ length: Number(connections) }, (_, i) => play(i)))
