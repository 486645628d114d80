import type { FileFolder } from '../files/file-folder.ts'
import { sendFile } from '../files/http-files.ts'
import { Problem, sendJson, sendNothing } from './problem.ts'
import { type Route, route } from './route.ts'
import { list, ref } from './schema.ts'

const listFiles = route({
  method: 'GET',
  path: '/api/v1/files',
  id: 'listFiles',
  tag: 'Files',
  summary: 'What stations may fetch, and what they brought',
  role: 'viewer',
  answers: { 200: { description: 'The files.', schema: list('Firmware first.', ref('File')) } },
  problems: [404],
  async handle({ response, services }) {
    const files = folderOf(services.files)
    sendJson(response, 200, [...(await files.firmware()), ...(await files.uploads())])
  },
})

const getUpload = route({
  method: 'GET',
  path: '/api/v1/files/uploads/{name}',
  id: 'getUpload',
  tag: 'Files',
  summary: 'A file that a station brought',
  role: 'operator',
  answers: {
    200: { description: 'Its bytes.', contentType: 'application/octet-stream', schema: {} },
  },
  problems: [404],
  async handle({ request, response, path: { name }, services }) {
    const file = await folderOf(services.files).openUpload(name)
    if (!file) throw unknownUpload(name)
    await sendFile(request, response, file)
  },
})

const deleteUpload = route({
  method: 'DELETE',
  path: '/api/v1/files/uploads/{name}',
  id: 'deleteUpload',
  tag: 'Files',
  summary: 'Remove a file that a station brought',
  role: 'operator',
  answers: { 204: { description: 'It is gone.' } },
  problems: [404],
  async handle({ response, path: { name }, services }) {
    if (!(await folderOf(services.files).remove(name))) throw unknownUpload(name)
    sendNothing(response)
  },
})

function folderOf(files: FileFolder | undefined): FileFolder {
  if (files) return files
  throw new Problem(404, 'NO_FILES', 'There is no file server here: serve with --files.')
}

function unknownUpload(name: string): Problem {
  return new Problem(404, 'UNKNOWN_FILE', `There is no upload ${name}.`)
}

export const fileRoutes: readonly Route[] = [listFiles, getUpload, deleteUpload]
