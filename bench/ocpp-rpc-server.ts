/**
 * The server of the npm package `ocpp-rpc` with handlers that do nothing but answer.
 *
 * arguments: CORPUS. Prints its port.
 */
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { RPCServer } from '../test/interop/ocpp-rpc.ts'
import type { Corpus } from './corpus.ts'

const [corpusFile = ''] = process.argv.slice(2)
const { answers } = JSON.parse(readFileSync(corpusFile, 'utf8')) as Corpus

const server = new RPCServer({ protocols: ['ocpp1.6'], strictMode: false })
server.auth((accept) => accept())
server.on('client', (client) => {
  for (const [action, answer] of Object.entries(answers)) client.handle(action, () => answer)
})
const http = await server.listen(0, '127.0.0.1')
process.stdout.write(`${JSON.stringify({ port: (http.address() as AddressInfo).port })}\n`)
