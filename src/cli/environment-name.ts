import type { Option } from 'commander'

/** The environment variable that mirrors a flag: `--connect-timeout` is `CSMS_CONNECT_TIMEOUT`. */
export function environmentName(option: Option): string {
  return `CSMS_${option.name().toUpperCase().replaceAll('-', '_')}`
}
