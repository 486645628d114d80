import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** A file server of somebody else: offers some files, and keeps what is brought to /uploads/. */
export class FileHost implements AsyncDisposable {
  readonly url: string
  /** What was fetched, in order; also what is not there. */
  readonly fetched: string[] = []
  /** By path, beginning with `/uploads/`. */
  readonly uploads = new Map<string, string>()
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  /** @param files by path */
  static async start(files: Readonly<Record<string, Buffer>>): Promise<FileHost> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const host = new FileHost(server)
    server.on('request', (request, response) => {
      const path = request.url ?? ''
      if (request.method === 'GET') {
        host.fetched.push(path)
        const file = files[path]
        response.writeHead(file ? 200 : 404).end(file)
        return
      }
      void buffer(request).then((content) => {
        host.uploads.set(path, content.toString())
        response.writeHead(201).end()
      })
    })
    return host
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
