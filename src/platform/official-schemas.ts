import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { SchemaSource } from '../ocpp/schemas.ts'
import type { OcppVersion } from '../ocpp/version.ts'

const files: Record<OcppVersion, string> = {
  'ocpp1.6': 'ocpp-rpc/lib/schemas/ocpp1_6.json',
  'ocpp2.0.1': 'ocpp-rpc/lib/schemas/ocpp2_0_1.json',
  'ocpp2.1': 'ocpp-rpc/lib/schemas/ocpp2_1.json',
}

const resolve = createRequire(import.meta.url).resolve

/**
 * The official JSON schemas, read from the npm package `ocpp-rpc` (pinned exactly; only these three
 * files of it are used). Its 387 schemas are semantically those of the Open Charge Alliance.
 */
export const officialSchemas: SchemaSource = (version) =>
  JSON.parse(readFileSync(resolve(files[version]), 'utf8')) as ReturnType<SchemaSource>
