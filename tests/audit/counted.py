"""The counts that a report states (how many targets, indicators, regions), counted again from what it lists.

A sentence or alt text whose numbers are counts matches one of the forms here; `verdicts` are those of the second look.
"""

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from audit.judged import Round
from audit.told import Piece, Told

OPEN = ("未达标", "无数据", "待评")
# A count before the names of what is counted.
LISTED = re.compile(r"(\d+)项(?:定性目标，见“[^”]*”|目标不适用于[^，]*，不作评价|（[^（]*）)：([^。]+)。")
PROBLEM = re.compile(
    r"(?:^|[；：])\d+\. 有(\d+)项"
    r"(目标未达标|目标达标但数值比基期退步|指标呈不利方向的变化趋势|目标没有可用数据|指标终期年事件数过少)"
)
TOTAL = re.compile(
    r"共(\d+)项计数目标：达标(\d+)项，未达标(\d+)项，无数据(\d+)项，待评(\d+)项（(\d+)＋(\d+)＋(\d+)＋(\d+)＝(\d+)）。"
)
MET_RATE = re.compile(r"达标率＝达标÷（达标＋未达标）＝(\d+)÷（(\d+)＋(\d+)）＝([\d.]+)%")
JUDGED_RATE = re.compile(r"可评率＝（达标＋未达标）÷全部＝(?:（(\d+)＋(\d+)）|0)÷(\d+)＝([\d.]+)%")
OTHERS = [
    re.compile(r"另有\d+项目标不适用于本级|载于策略措施(?:或正文)?的\d+项目标"),
    re.compile(r"定性目标共\d+项|已评定\d+项，待评\d+项"),
    re.compile(r"以下\d+项目标未达标、无数据或待评"),
    re.compile(r"所辖\d+个(?:省级地区|盟市|县级单位)|有\d{4}年数值的最多\d+个"),
    re.compile(r"^目标对照图：\d+项.*?不能比较"),
    re.compile(r"(?:控制限的|控制限之内的|没有数值的)\d+个"),
    re.compile(r"^漏斗图：\d+个地区|^地区示意图：\d+个地区|^分面折线图：\d+个地区|的\d+个(?=[、；])"),
    re.compile(r"共\d+条，上升\d+条、下降\d+条、不变\d+条、缺数\d+条"),
    re.compile(r"\d+个(?:省级地区|盟市|县级单位)中只画\d{4}年分母最大、数值最稳定的\d+个"),
]


def without_counts(text: str) -> str:
    """Return a text without the numbers that are counts, which `Counts` counts again."""
    for form in (LISTED, PROBLEM, TOTAL, MET_RATE, JUDGED_RATE, *OTHERS):
        text = form.sub(lambda found: re.sub(r"\d+(?:\.\d+)?(?=[项个条＋÷＝%）])", "〇", found[0]), text)
    return text


