import type { Clock } from '../../shared/clock.ts'
import { type FtpListener, listenFtp } from '../../transport/ftp-server/ftp-server.ts'
import { type CsmsSettings, hostsOf } from '../options.ts'
import { FileFolder } from './file-folder.ts'
import { ftpFolder } from './ftp-folder.ts'

/** The file server of a management system: a folder, and FTP where it is asked for. */
export interface FileServer {
  readonly folder: FileFolder
  /** Undefined where there is none. */
  readonly ftpPort: number | undefined
  readonly ftpUrl: string | undefined
  close(): Promise<void>
}

/**
 * Opens the folder that the settings name; undefined where they name none. FTP listens on the first
 * address only: the port of its data is told by number. Throws
 * `CSMS_FILES_UNUSABLE`, `CSMS_PORT_IN_USE` or `CSMS_LISTEN_FAILED`.
 *
 * @param clock real time
 */
export async function openFileServer(
  settings: CsmsSettings,
  clock: Clock,
): Promise<FileServer | undefined> {
  const { filesDir, uploadsDir, ftpPort } = settings
  if (filesDir === undefined) return undefined
  const folder = await FileFolder.open({
    folder: filesDir,
    ...(uploadsDir !== undefined && { uploads: uploadsDir }),
  })
  const [host = ''] = hostsOf(settings)
  let ftp: FtpListener | undefined
  if (ftpPort !== undefined) {
    ftp = await listenFtp({ host, port: ftpPort, files: ftpFolder(folder), clock })
  }
  return {
    folder,
    ftpPort: ftp?.port,
    ftpUrl: ftp && `ftp://${host.includes(':') ? `[${host}]` : host}:${ftp.port}`,
    close: () => ftp?.close() ?? Promise.resolve(),
  }
}
