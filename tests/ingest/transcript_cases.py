"""Made-up transcripts in the layouts of publishers, and documents that look like one and are none.

A line is a block: "# " a heading, "- " an entry of a list, "| " a row, anything else a paragraph. Each expected turn is
speaker, role, part and first words, parted by " | ".
"""

from __future__ import annotations

TRANSCRIPTS: dict[str, tuple[str, str]] = {
    "numbered, a line each": (
        """
        Q3 2023 Nordlicht Corp Earnings Call
        # Corporate Participants
        - Mara Lindqvist
        Nordlicht Corp - CEO & Director
        - Tomas Aldén
        Nordlicht Corp - IR Contact
        # Conference Call Participants
        - Priya Raman Iyer
        Fjord Securities, Research Division - MD
        # Presentation
        Operator    [1]
        Good day, and welcome. I'd like to turn the call over to Tomas Aldén.
        Tomas Aldén,  Nordlicht Corp - IR Contact    [2]
        Thank you. Some of what you hear is forward-looking.
        Actual results may differ.
        Mara Lindqvist,  Nordlicht Corp - CEO & Director    [3]
        Thanks, Tomas. We sold more turbines than last year.
        # Questions and Answers
        Operator    [1]
        The first question comes from Priya Iyer with Fjord.
        Priya Raman Iyer,  Fjord Securities, Research Division - MD    [2]
        Could you talk about margins?
        Mara Lindqvist,  Nordlicht Corp - CEO & Director    [3]
        Sure. Margins will hold. [indiscernible] we think.
        # Definitions
        PRELIMINARY TRANSCRIPT: published by a professional transcriber.
        """,
        """
        Operator | operator | p | Good day
        Tomas Aldén | management | p | Thank you.
        Mara Lindqvist | management | p | Thanks, Tomas.
        Operator | operator | q | The first question
        Priya Raman Iyer | analyst | q | Could you
        Mara Lindqvist | management | q | Sure.
        """,
    ),
    "numbered, label and speech joined": (
        """
        Q1 2024 Halden Inc Earnings Call
        Presentation Operator [1] Welcome to the call.
        Rosa Venn, Halden Inc - CFO [2] Thank you all. Revenue grew.
        Questions and Answers Operator [1] First question is from Ulf Gray.
        Ulf Gray, Pale Capital - Analyst [2] What about capex?
        Rosa Venn, Halden Inc - CFO [3] It will be lower, I think.
        """,
        """
        Operator | operator | p | Welcome to
        Rosa Venn | management | p | Thank you all
        Operator | operator | q | First question
        Ulf Gray | analyst | q | What about
        Rosa Venn | management | q | It will be
        """,
    ),
    "name -- role, participants at the end": (
        """
        # Halden (HLD) Q2 2022 Earnings Call Transcript
        # Prepared Remarks:
        Operator
        Good morning and welcome to the Halden second quarter 2022 earnings call.
        Rosa Venn -- Director of Investor Relations
        Thanks. With me today is Kip Marlowe. Please note our safe harbor statement.
        Kip Marlowe -- President and Chief Executive Officer
        Thank you, Rosa. We closed two plants.
        We will not close another.
        # Questions & Answers:
        Operator
        Your first question comes from the line of Dee Okafor with Bank of Sundry. Your line is open.
        Dee Okafor -- Bank of Sundry -- Analyst
        Thanks. Is the closure final?
        Kip Marlowe -- President and Chief Executive Officer
        Yes, it is.
        Operator
        [Operator signoff]
        Duration: 61 minutes
        # Call participants:
        Rosa Venn -- Director of Investor Relations
        Kip Marlowe -- President and Chief Executive Officer
        Dee Okafor -- Bank of Sundry -- Analyst
        More HLD analysis
        """,
        """
        Operator | operator | p | Good morning
        Rosa Venn | management | p | Thanks. With me
        Kip Marlowe | management | p | Thank you, Rosa
        Operator | operator | q | Your first
        Dee Okafor | analyst | q | Thanks. Is
        Kip Marlowe | management | q | Yes, it is
        Operator | operator | q | [Operator signoff]
        """,
    ),
    "bare names under lists of both sides": (
        """
        # Company Participants
        Kip Marlowe - Chief Executive Officer
        Rosa Short - Chief Financial Officer
        # Conference Call Participants
        Dee Okafor - Bank of Sundry
        Lou Read - Vertigo
        Operator
        Good afternoon. I will turn the call over to Kip Marlowe. Please go ahead.
        Kip Marlowe
        Thank you. Our goal is the same.
        Rosa Short
        Cash flow was strong.
        Question-and-Answer Session
        Operator
        Thank you. We will take a question from Lou Read.
        Lou Read
        Hi, thanks. How about debt?
        Rosa Short
        We will repay it.
        Unidentified Analyst
        And after that?
        Kip Marlowe
        Then we invest.
        """,
        """
        Operator | operator | p | Good afternoon
        Kip Marlowe | management | p | Thank you.
        Rosa Short | management | p | Cash flow
        Operator | operator | q | Thank you.
        Lou Read | analyst | q | Hi, thanks
        Rosa Short | management | q | We will repay
        Unidentified Analyst | analyst | q | And after
        Kip Marlowe | management | q | Then we
        """,
    ),
    "name, title line, Q or A": (
        """
        # MANAGEMENT DISCUSSION SECTION
        Operator: Welcome to the Ostrava Steel call. Please go ahead, Mr. Vesely.
        Jan Vesely
        Chief Executive Officer, Ostrava Steel AS
        Thank you, operator. Good morning, everyone.
        ......................................................
        # QUESTION AND ANSWER SECTION
        Operator: Our first question comes from Mia Thorne.
        Mia Thorne
        Analyst, Quill Securities LLC Q
        Good morning. Do you still plan the new furnace?
        ......................................................
        Jan Vesely
        Chief Executive Officer, Ostrava Steel AS A
        We do, and I am sure it will open in May.
        """,
        """
        Operator | operator | p | Welcome
        Jan Vesely | management | p | Thank you, operator
        Operator | operator | q | Our first
        Mia Thorne | analyst | q | Good morning
        Jan Vesely | management | q | We do
        """,
    ),
    "<Q - name - bank>": (
        """
        <Q - Mia Thorne - Quill Securities LLC>: Good morning. Will you pay a dividend?
        <A - Jan Vesely - Ostrava Steel AS>: We will, I promise you.
        <Q - Mia Thorne - Quill Securities LLC>: And a special one?
        <A - Jan Vesely - Ostrava Steel AS>: No.
        """,
        """
        Mia Thorne | analyst | q | Good morning
        Jan Vesely | management | q | We will, I
        Mia Thorne | analyst | q | And a special
        Jan Vesely | management | q | No.
        """,
    ),
    "upper-case names, roles from what is announced": (
        """
        OPERATOR: Good day and welcome. I would now like to turn the call over to Wren Abbot. Please go ahead.
        WREN ABBOT: Thank you. Joining me is Gus Ferreira, our Chief Financial Officer.
        GUS FERREIRA: Good morning. Emissions fell by a tenth. Following my remarks we will take questions.
        That is a record.
        OPERATOR: We'll now take our first question, from the line of Sol Whitby with Dune Research. Please go ahead.
        SOL WHITBY: Thank you. What drove it?
        GUS FERREIRA: New boilers.
        ODA KRAUSE: If I may add, we also bought less coal.
        OPERATOR: Next we go to Ben Haller with Keel & Company.
        BENJAMIN HALLER: Hi. Did you buy offsets?
        ODA KRAUSE: We did not.
        """,
        """
        OPERATOR | operator | p | Good day
        WREN ABBOT | management | p | Thank you. Joining
        GUS FERREIRA | management | p | Good morning
        OPERATOR | operator | q | We'll now
        SOL WHITBY | analyst | q | Thank you. What
        GUS FERREIRA | management | q | New boilers
        ODA KRAUSE | management | q | If I may
        OPERATOR | operator | q | Next we go
        BENJAMIN HALLER | analyst | q | Hi. Did
        ODA KRAUSE | management | q | We did not
        """,
    ),
    "a name and a colon, the speech below": (
        """
        # Transcript of the annual results call
        Coordinator:
        Good morning, ladies and gentlemen. I hand over to Ines Duarte.
        Ines Duarte (CEO):
        Thank you and welcome. We opened forty shops.
        We will open forty more.
        Ruben Paz (CFO):
        Thank you, Ines. Debt is down.
        Coordinator:
        We now begin the question and answer session. The first question comes from Ada Moss of Reed Bank.
        Ada Moss (Reed Bank):
        Are forty shops too many?
        Ines Duarte (CEO):
        No, they are not.
        """,
        """
        Coordinator | operator | p | Good morning
        Ines Duarte | management | p | Thank you and
        Ruben Paz | management | p | Thank you, Ines
        Coordinator | operator | q | We now begin
        Ada Moss | analyst | q | Are forty
        Ines Duarte | management | q | No, they
        """,
    ),
    "the call of a bank": (
        """
        # Fjord Bank Fourth Quarter Earnings Conference Call
        Operator: Welcome to the Fjord Bank call. Please go ahead.
        Nils Berge, Fjord Bank - Head of Group Treasury: Thank you. Our lending grew.
        Operator: Our first question comes from Ida Stone with Reed Bank.
        Ida Stone, Reed Bank - Director: Thank you. Which loans grew?
        Nils Berge, Fjord Bank - Head of Group Treasury: Mortgages, I would say.
        """,
        """
        Operator | operator | p | Welcome
        Nils Berge | management | p | Thank you. Our
        Operator | operator | q | Our first
        Ida Stone | analyst | q | Thank you. Which
        Nils Berge | management | q | Mortgages
        """,
    ),
    "times beside names": (
        """
        Transcript: investor day
        Moderator (00:01):
        Good morning and welcome. Please welcome our chief executive officer, Ines Duarte.
        Ines Duarte (00:12):
        Thank you. I will keep it short: we are growing.
        Moderator (05:40):
        We go to the first question, from Ada Moss at Reed Bank.
        Ada Moss (05:52):
        Thanks. How fast?
        Ines Duarte (06:01):
        Fast enough, I think.
        """,
        """
        Moderator | operator | p | Good morning
        Ines Duarte | management | p | Thank you. I will
        Moderator | operator | q | We go to
        Ada Moss | analyst | q | Thanks. How
        Ines Duarte | management | q | Fast enough
        """,
    ),
    "an interpreter": (
        """
        Operator: Good day. The first question is from Hana Sato of Cedar Securities.
        Hana Sato, Cedar Securities - Analyst: Thank you for taking my question. [Foreign Language]
        [Interpreter]: How many plants will you close?
        Taro Mori, Acme - President and CEO: [Foreign Language] Thank you.
        [Interpreter]: We will close two plants.
        """,
        """
        Operator | operator | q | Good day
        Hana Sato | analyst | q | Thank you for
        Interpreter | analyst | q | How many
        Taro Mori | management | q | [Foreign
        Interpreter | management | q | We will close
        """,
    ),
    "chinese call": (
        """
        # 海川能源2023年度业绩说明会实录
        参会人员：董事长 章海川、董秘 柳小溪、泰和证券 贺一鸣
        主持人：各位投资者大家好，欢迎参加本次业绩说明会，下面有请章海川先生介绍情况，随后进入问答环节。
        董事长章海川：谢谢主持人。公司去年减排百分之十。
        今年将继续减排。
        主持人：下面进入问答环节，请泰和证券的贺一鸣提问。
        泰和证券 贺一鸣：谢谢。请问今年的资本开支计划？
        柳小溪：感谢您的提问。今年不超过五亿元。
        投资者：公司会分红吗？
        章总：会的，谢谢您。
        """,
        """
        主持人 | operator | p | 各位投资者
        章海川 | management | p | 谢谢主持人
        主持人 | operator | q | 下面进入
        贺一鸣 | analyst | q | 谢谢。请问
        柳小溪 | management | q | 感谢您
        投资者 | analyst | q | 公司会分红
        章总 | management | q | 会的
        """,
    ),
    "chinese minutes, only answers marked": (
        """
        # 投资者关系活动记录表
        | 上市公司接待人员姓名 | 董事会秘书 柳小溪
        1、公司今年的产能如何？
        答：产能保持稳定。
        二期将于明年投产。
        2、请介绍海外业务的情况。
        答：海外收入占比为三成。
        3、是否有再融资计划？答：目前没有。
        """,
        """
        None | analyst | q | 1、公司今年
        None | management | q | 产能保持
        None | analyst | q | 2、请介绍
        None | management | q | 海外收入
        None | analyst | q | 3、是否有
        None | management | q | 目前没有
        """,
    ),
    "chinese question and reply of a platform": (
        """
        投资者提问：贵公司的废水是否达标排放？
        公司回复：您好，公司废水全部达标排放。感谢您的关注！
        """,
        """
        None | analyst | q | 贵公司
        None | management | q | 您好
        """,
    ),
    "chinese questions and answers in one block": (
        """
        2023年5月调研纪要
        问题1：公司如何看待价格走势？回答：价格将保持平稳。问题2：库存如何？回答：库存处于低位。
        """,
        """
        None | analyst | q | 公司如何
        None | management | q | 价格将
        None | analyst | q | 库存如何
        None | management | q | 库存处于
        """,
    ),
    "japanese call": (
        """
        # 2024年3月期 決算説明会 書き起こし
        司会：ただいまより決算説明会を始めます。社長の青木より説明いたします。質疑応答は説明の後に行います。
        代表取締役社長 青木一郎：本日はありがとうございます。売上は増えました。
        来期も増やします。
        司会：これより質疑応答に移ります。
        あさひ証券 石田：ご説明ありがとうございます。投資計画を教えてください。
        青木一郎：計画に変更はございません。
        """,
        """
        司会 | operator | p | ただいま
        青木一郎 | management | p | 本日は
        司会 | operator | q | これより
        石田 | analyst | q | ご説明
        青木一郎 | management | q | 計画に
        """,
    ),
    "japanese summary of questions": (
        """
        # 主な質疑応答
        【質問】値上げの影響はどうか。
        【回答】数量は減っていない。
        Q2 為替の前提は。
        A2 一ドル百四十円である。
        Q「配当は増やすか」
        A「増やす予定だ」
        """,
        """
        None | analyst | q | 値上げ
        None | management | q | 数量は
        None | analyst | q | 為替の
        None | management | q | 一ドル
        None | analyst | q | 「配当
        None | management | q | 「増やす
        """,
    ),
    "german call": (
        """
        # Transkript der Telefonkonferenz zum dritten Quartal
        Moderatorin: Guten Tag, meine Damen und Herren, herzlich willkommen. Ich übergebe an Dr. Lena Vogt.
        Dr. Lena Vogt (Vorstandsvorsitzende): Vielen Dank. Wir haben den Ausstoß gesenkt.
        Im kommenden Jahr senken wir ihn weiter.
        Finanzvorstand Ole Kern: Danke, Lena. Die Marge ist stabil.
        Moderatorin: Wir kommen zur Fragerunde. Die erste Frage kommt von Jutta Frei, Privatbank Hold.
        Jutta Frei (Privatbank Hold): Danke. Was kostet das?
        Ole Kern: Ich denke, zehn Millionen Euro.
        """,
        """
        Moderatorin | operator | p | Guten Tag
        Lena Vogt | management | p | Vielen Dank
        Ole Kern | management | p | Danke, Lena
        Moderatorin | operator | q | Wir kommen
        Jutta Frei | analyst | q | Danke. Was
        Ole Kern | management | q | Ich denke
        """,
    ),
    "french call": (
        """
        # Conférence téléphonique – résultats annuels
        Opérateur : Bonjour, mesdames et messieurs. Je passe la parole à Luc Verdier.
        Luc Verdier, Président-directeur général : Merci. Nous avons réduit nos déchets.
        Opérateur : La première question est de Zoé Lamy, Banque Ondine.
        Zoé Lamy, Banque Ondine : Bonjour. Allez-vous continuer ?
        Luc Verdier, Président-directeur général : Oui, je vous le confirme.
        """,
        """
        Opérateur | operator | p | Bonjour, mes
        Luc Verdier | management | p | Merci.
        Opérateur | operator | q | La première
        Zoé Lamy | analyst | q | Bonjour. Allez
        Luc Verdier | management | q | Oui, je
        """,
    ),
    "spanish call": (
        """
        # Transcripción de la llamada de resultados
        Operadora: Buenos días y bienvenidos. Le cedo la palabra a Irene Soto.
        Irene Soto, Directora Financiera: Gracias. Los ingresos crecieron.
        Operadora: La primera pregunta viene de Hugo Prat, de Banco Sur.
        Hugo Prat, Banco Sur: Gracias. ¿Qué esperan para el próximo año?
        Irene Soto, Directora Financiera: Esperamos lo mismo, creo.
        """,
        """
        Operadora | operator | p | Buenos días
        Irene Soto | management | p | Gracias. Los
        Operadora | operator | q | La primera
        Hugo Prat | analyst | q | Gracias. ¿Qué
        Irene Soto | management | q | Esperamos
        """,
    ),
    "spanish interview, P and R": (
        """
        Entrevista con nuestra directora
        P: ¿Cuántas fábricas tiene la empresa?
        R: Tenemos cuatro.
        P: ¿Y cuántas tendrá?
        R: Cinco, en dos años.
        """,
        """
        None | analyst | q | ¿Cuántas
        None | management | q | Tenemos
        None | analyst | q | ¿Y cuántas
        None | management | q | Cinco
        """,
    ),
    "german interview, Frage and Antwort": (
        """
        Frage: Wie viele Werke schließen Sie?
        Antwort: Keines.
        Das bleibt so.
        Frage: Und im nächsten Jahr?
        Antwort: Auch keines.
        """,
        """
        None | analyst | q | Wie viele
        None | management | q | Keines
        None | analyst | q | Und im
        None | management | q | Auch keines
        """,
    ),
    "interview by names alone": (
        """
        # Interview
        Nora Quist: How did you come to run a shipyard?
        Emil Strand: I began as a welder. We had no yard then.
        Nora Quist: And today you build ferries. Are they electric?
        Emil Strand: All of them are, since last year.
        Nora Quist: Thank you. What comes next?
        Emil Strand: Larger ones.
        """,
        """
        Nora Quist | analyst | q | How did
        Emil Strand | management | q | I began
        Nora Quist | analyst | q | And today
        Emil Strand | management | q | All of
        Nora Quist | analyst | q | Thank you
        Emil Strand | management | q | Larger
        """,
    ),
    "questions and answers of a company's page": (
        """
        # Frequently asked questions
        # Do you test on animals?
        We do not test on animals.
        Nor do our suppliers.
        # Where are your shoes made?
        They are made in Portugal.
        # Can I return them?
        Within thirty days.
        """,
        """
        None | analyst | q | Do you test
        None | management | q | We do not
        None | analyst | q | Where are
        None | management | q | They are
        None | analyst | q | Can I
        None | management | q | Within
        """,
    ),
    "numbered questions with plain answers": (
        """
        # Shareholder Q&A
        Q1. Will the company buy back shares?
        The board has no such plan.
        Q2. Who audits the accounts?
        An independent firm does.
        Q3. Is the pension scheme funded?
        It is fully funded.
        The trustees confirm this.
        """,
        """
        None | analyst | q | Will the
        None | management | q | The board
        None | analyst | q | Who audits
        None | management | q | An independent
        None | analyst | q | Is the
        None | management | q | It is fully
        """,
    ),
    "several speakers in one block": (
        """
        Operator: Good day and welcome. I now turn the call over to Wren Abbot. Wren Abbot: Thank you. We grew by ten percent.
        Operator: The first question comes from Sol Whitby with Dune Research. Sol Whitby: Thanks. Why? Wren Abbot: Prices rose, I think.
        Sol Whitby: Thank you.
        Wren Abbot: You are welcome.
        """,
        """
        Operator | operator | p | Good day
        Wren Abbot | management | p | Thank you. We
        Operator | operator | q | The first
        Sol Whitby | analyst | q | Thanks. Why
        Wren Abbot | management | q | Prices rose
        Sol Whitby | analyst | q | Thank you
        Wren Abbot | management | q | You are
        """,
    ),
    "korean call": (
        """
        # 2023년 4분기 컨퍼런스콜 녹취록
        사회자: 안녕하세요. 지금부터 실적 발표를 시작합니다.
        김하늘 대표이사: 감사합니다. 매출이 증가했습니다.
        사회자: 첫 번째 질문 받겠습니다.
        한빛증권 이도현 애널리스트: 감사합니다. 투자 계획이 있습니까?
        김하늘 대표이사: 네, 계획대로 진행합니다.
        """,
        """
        사회자 | operator | p | 안녕하세요
        김하늘 | management | p | 감사합니다. 매출
        사회자 | operator | q | 첫 번째
        이도현 | analyst | q | 감사합니다. 투자
        김하늘 | management | q | 네,
        """,
    ),
    "a call of an Indian company": (
        """
        Moderator: Ladies and gentlemen, good day and welcome to the Acme Q1 FY24 earnings conference call. I now hand the conference over to Mr. Ravi Rao. Thank you and over to you, sir.
        Ravi Rao: Thank you. Good evening, everyone. Volumes grew by 8%.
        Moderator: Thank you. We will now begin the question-and-answer session. The first question is from the line of Anil Shah from Vista Securities. Please go ahead.
        Anil Shah: Sir, congratulations. What is the capex for the year?
        Ravi Rao: It is 400 crores.
        Sunil Mehta: To add to it, half of that is for solar.
        Moderator: The next question is from the line of Kavita Iyer from Peak AMC. Please go ahead.
        Kavita Iyer: My question is on debt.
        Sunil Mehta: Debt will come down.
        """,
        """
        Moderator | operator | p | Ladies
        Ravi Rao | management | p | Thank you. Good
        Moderator | operator | q | Thank you. We
        Anil Shah | analyst | q | Sir, cong
        Ravi Rao | management | q | It is 400
        Sunil Mehta | management | q | To add
        Moderator | operator | q | The next
        Kavita Iyer | analyst | q | My question
        Sunil Mehta | management | q | Debt will
        """,
    ),
    "the company leads through its call": (
        """
        Owen Pryce (Chief Executive): Good morning and thank you for coming. Sales are up.
        Harriet Cole (Finance Director): Thank you, Owen. Margins are up, too.
        Owen Pryce (Chief Executive): We are happy to take your questions. Alan, please.
        Alan Frost (Quarry): Thanks. What about pensions?
        Harriet Cole (Finance Director): The deficit is gone.
        Betty Hurd (Slate): I have a question on tax.
        Harriet Cole (Finance Director): It is 25 percent.
        """,
        """
        Owen Pryce | management | p | Good morning
        Harriet Cole | management | p | Thank you, Owen
        Owen Pryce | management | p | We are happy
        Alan Frost | analyst | q | Thanks. What
        Harriet Cole | management | q | The deficit
        Betty Hurd | analyst | q | I have a
        Harriet Cole | management | q | It is 25
        """,
    ),
    "a host and a guest": (
        """
        HOST: Welcome back. Today I have the founder of Acme, Sam Lee. Sam, welcome.
        SAM LEE: Thanks for having me.
        HOST: Do you really never use plastic?
        SAM LEE: Never, I promise.
        HOST: Thank you, Sam.
        """,
        """
        HOST | analyst | q | Welcome
        SAM LEE | management | q | Thanks
        HOST | analyst | q | Do you
        SAM LEE | management | q | Never
        HOST | analyst | q | Thank you
        """,
    ),
    "portuguese call": (
        """
        Operadora: Bom dia e bem-vindos à teleconferência. Passo a palavra ao senhor Caio Prado, diretor presidente.
        Caio Prado: Obrigado. A receita cresceu 5%.
        Operadora: Iniciaremos agora a sessão de perguntas e respostas. A primeira pergunta vem de Rita Luz, do Banco Leste.
        Rita Luz: Bom dia. E a dívida?
        Caio Prado: A dívida caiu.
        """,
        """
        Operadora | operator | p | Bom dia
        Caio Prado | management | p | Obrigado
        Operadora | operator | q | Iniciaremos
        Rita Luz | analyst | q | Bom dia. E
        Caio Prado | management | q | A dívida
        """,
    ),
    "chinese names in brackets": (
        """
        【主持人】大家好，欢迎各位。
        【章海川 董事长】谢谢大家。去年我们关停了两座电厂。
        【主持人】现在进入提问环节。
        【泰和证券 分析师】请问今年还会关停吗？
        【章海川 董事长】不会再关停了。
        """,
        """
        主持人 | operator | p | 大家好
        章海川 | management | p | 谢谢大家
        主持人 | operator | q | 现在进入
        泰和证券 分析师 | analyst | q | 请问今年
        章海川 | management | q | 不会再
        """,
    ),
    "chinese visitors and a company's name": (
        """
        游客123456：公司是否使用童工？
        海川能源：您好，公司严禁使用童工。
        游客654321：公司有无海外工厂？
        海川能源：您好，目前没有。
        """,
        """
        游客123456 | analyst | q | 公司是否
        海川能源 | management | q | 您好，公司
        游客654321 | analyst | q | 公司有无
        海川能源 | management | q | 您好，目前
        """,
    ),
    "an interview without labels": (
        """
        # Entretien avec Luc Verdier
        Quelle est votre priorité ?
        Réduire nos émissions.
        Et ensuite ?
        Continuer à les réduire.
        Avec quels moyens ?
        Dix millions d'euros par an.
        """,
        """
        None | analyst | q | Quelle
        None | management | q | Réduire
        None | analyst | q | Et ensuite
        None | management | q | Continuer
        None | analyst | q | Avec quels
        None | management | q | Dix
        """,
    ),
}

