/** Tables, states and frames. */
export const tables = `
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:10px;background:linear-gradient(to left,var(--surface) 1.5rem,transparent 3rem) right/3rem 100% no-repeat local,linear-gradient(to left,var(--shade),transparent) right/1rem 100% no-repeat scroll,var(--surface)}
table{border-collapse:collapse;width:100%;font-size:0.875rem;overflow-wrap:normal}
th,td{padding:0.4375rem 0.75rem;text-align:left;vertical-align:baseline}
tbody th,tbody td{border-top:1px solid var(--line)}
thead th{color:var(--muted);font-weight:500;white-space:nowrap}
thead button{border:0;background:none;padding:0;color:inherit;font:inherit;white-space:nowrap}
thead button:hover{color:var(--text);text-decoration:underline}
th[aria-sort] button{color:var(--text);font-weight:600}
th[aria-sort=descending] button::after{content:" ↓" / ""}
th[aria-sort=ascending] button::after{content:" ↑" / ""}
tbody th{font-weight:550}
.num{text-align:right;white-space:nowrap}
th:first-child,td:first-child{padding-left:1.25rem}
th:last-child,td:last-child{padding-right:1.25rem}
#find-max td:last-child{min-width:14rem}
tr.part th,tr.part td{border-top:0;padding-top:0;color:var(--muted);font-weight:400}
tr.part th{padding-left:2.25rem}
tbody.bad th{box-shadow:inset 4px 0 var(--bad)}
.strong{font-weight:700}
.state{font-weight:650;white-space:nowrap}
.good{color:var(--good)}
.state.bad{color:var(--bad)}
.odd{color:var(--odd)}
.margin{display:flex;flex-wrap:wrap;align-items:center;gap:0.125rem 0.75rem;white-space:nowrap}
.gauge{flex:none;order:-1}
.gauge .rail{fill:var(--line)}
.gauge .fill{fill:var(--good)}
.gauge.over .fill{fill:var(--bad)}
.gauge .notch{fill:var(--surface)}
.rule{margin-top:1rem;padding:0.875rem 1.25rem;border:1px solid var(--line);border-radius:10px;background:var(--surface)}
.rule h3{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 0.75rem;font-size:1rem}
.rule>p{color:var(--muted)}
.sample{margin-top:0.5rem;font-size:0.9375rem}
.sample pre{margin-top:0.375rem;max-height:24rem;overflow:auto;padding:0.75rem 1rem;border-radius:6px;background:var(--ground);white-space:pre-wrap;overflow-wrap:anywhere}
@media (max-width:40rem){
th,td{padding:0.4375rem 0.5rem}
th:first-child,td:first-child{padding-left:0.875rem;min-width:7.5rem}
}
@media print{.sample pre{max-height:none}}
`.trim()
