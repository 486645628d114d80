/** What `--reporter` can name. JUnit and the series as CSV are written without asking. */
export const reporterNames = ['junit', 'csv', 'ndjson', 'markdown', 'github'] as const

export type ReporterName = (typeof reporterNames)[number]

/** Those that write a file. */
export type FileReporterName = Exclude<ReporterName, 'github'>
