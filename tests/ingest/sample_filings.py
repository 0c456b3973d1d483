"""Made-up filings, in Inline XBRL and in lines of fixed width, and the blocks that a reader must make of each."""

from __future__ import annotations


def _sheet(number: int, body: str) -> str:
    """A page of a filing with its footer, the break after it, and the link on top of the next one."""
    return f"""{body}<div style="text-align:center"><span>Acme Corp. | 2023 Form 10-K | {number}</span></div>
<hr style="page-break-after:always"/><div><a href="#toc">Table of Contents</a></div>"""


FILING = (
    """<?xml version='1.0' encoding='ASCII'?><html xmlns="http://www.w3.org/1999/xhtml"
xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xml:lang="en-US"><head><title>acme-20231231</title></head><body>
<div style="display:none"><ix:header><ix:hidden><ix:nonNumeric name="dei:AmendmentFlag">false</ix:nonNumeric></ix:hidden>
<ix:resources>hidden context</ix:resources></ix:header></div>"""
    + _sheet(1, """<div style="text-align:center"><span style="font-weight:700">FORM
<ix:nonNumeric name="dei:DocumentType" contextRef="c">10-K</ix:nonNumeric></span></div>
<div>For the fiscal year ended <ix:nonNumeric name="dei:DocumentPeriodEndDate" contextRef="c"
format="ixt:date-monthname-day-year-en">December&#160;31, 2023</ix:nonNumeric></div>
<div><span><ix:nonNumeric name="dei:EntityRegistrantName" contextRef="c">Acme Corp.</ix:nonNumeric></span></div>
<div style="text-align:center"><span>(Exact name of registrant as specified in its charter)</span></div>""")
    + _sheet(2, """<div><span style="font-weight:700">PART I</span></div>
<div style="padding-left:45pt;text-indent:-45pt"><span style="font-weight:700">Item 1.&#160;&#160;&#160;Business</span></div>
<div><span style="font-style:italic">Products</span></div>
<div><span>Acme makes </span><span>an</span><span>vils</span><span style="font-size:6pt">&#174;</span><span>. We sell them
in </span><span>12 countries</span><span>, and we</span><span> </span><span>do not sell to the military.</span></div>
<div><span>We commit to:</span></div>
<div style="padding-left:36pt;text-indent:-18pt"><span>&#8226;</span><span style="padding-left:14.85pt">paying invoices
within 30 days; and</span></div>
<table><tr><td style="width:4%"><p>(b)</p></td><td><p>reporting late payments.</p></td></tr></table>
<div><span>Our suppliers are located mainly in countries whose laws differ, and we audit each of them once a</span></div>""")
    + _sheet(3, """<div><span>year.</span></div><div><span style="font-weight:700">Item 7.</span></div>
<div>Net sales were as follows:</div><div>(in millions)</div>
<table><tr><td></td><td colspan="3" style="font-weight:700">2023</td><td colspan="3">Change</td></tr>
<tr><td>Anvils</td><td>$</td><td><ix:nonFraction name="x">1,200</ix:nonFraction></td><td></td><td>(4</td><td>)%</td></tr>
<tr><td>Services (1)</td><td>$</td><td>300</td><td></td><td>12</td><td>%</td></tr></table>
<div>(1) Services include repairs.</div>
<ix:continuation id="x"><div>Sales of services rose because of repairs.</div></ix:continuation>""")
    + "</body></html>"
)  # fmt: skip
FILING_BLOCKS = [
    ("heading 3", "FORM 10-K"),
    ("paragraph", "For the fiscal year ended December 31, 2023"),
    ("paragraph", "Acme Corp."),
    ("paragraph", "(Exact name of registrant as specified in its charter)"),
    ("furniture", "Acme Corp. | 2023 Form 10-K | 1"),
    ("furniture", "Table of Contents"),
    ("heading 1", "PART I"),
    ("heading 2", "Item 1. Business"),
    ("heading 5", "Products"),
    ("paragraph", "Acme makes anvils®. We sell them in 12 countries, and we do not sell to the military."),
    ("paragraph", "We commit to:"),
    ("item 1 •", "paying invoices within 30 days; and"),
    ("item 1 (b)", "reporting late payments."),
    ("paragraph", "Our suppliers are located mainly in countries whose laws differ, and we audit each of them once a year."),
    ("furniture", "Acme Corp. | 2023 Form 10-K | 2"),
    ("furniture", "Table of Contents"),
    ("heading 2", "Item 7."),
    ("paragraph", "Net sales were as follows:"),
    ("caption", "(in millions)"),
    ("row", "2023 | Change"),
    ("row", "Anvils | $1,200 | (4)%"),
    ("row", "Services (1) | $300 | 12%"),
    ("footnote (1)", "Services include repairs."),
    ("paragraph", "Sales of services rose because of repairs."),
    ("furniture", "Acme Corp. | 2023 Form 10-K | 3"),
    ("furniture", "Table of Contents"),
]  # fmt: skip