class Counts:
    """The counts of one report against its lists and the second look at its verdicts."""

    def __init__(self, told: Told, round_: Round, adverse: set[str]) -> None:
        self.told, self.round, self.code, self.adverse = told, round_, told.code, adverse
        self.judged = [(clause, t, round_.judge(told.code, t)) for clause, t in round_.targets]
        self.checked, self.wrong = Counter[str](), list[str]()

    def compare(self, kind: str, said: object, found: object) -> None:
        """Note a count, and that it is wrong."""
        self.checked[kind] += 1
        if said != found:
            self.wrong.append(f"{kind}: the report says {said!r}, counted are {found!r}")

    def run(self) -> "Counts":
        """Count everything again."""
        counted = Counter(j.verdict for _, t, j in self.judged if t.get("counted", True))
        apart = [j for _, t, j in self.judged if not t.get("counted", True) and j.verdict != "不适用"]
        everything = sum(counted.values()) - counted["不适用"]
        for piece in self.told.prose:
            self._totals(piece.text, counted, everything)
            self._lists(piece)
            for pattern, number in {
                r"另有(\d+)项目标不适用于本级": counted["不适用"],
                r"载于策略措施[^，。]*的(\d+)项目标": len(apart),
                r"定性目标共(\d+)项": counted["待评"],
                r"，待评(\d+)项。没有佐证": counted["待评"],
                r"以下(\d+)项目标未达标": sum(j.verdict in OPEN for *_, j in self.judged),
                r"所辖(\d+)个": len(self._children()),
            }.items():
                if said := re.search(pattern, piece.text):
                    self.compare(pattern, int(said[1]), number)
        self._tables(counted)
        self._charts()
        return self

    def _children(self) -> list[str]:
        return [c for c, r in self.round.regions.items() if r["parent"] == self.code and self.round._exists(c)]

    def _totals(self, text: str, counted: Mapping[str, int], everything: int) -> None:
        met, missed = counted["达标"], counted["未达标"]
        four = [counted[verdict] for verdict in ("达标", *OPEN)]
        if said := TOTAL.search(text):
            self.compare("total", list(map(int, said.groups())), [everything, *four, *four, everything])
            self.compare("reconciled", sum(map(int, said.groups()[1:5])), int(said[1]))
        if said := MET_RATE.search(text):
            self.compare("rate", [*map(int, said.groups()[:3]), said[4]], [met, met, missed, share(met, met + missed)])
        if said := JUDGED_RATE.search(text):
            self.compare("assessability", (int(said[3]), said[4]), (everything, share(met + missed, everything)))

    def _lists(self, piece: Piece) -> None:
        for said in LISTED.finditer(piece.text):
            self.compare("listed", int(said[1]), len(said[2].split("；")))
        verdicts = {label: [t["label"] for _, t, j in self.judged if j.verdict == label] for label in OPEN}
        for label in OPEN:
            if said_names := re.match(rf"{label}目标(?:（[^）]*）)?：(.*)。$", piece.text):
                own = [t["label"] for _, t, j in self.judged if j.verdict == label and t.get("counted", True)]
                self.compare(f"by name {label}", said_names[1].split("；"), own)
        for said in PROBLEM.finditer(piece.text):
            kind, number = said[2], int(said[1])
            if kind in ("目标未达标", "目标没有可用数据"):
                self.compare(kind, number, len(verdicts["未达标" if "未达标" in kind else "无数据"]))
            elif kind == "指标呈不利方向的变化趋势":
                self.compare(kind, number, len(self.adverse))
            if names := re.match(r"\d+\. 有\d+项[^。]*。[^：]*：(.*)。$", piece.text):
                self.compare(f"names of {kind}", number, len(names[1].split("；")))

    def _tables(self, counted: Mapping[str, int]) -> None:
        for row in self.told.table("目标评价结果计数"):
            outline = row["纲要"]
            own = Counter(
                j.verdict
                for clause, t, j in self.judged
                if t.get("counted", True) and outline in (clause.split()[0], "合计")
            )
            own.pop("不适用", None)
            for verdict in ("达标", *OPEN):
                self.compare(f"table {outline} {verdict}", int(row[verdict]), own[verdict])
            self.compare(f"table {outline} sum", int(row["合计"]), sum(own.values()))
            judged = own["达标"] + own["未达标"]
            self.compare(f"table {outline} rate", row["达标率%"], share(own["达标"], judged))

    def _charts(self) -> None:
        (bars,) = [p.text for p in self.told.pieces if p.text.startswith("条形图：")]
        for row in self.told.table("目标评价结果计数")[: bars.count("纲要")]:
            told = f"{row['纲要']}共{row['合计']}项，" + "、".join(f"{v}{row[v]}项" for v in ("达标", *OPEN))
            self.compare("bar", told in bars, True)
        for piece in self.told.pieces:
            if said := re.match(
                r"目标对照图：(\d+)项.*?，(.*?)；较基期，(\d+)项好转、(\d+)项变差、(\d+)项不变、(\d+)项缺数", piece.text
            ):
                states = sum(int(n) for n in re.findall(r"\D(\d+)项", said[2]))
                self.compare("rows of the spine", int(said[1]), states)
                self.compare("moves of the spine", int(said[1]), sum(map(int, said.groups()[2:])))
            if piece.text.startswith("地区示意图："):
                self.compare("tiles", piece.text.split("个地区")[0], f"地区示意图：{len(self._tiles(piece))}")
                shares = {r["地区"]: r["达标/有结论"] for r in self.told.table("达标项数与可判定项数")}
                self.compare("met by tile", dict(self._tiles(piece)), {k: v for k, v in shares.items() if "/" in v})
            if piece.text.startswith("漏斗图："):
                rows = self.told.table("漏斗图中")
                self._funnel(piece.text, Counter(r["位置"] for r in rows), len(rows))

    def _tiles(self, piece: Piece) -> list[tuple[str, str]]:
        return re.findall(r"([^、；\d]+)(\d+/\d+)(?=、|$)", piece.text)

    def _funnel(self, text: str, places: Mapping[str, int], regions: int) -> None:
        for words in ("高于99.8%控制限", "低于99.8%控制限", "高于95%控制限", "低于95%控制限", "95%控制限之内"):
            said = re.search(rf"(?:；|^){words}的(\d+)个", text)
            self.compare(f"funnel {words}", int(said[1]) if said else 0, places[words])
        self.compare("points of the funnel", text.split("个地区")[0], f"漏斗图：{regions}")


def share(part: int, whole: int) -> str:
    """Return a per cent with one decimal, rounded half up; `—` of nothing."""
    return str((Decimal(100 * part) / whole).quantize(Decimal("0.1"), "ROUND_HALF_UP")) if whole else "—"
