/// Light and dark, wide and narrow, on screen and on paper; text stands out from its ground by 4.5 to 1 at least.
let htmlStyle =
    """
    :root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--muted:#59636e;--line:#d3d9df;--tint:#f3f6f9;--accent:#005a8e;--warn:#7a3b00}
    @media (prefers-color-scheme:dark){:root{--paper:#16191f;--ink:#eceff2;--muted:#a3acb6;--line:#3b424c;--tint:#1f242c;--accent:#7cc4f2;--warn:#f0b46c}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-behavior:smooth}
    @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
    body{margin:0 auto;padding:1.5rem 1.25rem 3rem;max-width:72rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif;overflow-wrap:break-word}
    h1{font-size:clamp(1.5rem,1.1rem + 2vw,2.25rem);line-height:1.2;margin:0 0 .25rem;text-wrap:balance}
    h2{font-size:1.35rem;line-height:1.25;margin:2.75rem 0 .75rem;padding-top:.75rem;border-top:2px solid var(--ink)}
    #summary{margin-top:1.5rem}
    p{margin:.5rem 0;max-width:50rem}
    a{color:var(--accent)}
    code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.9em}
    .subtitle,.remark,.unit,figcaption span,footer{color:var(--muted)}
    .notice{border-left:4px solid var(--warn);padding:.4rem .75rem;background:var(--tint)}
    .skip{position:absolute;left:-100vw}
    .skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.5rem}
    :focus-visible{outline:3px solid var(--accent);outline-offset:2px}
    .sentences{margin:1rem 0 1.5rem;padding:0;list-style:none;counter-reset:sentence;font-size:1.1rem;max-width:50rem}
    .sentences li{counter-increment:sentence;position:relative;padding:.35rem 0 .35rem 2.25rem}
    .sentences li::before{content:counter(sentence);position:absolute;left:0;top:.5rem;width:1.5rem;height:1.5rem;line-height:1.5rem;border-radius:50%;background:var(--accent);color:var(--paper);font-size:.85rem;font-weight:600;text-align:center}
    nav ul{list-style:none;margin:1.5rem 0 0;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
    nav a{display:inline-block;padding:.25rem 0}
    .scroll{overflow-x:auto;margin:1rem 0}
    table{border-collapse:collapse;font-size:.875rem;line-height:1.35;min-width:min(100%,30rem)}
    caption{text-align:left;font-weight:600;padding:0 0 .5rem}
    th,td{padding:.3rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
    th:first-child,td:first-child{padding-left:0}
    tbody th{font-weight:500;white-space:pre-wrap}
    @media (min-width:48rem){tbody th[scope=row]{white-space:pre}}
    thead th{border-bottom:1px solid var(--ink);vertical-align:bottom;font-weight:600}
    thead .unit{display:block;font-weight:400;white-space:nowrap}
    .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    thead .n{white-space:normal}
    tfoot th,tfoot td{border-top:1px solid var(--ink);border-bottom:0;font-weight:600}
    .group th{padding-top:1rem;font-weight:600;color:var(--muted)}
    tbody tr:hover td,tbody tr:hover th{background:var(--tint)}
    .scroll+.remark{font-size:.8rem}
    .money table,.allocation table{font-size:.8125rem}
    .money th,.money td,.allocation th,.allocation td{padding-left:.3rem;padding-right:.3rem}
    .figures{font-size:1rem}
    .figures td,.figures th{padding-top:.4rem;padding-bottom:.4rem}
    .figures .plan{font-weight:600}
    .figures .remark{display:block;font-size:.875rem;font-weight:400}
    .figures thead td{border-bottom:1px solid var(--ink)}
    .sortable thead button{font:inherit;font-weight:600;color:inherit;background:none;border:0;padding:0;margin:0;cursor:pointer;text-align:inherit}
    .sortable thead button::after{content:"\\a0\\2195";color:var(--muted);font-weight:400}
    .sortable thead [aria-sort=ascending] button::after{content:"\\a0\\2191";color:inherit}
    .sortable thead [aria-sort=descending] button::after{content:"\\a0\\2193";color:inherit}
    .sortable thead button:hover{text-decoration:underline}
    .sortable thead button::after{font-size:.7rem}
    details{margin:.75rem 0}
    summary{cursor:pointer;color:var(--accent);padding:.25rem 0}
    details caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    figure{margin:1.25rem 0}
    figcaption{margin-bottom:.5rem}
    figure svg{display:block;max-width:100%;height:auto;overflow:visible}
    .narrow{display:none}
    .sources h3,.sources h4,.sources h5{font-size:1.05rem;margin:1.75rem 0 .5rem}
    .sources h3{font-size:1.15rem}
    .sources table{display:block;overflow-x:auto;margin:.75rem 0}
    .sources ul,.sources ol{max-width:50rem;padding-left:1.25rem}
    .sources pre{overflow-x:auto;padding:.5rem .75rem;background:var(--tint)}
    .sources a{overflow-wrap:anywhere}
    .assumptions th[scope=row],.figures th[scope=row]{white-space:normal}
    @media (min-width:60rem){.assumptions td:last-child{white-space:nowrap}}
    .assumptions td:last-child{font-size:.8rem;color:var(--muted);overflow-wrap:anywhere}
    footer{margin-top:3rem;border-top:1px solid var(--line);font-size:.875rem}
    @media (max-width:40rem){body{padding:1rem .9rem 2rem}.sentences{font-size:1rem}th,td{padding:.3rem .4rem}.figures{font-size:.875rem}.figures .remark{font-size:.8rem}.wide{display:none}.narrow{display:block}}
    @media print{
    :root{color-scheme:light;--paper:#fff;--ink:#000;--muted:#444;--line:#bbb;--tint:#fff;--accent:#003e66;--warn:#7a3b00}
    @page{margin:16mm 14mm}
    body{padding:0;max-width:none;font-size:10pt}
    nav,.skip,.sortable thead button::after{display:none}
    h1{font-size:20pt}
    h2{font-size:13pt;margin-top:18pt;break-after:avoid}
    .sentences{font-size:10.5pt}
    .sentences li,figure,tr,.figures{break-inside:avoid}
    .sentences li::before{border:1px solid #000;background:none;color:#000}
    .scroll{overflow:visible;margin:8pt 0}
    table,.money table,.allocation table{font-size:7.5pt;min-width:0}
    .figures{font-size:9.5pt}
    .figures td,.figures th{padding-top:1.5pt;padding-bottom:1.5pt}
    .figures .remark,.scroll+.remark{font-size:7.5pt}
    th,td,.money th,.money td,.allocation th,.allocation td{padding:2pt 3pt}
    .assumptions td:last-child{white-space:normal;font-size:7pt;min-width:36mm}
    thead{display:table-header-group}
    caption,thead{break-after:avoid}
    tbody tr:first-child,tbody tr:last-child,tfoot tr{break-before:avoid}
    tfoot{display:table-row-group}
    .sortable thead button{display:inline;font-size:inherit}
    .allocation,.assumptions{break-before:page}
    details,.tables{display:none}
    .wide{display:block}
    .narrow{display:none}
    div.sources{font-size:8.5pt}
    .sources h3,.sources h4,.sources h5{break-after:avoid;font-size:10pt}
    a{color:inherit;text-decoration:none}
    }

    """
