"""Made-up HTML pages of very different build, and the blocks that a reader must make of each, written by hand."""

from __future__ import annotations

PRESS = """<!DOCTYPE html><html lang="en-GB"><head><title>Northwind commits to net zero | Northwind Newsroom</title>
<meta property="og:site_name" content="Northwind Foods plc">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",
"headline":"Northwind commits to net zero by 2040","datePublished":"2023-05-17",
"publisher":{"@type":"Organization","name":"Northwind Foods plc"}}</script>
<style>.lead{font-weight:bold} @media print{.lead{display:none}}</style><script>var a="<p>not text</p>";</script></head>
<body class="single has-sidebar">
<div id="cookie-banner" class="cookie-consent"><p>We use cookies to give you the best experience.</p>
<button>Accept all</button></div>
<header class="site-header"><a href="/">Northwind</a><nav><ul><li><a href="/about">About us</a></li>
<li><a href="/investors">Investors</a></li></ul></nav></header>
<main><article>
<header><h1>Northwind commits to net zero by 2040</h1><p class="byline">17 May 2023</p></header>
<p class="lead">LONDON, 17 May 2023 – Northwind Foods plc today announced that it will reach net zero emissions
across its whole value chain by 2040<sup><a href="#n1">1</a></sup>, ten years earlier than planned.</p>
<p>The company will stop buying soy from deforested land&nbsp;by the end of 2025 and <em>will not</em> use offsets
to meet its <a href="/targets">targets</a>. It owns 12 km<sup>2</sup> of forest.</p>
<h2>What will change</h2>
<ul><li>All electricity will come from renewable sources by 2026.</li>
<li><p>Suppliers must report their emissions every year.</p></li></ul>
<blockquote><p>“We owe this to our children,” said Jane Doe, Chief Executive.</p></blockquote>
<table><caption>Emissions in kilotonnes</caption><tr><th>Scope</th><th>2021</th><th>2022</th></tr>
<tr><td>Scope 1</td><td>120</td><td>112</td></tr></table>
<p>Media contact: press@northwind.example</p>
</article>
<aside class="related"><h3>Related stories</h3><ul><li><a href="/a">Northwind opens a plant in Leeds</a></li></ul></aside>
</main>
<footer><p>© 2023 Northwind Foods plc. All rights reserved.</p><ul><li><a href="/privacy">Privacy</a></li></ul></footer>
</body></html>"""
PRESS_BLOCKS = [
    ("furniture", "We use cookies to give you the best experience."),
    ("furniture", "Accept all"),
    ("furniture", "Northwind"),
    ("furniture", "About us"),
    ("furniture", "Investors"),
    ("heading 1", "Northwind commits to net zero by 2040"),
    ("paragraph", "17 May 2023"),
    ("paragraph", "LONDON, 17 May 2023 – Northwind Foods plc today announced that it will reach net zero emissions across its whole value chain by 2040[1], ten years earlier than planned."),
    ("paragraph", "The company will stop buying soy from deforested land by the end of 2025 and will not use offsets to meet its targets. It owns 12 km² of forest."),
    ("heading 2", "What will change"),
    ("item 1 •", "All electricity will come from renewable sources by 2026."),
    ("item 1 •", "Suppliers must report their emissions every year."),
    ("paragraph", "“We owe this to our children,” said Jane Doe, Chief Executive."),
    ("caption", "Emissions in kilotonnes"),
    ("row", "Scope | 2021 | 2022"),
    ("row", "Scope 1 | 120 | 112"),
    ("paragraph", "Media contact: press@northwind.example"),
    ("furniture", "Related stories"),
    ("furniture", "Northwind opens a plant in Leeds"),
    ("furniture", "© 2023 Northwind Foods plc. All rights reserved."),
    ("furniture", "Privacy"),
]  # fmt: skip

