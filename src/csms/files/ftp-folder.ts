import { type FtpFiles, FtpRefusal } from '../../transport/ftp-server/ftp-files.ts'
import { type FileFolder, UploadRefused } from './file-folder.ts'

const replies = { name: 553, tooLarge: 552, full: 552, busy: 450 } as const

/** The folder as FTP sees it: firmware is listed and fetched, whatever is stored is an upload. */
export function ftpFolder(files: FileFolder): FtpFiles {
  return {
    list: () => files.firmware(),
    open: (name) => files.openFirmware(name),
    async store(name, content) {
      try {
        await files.store(name, content)
      } catch (error) {
        if (error instanceof UploadRefused) {
          throw new FtpRefusal(replies[error.because], error.message)
        }
        throw error
      }
    },
  }
}