ASCII_FILING = """<html><body><div>

                                      -1-

                                   FORM 20-F

                   ANNUAL REPORT PURSUANT TO SECTION 13

For the fiscal year ended December 31, 2000

                                  DELTA N.V.
- --------------------------------------------------------------------------------
            (Exact name of Registrant as specified in its charter)

Delta sells life insurance in nine countries. It does not sell insurance to
companies that make weapons, and it does not invest in the short-term paper of


                                      -2-

such companies. The policy has been in force since 1995 and applies to every
subsidiary of the Group.

Item 3. Key Information

Dividend
- --------

The dividends of the last two years are set forth below, in EUR per share. The
amounts of short-term bonuses are not included in them.

<TABLE>
<CAPTION>
                                    Years ended December 31,
                                    ------------------------
                                         2000           1999
<S>                                      <C>            <C>
Interim dividend                         0.30           0.25
Trust pass-through securities and
monthly income preferred stock            553            512
                                    ---------      ---------
Total                                  (0.74)           0.60
</TABLE>

(a)   The final dividend is paid in cash or in stock, as each shareholder may
      choose.
(b)   The interim dividend is paid in cash.

/1/ Translated at the rate of each day.


                                      -3-

Changes in interest rates may affect profitability

In periods of rising interest rates, withdrawals may tend to increase, as
policyholders seek higher returns.
</div></body></html>"""
ASCII_BLOCKS = [
    ("furniture", "-1-"),
    ("heading 1", "FORM 20-F"),
    ("heading 1", "ANNUAL REPORT PURSUANT TO SECTION 13"),
    ("paragraph", "For the fiscal year ended December 31, 2000"),
    ("heading 2", "DELTA N.V."),
    ("paragraph", "(Exact name of Registrant as specified in its charter)"),
    ("paragraph", "Delta sells life insurance in nine countries. It does not sell insurance to companies that make weapons, and it does not invest in the short-term paper of such companies. The policy has been in force since 1995 and applies to every subsidiary of the Group."),
    ("furniture", "-2-"),
    ("heading 1", "Item 3. Key Information"),
    ("heading 2", "Dividend"),
    ("paragraph", "The dividends of the last two years are set forth below, in EUR per share. The amounts of short-term bonuses are not included in them."),
    ("row", "Years ended December 31,"),
    ("row", "2000 | 1999"),
    ("row", "Interim dividend | 0.30 | 0.25"),
    ("row", "Trust pass-through securities and monthly income preferred stock | 553 | 512"),
    ("row", "Total | (0.74) | 0.60"),
    ("item 1 (a)", "The final dividend is paid in cash or in stock, as each shareholder may choose."),
    ("item 1 (b)", "The interim dividend is paid in cash."),
    ("footnote /1/", "Translated at the rate of each day."),
    ("furniture", "-3-"),
    ("heading 3", "Changes in interest rates may affect profitability"),
    ("paragraph", "In periods of rising interest rates, withdrawals may tend to increase, as policyholders seek higher returns."),
]  # fmt: skip
