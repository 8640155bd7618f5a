/* What every HTML page has around its content. */
#ifndef HOWFAR_REPORT_HTML_PARTS_H
#define HOWFAR_REPORT_HTML_PARTS_H

#define HF__HTML_BEFORE_TITLE                                   \
    "<!DOCTYPE html>\n"                                         \
    "<html lang=\"en-GB\">\n"                                   \
    "<head>\n"                                                  \
    "<meta charset=\"utf-8\">\n"                                \
    "<meta http-equiv=\"Content-Security-Policy\" "             \
    "content=\"default-src 'none'; style-src 'unsafe-inline'; " \
    "script-src 'unsafe-inline'; img-src data:\">\n"            \
    "<meta name=\"viewport\" content=\"width=device-width, "    \
    "initial-scale=1\">\n"                                      \
    "<meta name=\"color-scheme\" content=\"light\">\n"          \
    "<link rel=\"icon\" href=\"data:,\">\n"                     \
    "<title>"

/* Colours: text 1a1a1a and 4a4a4a on white, 16 : 1 and 8.9 : 1. */
#define HF__HTML_AFTER_TITLE                                                   \
    "</title>\n"                                                               \
    "<style>\n"                                                                \
    "body{font:1rem/1.45 system-ui,\"Segoe UI\",Roboto,Arial,sans-serif;"      \
    "color:#1a1a1a;background:#fff;max-width:62rem;margin:0 auto;"             \
    "padding:1.5rem 1rem 3rem}\n"                                              \
    "h1{font-size:1.6rem;line-height:1.2;margin:0 0 .75rem}\n"                 \
    "h2{font-size:1.1rem;margin:2rem 0 .5rem}\n"                               \
    ".answer{font-size:1.2rem;margin:0 0 .5rem}\n"                             \
    "p{margin:0 0 .5rem;max-width:46rem}\n"                                    \
    ".frame{overflow-x:auto;margin:1.5rem 0 .5rem}\n"                          \
    "table{border-collapse:collapse;font-variant-numeric:tabular-nums}\n"      \
    "caption{text-align:left;font-weight:600;padding:0 0 .4rem}\n"             \
    "th,td{padding:.28rem .7rem;text-align:left;vertical-align:top;"           \
    "border-bottom:1px solid #d0d0d0}\n"                                       \
    "th[scope=row]{font-weight:400}\n"                                         \
    ".n{text-align:right}\n"                                                   \
    "thead th{border-bottom:2px solid #1a1a1a;vertical-align:bottom}\n"        \
    "tbody tr:hover{background:#f2f5f8}\n"                                     \
    "tfoot td,tfoot th{font-weight:600!important;"                             \
    "border-top:2px solid #1a1a1a}\n"                                          \
    "tfoot tr+tr td,tfoot tr+tr th{border-top:0}\n"                            \
    ".held{color:#4a4a4a;font-style:italic}\n"                                 \
    ".note,dl{font-size:.88rem;color:#4a4a4a}\n"                               \
    "dl{margin:0}\n"                                                           \
    "dl div{display:grid;grid-template-columns:11rem 1fr;gap:0 1rem;"          \
    "padding:.2rem 0}\n"                                                       \
    "dt{font-weight:600}\n"                                                    \
    "dd{margin:0;overflow-wrap:anywhere}\n"                                    \
    "figure{margin:1.5rem 0}\n"                                                \
    "figure svg{max-width:100%;height:auto}\n"                                 \
    "figcaption{font-size:.88rem;color:#4a4a4a}\n"                             \
    ".unseen{position:absolute;width:1px;height:1px;overflow:hidden;"          \
    "clip-path:inset(50%)}\n"                                                  \
    "[role=button]{cursor:pointer}\n"                                          \
    "[role=button]::after{content:\"\\2195\";color:#767676;padding-left:.3em}" \
    "\n"                                                                       \
    "th[aria-sort=ascending] "                                                 \
    "[role=button]::after{content:\"\\2191\";color:#000}\n"                    \
    "th[aria-sort=descending] "                                                \
    "[role=button]::after{content:\"\\2193\";color:#000}"                      \
    "\n"                                                                       \
    "@media(max-width:40rem){dl div{grid-template-columns:1fr}}\n"             \
    "@media print{@page{size:A4;margin:13mm}"                                  \
    "body{font-size:9pt;line-height:1.25;padding:0;max-width:none}"            \
    "h1{font-size:15pt}.answer{font-size:11pt}"                                \
    "p{max-width:none;margin-bottom:.3rem}"                                    \
    ".frame{overflow:visible;margin:.6rem 0 .2rem}"                            \
    "caption{padding-bottom:.15rem}th,td{padding:.06rem .5rem}"                \
    "thead{display:table-header-group}tfoot{display:table-row-group}"          \
    "figure{margin:.6rem 0}figure svg{max-height:112mm}"                       \
    "h2{margin:.6rem 0 .2rem}dl div{padding:.05rem 0}"                         \
    ".note,dl,figcaption{font-size:8pt}"                                       \
    "tr,thead,figure,dl div{break-inside:avoid}h2,caption{break-after:avoid}"  \
    "[role=button]::after{content:none}}\n"                                    \
    "</style>\n"                                                               \
    "</head>\n"                                                                \
    "<body>\n"                                                                 \
    "<main>\n"

