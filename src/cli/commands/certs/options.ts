import { Option } from 'commander'

export const folderHelp = 'the folder that "csms certs init" made'

export const authorityHelp = `${folderHelp}, or the URL of a csms that serves with --ca`

export const keyOption = () =>
  new Option('--key <kind>', 'of the stations').choices(['ecdsa', 'rsa']).default('ecdsa')