OTHERS: dict[str, str] = {
    "report with labels": """
        # Our targets
        Target: 2030
        Note: Figures are rounded.
        Progress: We cut emissions by 12% and you can see the effect.
        Target: Net zero by 2050
        Progress: On track. Thank you to our people.
        Scope 1: 12,000 tonnes
        Scope 2: 9,000 tonnes
        Human Rights: We respect them.
        Note: Restated.
        """,
    "board members over their lives": """
        # Board of Directors
        Jane Roe – Chair
        Jane joined the board in 2015. She was chief executive of a bank.
        John Doe – Chief Executive Officer
        John has led the company since 2019 and holds a degree in law.
        Ann Example – Independent Director
        Ann chairs the audit committee. She is a partner at a law firm.
        # Remuneration committee
        Jane Roe – Chair
        The committee met four times.
        """,
    "quarters": """
        Q1: Revenue of 20 million, up 3%.
        Q2: Revenue of 22 million, up 4%.
        Q3: Revenue of 21 million, flat.
        Q4: Revenue of 25 million, up 9%.
        A: audited figures.
        """,
    "facility sheet": """
        # Facilities
        Operator: Acme Energy
        Partner: Beta Oil
        Location: North Sea
        Operator: Gamma Gas
        Location: Gulf
        Capacity: 120,000 barrels
        """,
    "lettered list": """
        A. Scope of this policy. It applies to you and to all of us.
        B. Who must follow it? All employees.
        Q. Abbreviations.
        A. Definitions.
        F. Fines.
        """,
    "press release with quotes": """
        # Acme opens a plant
        Acme opened a plant in May. It will make batteries.
        "We are proud", said Jane Roe, Chief Executive Officer of Acme.
        Jane Roe, CEO: "This is a good day for us and for you."
        The plant will employ 300 people. It cost 200 million euros.
        Media contact: John Doe, +1 555 0100
        Investor contact: Ann Example, +1 555 0101
        About Acme: Acme makes batteries for ships and trains and has done so for a hundred years in four countries.
        """,
    "references with numbers": """
        # References
        Roe, J., Climate Policy [1] Journal of Examples, 2019.
        Doe, A., Water Use [2] Journal of Examples, 2020.
        Poe, E., Labour Law [4] Journal of Examples, 2021.
        """,
    "chinese notice": """
        证券代码：600000
        会议时间：2023年5月10日
        会议地点：公司会议室
        目标：到2030年减排三成。
        措施：建设光伏电站。
        目标：废水全部达标。
        措施：新建处理设施。
        安全：全年无重大事故，感谢全体员工。
        """,
    "german policy": """
        Zweck: Diese Richtlinie gilt für Sie und uns.
        Verantwortlich: Jana Muster
        Ziel: Wir achten die Menschenrechte.
        Maßnahme: Schulungen für alle.
        Ziel: Keine Kinderarbeit.
        Maßnahme: Prüfungen vor Ort.
        """,
    "questions as headings of a report": """
        # What drives us?
        We build houses that last. Our work began in 1950.
        # Strategy
        We grow in the north. The markets there are young.
        # How do we pay?
        Fairly and on time.
        """,
    "glossary": """
        Carbon Budget: The amount that may still be emitted.
        Just Transition: A change that leaves nobody behind.
        Living Wage: What a family needs. Your pay should reach it.
        Value Chain: All steps from raw material to you, the customer.
        """,
    "privacy policy": """
        # Privacy policy
        Controller: Acme GmbH, Jana Muster
        Your rights: You may ask us what we hold. Please write to us.
        Contact: privacy@example.com
        Your rights: You may object. Thank you for reading.
        """,
    "code of conduct with boxes": """
        # 1. Gifts
        We do not accept gifts of more than token value. Every employee must report gifts. This chapter explains what a gift is and who decides when there is doubt about it.
        Q: Can I accept a calendar?
        A: Yes, you can.
        # 2. Conflicts of interest
        You must avoid conflicts. A conflict exists where your own interest and that of the company part. Tell your manager at once, who will note it in the register and say what is to be done.
        Q: My brother runs a supplier. May I award the contract?
        A: No. Ask a colleague.
        # 3. Competition
        We compete fairly. We never agree prices with competitors, never divide markets and never rig bids. Whoever is approached by a competitor leaves the room and reports it. Training takes place every year.
        """,
    "stakeholders as headings": """
        # Stakeholders
        Investors
        We publish results every quarter and answer your questions.
        Employees
        We survey them every year. Thank you for taking part.
        Customers
        You can reach us at any hour.
        Investors
        We hold a capital markets day.
        Management
        It meets weekly.
        """,
    "chinese stakeholders": """
        股东：年度股东大会、业绩说明会、公告。
        员工：职工代表大会、满意度调查。您的意见很重要。
        客户：客户满意度调查、热线。
        投资者：路演、电话会。
        媒体：发布会。
        """,
    "signatures": """
        This report has been signed by the following persons on behalf of the registrant.
        Jane Roe
        Chief Executive Officer
        John Doe
        Chief Financial Officer
        Jane Roe
        Director
        I, Jane Roe, certify that: I have reviewed this report. Based on my knowledge it contains no untrue statement.
        I, John Doe, certify that: I have reviewed this report. You may rely on it.
        """,
    "testimonials": """
        # Our people
        We employ 3,000 people in nine countries and train each of them for five days a year, in class and on the job.
        Jane Roe, Engineer: "I love my job and you would, too."
        # Our suppliers
        Every supplier signs our code. We audit one in three each year and publish what we find, good or bad, on our website.
        John Doe, Supplier: "Thank you for the training."
        """,
}
