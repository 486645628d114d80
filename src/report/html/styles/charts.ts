/** Charts, their legends, and what uPlot's own sheet says of the parts that are used here. */
export const charts = `
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,34rem),1fr));gap:1rem}
.chart{min-width:0;padding:0.875rem 1rem 0.75rem;border:1px solid var(--line);border-radius:10px;background:var(--surface)}
.chart figcaption{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 0.625rem;min-height:1.75rem;font-size:0.8125rem;color:var(--muted)}
.chart h3{font-size:0.9375rem;font-weight:650;color:var(--text)}
.chart figcaption button{margin-left:auto;align-self:center}
.chart:last-child:nth-child(odd){grid-column:1/-1}
.charts+.scroll,.scroll+.charts{margin-top:1rem}
.plot{min-height:14rem;margin-top:0.375rem}
.legend{display:flex;flex-wrap:wrap;gap:0 1.25rem;min-height:1.5rem;padding-left:3rem;font-size:0.8125rem;color:var(--muted)}
.legend b{display:inline-block;min-width:3.5em;color:var(--text);font-weight:600}
.legend .at{margin-left:auto}
.legend i{display:inline-block;width:1.5rem;margin-right:0.375rem;border-top:2px solid;vertical-align:0.25em}
.legend i.first{color:var(--first)}
.legend i.second{color:var(--second);border-top-style:dashed}
.legend i.third{color:var(--third);border-top-style:dotted}
.hint{font-size:0.875rem}
.hint button{margin-left:0.5rem}
.needs-script{display:none}
.scripted .needs-script{display:inline}
.scripted .without-script{display:none}
@media (hover:none){.scripted .needs-script{display:none}}
.uplot{width:min-content}
.uplot *{box-sizing:border-box}
.u-wrap{position:relative;user-select:none}
.u-over,.u-under,.u-axis,.u-select{position:absolute}
.u-under{overflow:hidden}
.uplot canvas{display:block;position:relative;width:100%;height:100%}
.u-select{background:var(--select);pointer-events:none}
.u-cursor-x,.u-cursor-y{position:absolute;left:0;top:0;pointer-events:none;will-change:transform}
.u-hz .u-cursor-x{height:100%;border-right:1px solid var(--muted)}
.u-cursor-pt{position:absolute;top:0;left:0;border-radius:50%;border:0 solid;pointer-events:none;will-change:transform;background-clip:padding-box!important}
.u-off{display:none}
@media print{
.plot{min-height:0}
.uplot,.u-wrap{width:100%!important;height:auto!important}
.uplot canvas{height:auto!important}
.u-over,.u-under{display:none}
}
`.trim()
