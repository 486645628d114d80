import { layout } from '../../../report/html/styles/layout.ts'
import { tables } from '../../../report/html/styles/tables.ts'
import { theme } from '../../../report/html/styles/theme.ts'

/** Cases, their filters, and the chart of a sequence: two lifelines, arrows between them. */
const cases = `
.needs-script{display:none}
.scripted .needs-script{display:block}
.keys{grid-template-columns:repeat(auto-fit,minmax(min(100%,11rem),1fr))}
.figure.pass{color:var(--good)}
.figure.warn,.figure.error{color:var(--odd)}
.figure.fail{color:var(--bad)}
.figure.none,.quiet{color:var(--muted)}
.findings{display:grid;gap:0.75rem}
.findings li{padding:0.625rem 1rem;border:1px solid var(--line);border-radius:8px;background:var(--surface)}
.findings a{text-underline-offset:0.25em}
.findings p{color:var(--muted);font-size:0.9375rem}
tbody.odd th{box-shadow:inset 4px 0 var(--odd)}
.filters{margin-top:2rem}
.case{margin-top:0.5rem;border:1px solid var(--line);border-radius:8px;background:var(--surface);scroll-margin-top:1rem}
.case.red{border-color:var(--bad)}
.case>summary{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 0.75rem;padding:0.5rem 1rem;list-style:none}
.case>summary::-webkit-details-marker{display:none}
.case>summary .state{min-width:4.5rem}
.case>summary code{font-weight:600}
.case>summary .title{flex:1 1 16rem}
.case>summary:hover{background:var(--band)}
.inside{padding:0.25rem 1rem 1rem;border-top:1px solid var(--line)}
.inside>p{margin-top:0.5rem}
.origin{color:var(--muted);font-size:0.875rem}
details.right{margin-top:0.5rem;font-size:0.875rem;color:var(--muted)}
.inside .scroll{margin-top:0.75rem}
.inside table{font-size:0.8125rem}
.inside td:nth-child(3){min-width:14rem;overflow-wrap:anywhere}
[data-show=red] .case:not(.red),[data-show=warning] .case:not(.warning),[data-show=known] .case:not(.known),[data-show=skipped] .case:not(.skipped),[data-show=green] .case:not(.green){display:none}
[data-show=red] section[id^=group-]:not(:has(.case.red)),[data-show=warning] section[id^=group-]:not(:has(.case.warning)),[data-show=known] section[id^=group-]:not(:has(.case.known)),[data-show=skipped] section[id^=group-]:not(:has(.case.skipped)),[data-show=green] section[id^=group-]:not(:has(.case.green)){display:none}
.sequence{margin-top:1rem;max-width:60rem;font-size:0.875rem}
.sequence ol{margin:0}
.ends{display:flex;justify-content:space-between;margin-left:4.25rem}
.ends b{padding:0.0625rem 0.625rem;border:1px solid var(--line);border-radius:6px;background:var(--ground)}
.step>summary,.step.note{display:grid;grid-template-columns:4.25rem minmax(0,1fr);list-style:none}
.step>summary::-webkit-details-marker{display:none}
.step time{align-self:end;padding-right:0.75rem;text-align:right;color:var(--muted);font-size:0.75rem}
.lane{display:block;min-width:0;margin:0 1.5rem;padding:0.4375rem 0 0;border:solid var(--line);border-width:0 2px}
.step>summary:hover .lane{background:var(--band)}
.what{display:flex;justify-content:center;gap:0.5rem;padding:0 1rem;min-width:0}
.what b{flex:none;max-width:100%;font-weight:600}
.what span{min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;color:var(--muted);font:0.75rem/1.3125rem ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
.arrow{display:block;position:relative;height:0.5625rem;color:var(--first)}
.arrow::before{content:"";position:absolute;left:0;right:0;top:0.1875rem;border-top:2px solid}
.arrow::after{content:"";position:absolute;top:-0.0625rem;border:0.3125rem solid transparent}
.station .arrow::after{right:-1px;border-right-width:0;border-left:0.5625rem solid}
.csms .arrow::after{left:-1px;border-left-width:0;border-right:0.5625rem solid}
.csms .arrow{color:var(--second)}
.result .arrow::before,.callError .arrow::before,.callResultError .arrow::before{border-top-style:dashed}
.callError .arrow,.callResultError .arrow,.unreadable .arrow{color:var(--bad)}
.callError .what b,.callResultError .what b,.unreadable .what b{color:var(--bad)}
.note .lane{padding:0.25rem 0;text-align:center;color:var(--muted);font-size:0.8125rem}
.note .lane span{display:inline-block;padding:0 0.625rem;border:1px dashed var(--line);border-radius:6px}
.step.wrong .lane{background:var(--bad-ground)}
.step pre{margin:0.25rem 1.5rem 0.25rem 5.75rem;max-height:24rem;overflow:auto;padding:0.75rem 1rem;border-radius:6px;background:var(--ground);white-space:pre-wrap;overflow-wrap:anywhere}
.finding{margin:0 1.5rem 0 5.75rem;padding:0.25rem 0.75rem;border:solid var(--line);border-width:0 2px;color:var(--muted)}
.finding.bad{color:var(--bad);background:var(--bad-ground)}
.finding.odd{color:var(--odd);background:var(--odd-ground)}
.finding small{color:inherit}
li:target>.step .lane{box-shadow:inset 0 0 0 2px var(--link)}
@media (max-width:40rem){
.keys .key:last-child:nth-child(odd){grid-column:1/-1}
.step>summary,.step.note{grid-template-columns:3.25rem minmax(0,1fr)}
.step time{padding-right:0.375rem}
.ends{margin-left:2.75rem}
.lane{margin:0 0.5rem}
.what{flex-direction:column;align-items:center;gap:0;padding:0 0.5rem}
.what span{max-width:100%}
.step pre,.finding{margin-left:3.75rem;margin-right:0.5rem}
}
@media print{
.filters{display:none!important}
.step pre{max-height:none}
.case,.arrow,.step.wrong .lane{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`.trim()

/** The one style sheet of the page. */
export const styles = [theme, layout, tables, cases].join('\n')
