import { Option } from 'commander'

export const runHelp =
  'a folder, a report.json, how a run id begins, a baseline, or "latest" (the newest)'

export const outOption = () =>
  new Option('--out <folder>', 'the folder of reports').default('reports')
