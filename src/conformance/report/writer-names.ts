/** What `--report` of `csms conformance` can name. */
export const writerNames = ['junit', 'json', 'tap', 'markdown', 'html'] as const

export type WriterName = (typeof writerNames)[number]