POLICY = """<html lang="de"><head><title>Verhaltenskodex für Lieferanten</title>
<meta name="dcterms.date" content="2022-03-01"></head><body>
<div class="menu-wrapper"><div class="mainmenu"><a href="#">Start</a> <a href="#">Kontakt</a></div></div>
<div class="page"><div class="sidebar"><ul><li><a href="#2">2. Menschenrechte</a></li></ul></div>
<div class="policy-content">
<h1>Verhaltenskodex für Lieferanten</h1>
<p><b>1. Geltungsbereich</b></p>
<p>Dieser Kodex gilt für alle Lieferanten der Nordlicht AG.<br>Er gilt auch für deren Unterlieferanten.</p>
<p><b>2. Menschenrechte</b></p>
<p>Lieferanten müssen insbesondere:</p>
<ol type="a"><li>Zwangsarbeit ausschließen, darunter
<ul><li>Schuldknechtschaft und</li><li>den Einbehalt von Ausweisen;</li></ul></li>
<li>mindestens den gesetzlichen Mindestlohn zahlen.</li></ol>
<p><strong>Kinderarbeit.</strong> Wir dulden keine Kinderarbeit.</p>
<div class="accordion"><h3><button aria-expanded="false">Was geschieht bei Verstößen?</button></h3>
<div class="accordion-panel" style="display:none"><p>Wir beenden die Zusammenarbeit nach 90 Tagen.</p></div></div>
</div></div>
<div class="footer"><p>Nordlicht AG, Hafenstraße 1, Hamburg</p></div></body></html>"""
POLICY_BLOCKS = [
    ("furniture", "Start Kontakt"),
    ("furniture", "Menschenrechte"),
    ("heading 1", "Verhaltenskodex für Lieferanten"),
    ("heading 4", "1. Geltungsbereich"),
    ("paragraph", "Dieser Kodex gilt für alle Lieferanten der Nordlicht AG."),
    ("paragraph", "Er gilt auch für deren Unterlieferanten."),
    ("heading 4", "2. Menschenrechte"),
    ("paragraph", "Lieferanten müssen insbesondere:"),
    ("item 1 a.", "Zwangsarbeit ausschließen, darunter"),
    ("item 2 •", "Schuldknechtschaft und"),
    ("item 2 •", "den Einbehalt von Ausweisen;"),
    ("item 1 b.", "mindestens den gesetzlichen Mindestlohn zahlen."),
    ("paragraph", "Kinderarbeit. Wir dulden keine Kinderarbeit."),
    ("heading 3", "Was geschieht bei Verstößen?"),
    ("paragraph", "Wir beenden die Zusammenarbeit nach 90 Tagen."),
    ("furniture", "Nordlicht AG, Hafenstraße 1, Hamburg"),
]

BLOG = """<html><head><title>Why we publish our pay data - Fernhill Blog</title>
<meta property="og:locale" content="en_US"><script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"Fernhill Blog"},
{"@type":"Organization","name":"Fernhill Inc."},{"@type":"BlogPosting","datePublished":"2021-11-02T09:00:00Z",
"author":{"@type":"Person","name":"Kim Poe"}}]}</script></head><body>
<div class="topbar"><span>Call us: 555 0100</span></div>
<div id="content"><div class="post"><h2 class="entry-title"><a href="/pay">Why we publish our pay data</a></h2>
<div class="entry"><div>We have published the pay of every grade since 2019. No other company in our market does so.</div>
<div><br></div>
<div><span>We will close the gap </span><span>by 2024</span><span>, and we will </span><b>not</b><span> lower anybody's
pay to do so.</span></div>
<div class="wp-caption"><img src="x.png" alt="A chart"><p class="wp-caption-text">Pay by grade, 2019 to 2021</p></div>
<pre>Grade  2019  2021
A        91    98</pre></div></div>
<div class="share-buttons"><a href="#">Tweet</a> <a href="#">Share</a></div>
<div id="comments"><h3>1 comment</h3><p>Great that you do this, I wish my employer did the same for all of us.</p></div>
</div></body></html>"""
BLOG_BLOCKS = [
    ("furniture", "Call us: 555 0100"),
    ("heading 2", "Why we publish our pay data"),
    ("paragraph", "We have published the pay of every grade since 2019. No other company in our market does so."),
    ("paragraph", "We will close the gap by 2024, and we will not lower anybody's pay to do so."),
    ("caption", "Pay by grade, 2019 to 2021"),
    ("row", "Grade | 2019 | 2021"),
    ("row", "A | 91 | 98"),
    ("furniture", "Tweet Share"),
    ("furniture", "1 comment"),
    ("furniture", "Great that you do this, I wish my employer did the same for all of us."),
]

CALL = """<html><head><title>Acme Corp (ACME) Q2 2022 Earnings Call Transcript</title></head><body>
<nav><a href="/">Home</a></nav><div class="article-body">
<h2>Prepared Remarks:</h2><p><strong>Operator</strong></p><p>Good day, and welcome to the Acme call.</p>
<p><strong>Jane Roe</strong> - <em>Chief Executive Officer</em></p>
<p>Thank you. We grew revenue by 12% in the quarter, and we did not raise prices.</p>
<h2>Questions &amp; Answers:</h2><p><strong>John Poe</strong> - <em>Beta Research -- Analyst</em></p>
<p>Hi. Will you raise prices next year?</p></div><footer>More ACME analysis</footer></body></html>"""
CALL_BLOCKS = [
    ("furniture", "Home"),
    ("heading 2", "Prepared Remarks:"),
    ("heading 4", "Operator"),
    ("paragraph", "Good day, and welcome to the Acme call."),
    ("paragraph", "Jane Roe - Chief Executive Officer"),
    ("paragraph", "Thank you. We grew revenue by 12% in the quarter, and we did not raise prices."),
    ("heading 2", "Questions & Answers:"),
    ("paragraph", "John Poe - Beta Research -- Analyst"),
    ("paragraph", "Hi. Will you raise prices next year?"),
    ("furniture", "More ACME analysis"),
]

