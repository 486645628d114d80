import { join } from 'node:path'
import { JsonLinesChild } from './child.ts'

const bin = join(import.meta.dirname, '../../bin/csms.js')

/** The built `csms serve` on a free port, as a user runs it. */
export class Serve implements AsyncDisposable {
  readonly child: JsonLinesChild
  readonly url: string

  private constructor(child: JsonLinesChild, url: string) {
    this.child = child
    this.url = url
  }

  static async start(...args: readonly string[]): Promise<Serve> {
    const child = new JsonLinesChild(process.execPath, [
      bin,
      'serve',
      ...(args.includes('--port') ? [] : ['--port', '0']),
      '--log-format',
      'json',
      ...args,
    ])
    const listening = await child.until((line) => line['type'] === 'listening', 'its URL')
    return new Serve(child, String(listening['url']))
  }

  get api(): string {
    return this.url.replace(/^ws/, 'http')
  }

  async get<T>(path: string): Promise<T> {
    const response = await fetch(this.api + path)
    if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`)
    return (await response.json()) as T
  }

  async command(stationId: string, action: string, payload: object): Promise<unknown> {
    const path = `/api/v1/stations/${stationId}/commands/${action}?wait=10s`
    const response = await fetch(this.api + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
    })
    return response.json()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.child[Symbol.asyncDispose]()
  }
}