/* A button in each column head sorts the rows (not a <button>: Chromium would
 * not repeat the head on each printed page): numbers by value, text by the
 * alphabet, what is neither number nor text (withheld, empty) last. */
#define HF__HTML_END                                                        \
    "</main>\n"                                                             \
    "<script>\n"                                                            \
    "for (const table of document.querySelectorAll('table')) {\n"           \
    "  const body = table.tBodies[0];\n"                                    \
    "  if (body.rows.length < 2) continue;\n"                               \
    "  [...table.tHead.rows[0].cells].forEach((head, at) => {\n"            \
    "    const isNumber = head.classList.contains('n');\n"                  \
    "    const button = document.createElement('span');\n"                  \
    "    button.setAttribute('role', 'button');\n"                          \
    "    button.tabIndex = 0;\n"                                            \
    "    button.append(...head.childNodes);\n"                              \
    "    head.append(button);\n"                                            \
    "    const value = row => {\n"                                          \
    "      const text = row.cells[at].textContent;\n"                       \
    "      if (!isNumber) return text;\n"                                   \
    "      return text === '' || isNaN(text) ? null : Number(text);\n"      \
    "    };\n"                                                              \
    "    const sort = () => {\n"                                            \
    "      const was = head.getAttribute('aria-sort');\n"                   \
    "      const down = was ? was === 'ascending' : isNumber;\n"            \
    "      for (const other of head.parentNode.cells)\n"                    \
    "        other.removeAttribute('aria-sort');\n"                         \
    "      head.setAttribute('aria-sort', down ? 'descending' : "           \
    "'ascending');\n"                                                       \
    "      const rows = [...body.rows].sort((a, b) => {\n"                  \
    "        const x = value(a), y = value(b);\n"                           \
    "        if (x === null || y === null) return (x === null) - "          \
    "(y === null);\n"                                                       \
    "        const order = isNumber ? x - y : x.localeCompare(y, 'en-GB');" \
    "\n"                                                                    \
    "        return down ? -order : order;\n"                               \
    "      });\n"                                                           \
    "      body.append(...rows);\n"                                         \
    "    };\n"                                                              \
    "    button.addEventListener('click', sort);\n"                         \
    "    button.addEventListener('keydown', event => {\n"                   \
    "      if (event.key !== 'Enter' && event.key !== ' ') return;\n"       \
    "      event.preventDefault();\n"                                       \
    "      sort();\n"                                                       \
    "    });\n"                                                             \
    "  });\n"                                                               \
    "}\n"                                                                   \
    "</script>\n"                                                           \
    "</body>\n"                                                             \
    "</html>\n"

#endif