CHINESE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>社会责任</title></head>
<body><div class="nav"><a href="/">首页</a> | <a href="/about">关于我们</a></div>
<div class="main"><h1>社会责任</h1>
<p>　　东方新材始终坚持绿色发展理念，
承诺到2030年实现碳达峰，
不再新建燃煤锅炉。</p>
<p><b>一、安全生产</b></p>
<p>　　公司坚持“安全第一、预防为主”的方针，<br>　　2022年未发生重大安全事故。</p>
<ul><li>员工每周工作时间不超过40小时；</li><li>加班须经员工同意。</li></ul>
<table border=1><tr><td>指标</td><td>2021年</td></tr><tr><td>员工人数</td><td>1,024</td></tr></table>
</div><div class="footer">版权所有 © 东方新材</div></body></html>"""
CHINESE_BLOCKS = [
    ("furniture", "首页 | 关于我们"),
    ("heading 1", "社会责任"),
    ("paragraph", "东方新材始终坚持绿色发展理念，承诺到2030年实现碳达峰，不再新建燃煤锅炉。"),
    ("heading 4", "一、安全生产"),
    ("paragraph", "公司坚持“安全第一、预防为主”的方针，2022年未发生重大安全事故。"),
    ("item 1 •", "员工每周工作时间不超过40小时；"),
    ("item 1 •", "加班须经员工同意。"),
    ("row", "指标 | 2021年"),
    ("row", "员工人数 | 1,024"),
    ("furniture", "版权所有 © 东方新材"),
]

NINETIES = """<HTML><HEAD><TITLE>Gamma Oil: Our Environment Policy</TITLE></HEAD><BODY BGCOLOR=#FFFFFF>
<TABLE WIDTH=600><TR><TD WIDTH=120 VALIGN=TOP><A HREF="index.html">Home</A><BR><A HREF="news.html">News</A></TD>
<TD><TABLE><TR><TD><CENTER><FONT SIZE=5><B>Our Environment Policy</B></FONT></CENTER>
<P>Gamma Oil has been a friend of the sea since 1923. We do not
flare gas at any of our platforms
<P>Every spill is reported to the authorities within one hour.<BR><BR>
Last year there were 3 spills.
<UL><LI>We train every crew twice a year<LI>We inspect every tank each month</UL>
<TABLE><TR><TD>&nbsp;</TD><TD><FONT FACE="Arial">Questions? Write to green@gamma.example.</FONT></TD></TR></TABLE>
</TD></TR></TABLE></TD></TR></TABLE>
<HR><CENTER><FONT SIZE=1>Copyright 1998 Gamma Oil</FONT></CENTER></BODY></HTML>"""
NINETIES_BLOCKS = [
    ("furniture", "Home"),
    ("furniture", "News"),
    ("heading 4", "Our Environment Policy"),
    ("paragraph", "Gamma Oil has been a friend of the sea since 1923. We do not flare gas at any of our platforms"),
    ("paragraph", "Every spill is reported to the authorities within one hour."),
    ("paragraph", "Last year there were 3 spills."),
    ("item 1 •", "We train every crew twice a year"),
    ("item 1 •", "We inspect every tank each month"),
    ("paragraph", "Questions? Write to green@gamma.example."),
    ("furniture", "Copyright 1998 Gamma Oil"),
]

FAQ = """<html lang="en"><head><title>Supplier FAQ</title></head><body><header><h1>Supplier FAQ</h1></header><main>
<dl><dt>Do you pay living wages?</dt><dd>Yes. Every site has paid a living wage since 2020.</dd>
<dt>Do you use agency workers?</dt><dd><p>Rarely.</p><p>Never for more than three months.</p></dd></dl>
<details><summary>How are audits done?</summary><p>Audits are unannounced.</p></details>
<table><tr><th>Topic</th><th>Our commitment</th></tr><tr><td>Water</td><td>We will cut our use of fresh water by 30
percent by 2030, measured per tonne of product against the year 2019, at every site in a region where water is scarce;
other sites report their use each year.</td></tr><tr><td>Waste</td><td>No waste goes to landfill.</td></tr></table>
</main></body></html>"""
FAQ_BLOCKS = [
    ("heading 1", "Supplier FAQ"),
    ("heading 6", "Do you pay living wages?"),
    ("paragraph", "Yes. Every site has paid a living wage since 2020."),
    ("heading 6", "Do you use agency workers?"),
    ("paragraph", "Rarely."),
    ("paragraph", "Never for more than three months."),
    ("heading 5", "How are audits done?"),
    ("paragraph", "Audits are unannounced."),
    ("row", "Topic | Our commitment"),
    ("heading 6", "Water"),
    ("paragraph", "We will cut our use of fresh water by 30 percent by 2030, measured per tonne of product against the year 2019, at every site in a region where water is scarce; other sites report their use each year."),
    ("row", "Waste | No waste goes to landfill."),
]  # fmt: skip
