"""The page of a round: everything in it is data, every control has a name, and it stays small."""

import base64
import hashlib
import re
from pathlib import Path

import pytest

from builders import edit
from stores import ROUND, made, small

from .pages import Element, many, parsed, rendered

CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


@pytest.fixture(scope="module")
def root(page: Path) -> Element:
    return parsed(page.read_bytes())


@pytest.fixture(scope="module")
def english(page: Path) -> Element:
    return parsed(page.with_name("index.en.html").read_bytes())


def one(element: Element, tag: str = "", **wanted: str) -> Element:
    (found,) = element.all(tag, **wanted)
    return found


def test_each_region_stands_once_in_the_order_of_codes_with_its_counts(root: Element) -> None:
    rows = one(root, "tbody", id="list").all("tr")
    assert [row.attributes["data-name"] for row in rows] == ["全国 100000", "内蒙古自治区 150000", "通辽市 150500"]
    nation = [cell.text for cell in rows[0].all("td")]
    assert nation[1:9] == ["全国", "32", "5", "1", "21", "5", "83.3", "18.8"]
    assert rows[2].all("td")[1].text == "盟市 内蒙古自治区"


@pytest.mark.parametrize(
    ("kind", "heads", "told"),
    [
        ("final", ["达标率%", "可评率%"], "达标率＝达标÷"),
        ("baseline", ["期初已达%", "可评率%"], "不计算达标率；期初已达率"),
        ("midterm", [], "目标尚未到期，不计算达标率。"),
    ],
)
def test_rates_are_those_that_the_reports_of_the_kind_print(
    kind: str, heads: list[str], told: str, page: Path, tmp_path: Path
) -> None:
    where = small(tmp_path)
    edit(where.params / "rounds" / f"{ROUND}.yaml", "kind: final", f"kind: {kind}")
    root = parsed(rendered(where, made(where), ["100000"], tmp_path))
    listed = [head.text for head in root.all("table")[0].all("th", scope="col")]
    assert [head for head in listed if "%" in head] == heads
    assert told in one(root, "section", id="regions").text


def test_each_format_is_a_link_with_a_name_and_a_size_and_the_notebook_is_none(root: Element) -> None:
    row = one(root, "tbody", id="list").all("tr")[0]
    links = [(a.attributes["href"], a.attributes["aria-label"], a.text) for a in row.all("a")]
    assert links == [
        ("100000-名%20称.pdf", "全国，PDF，1.2 KB", "PDF 1.2 KB"),
        ("100000-名%20称.csv", "全国，CSV，1.2 KB", "CSV 1.2 KB"),
        ("100000-名%20称.en.pdf", "全国，English，PDF，1.2 KB", "PDF"),
        ("100000-名%20称.en.csv", "全国，English，CSV，1.2 KB", "CSV"),
    ]
    assert [a.attributes.get("hreflang") for a in row.all("a")] == [None, None, "en", "en"]


def test_a_region_has_a_chart_of_each_main_indicator_that_states_its_finding(root: Element) -> None:
    table = root.all("table")[0]
    assert [head.text for head in table.all("th", scope="col")][-2:] == ["孕产妇死亡率", "婴儿死亡率"]
    nation, _, league = one(root, "tbody", id="list").all("tr")
    charts = nation.all("svg", role="img")
    assert [one(chart, "title").text for chart in charts] == [
        "全国：2020年孕产妇死亡率为16.9/10万，目标为不高于20/10万，结论为达标。",
        "全国：2020年婴儿死亡率为5.4‰，目标为不高于10‰，结论为达标。",
    ]
    assert one(charts[0], "desc").text.startswith("2010年30.0/10万、2011年")
    assert [cell.text for cell in league.all("td")][-2:] == ["—", "—"]  # no figures of it are published


def test_a_chart_is_drawn_with_classes_and_a_line_that_no_missing_year_crosses(root: Element) -> None:
    province = one(root, "tbody", id="list").all("tr")[1]
    chart = province.all("svg", role="img")[0]
    paths = {path.attributes["class"]: path.attributes["d"] for path in chart.all("path")}
    assert "goal" in paths
    told = one(chart, "desc").text
    known = [int(year) for year in re.findall(r"(\d{4})年\d", told.partition("；")[0])]
    runs = sum(year - 1 not in known for year in known)
    assert paths["line"].count("M") == runs > 1
    assert paths["line"].count("L") == len(known) - runs
    assert "；缺" in told


def test_every_verdict_is_a_word_as_well_as_a_class(root: Element, page: Path) -> None:
    rows = one(root, "tbody", id="cells").all("tr")
    letters = {
        row.attributes["data-name"].split()[-1]: row.attributes["data-v"]
        for row in root.all("tr")
        if "data-v" in row.attributes
    }
    words = {"m": "达标", "n": "未达标", "d": "无数据", "p": "待评", "x": "不适用"}
    for row in rows:
        cells = row.all("td")
        assert "".join(cell.attributes["class"] for cell in cells) == letters[row.attributes["data-code"]]
        assert [cell.text for cell in cells] == [words[cell.attributes["class"]] for cell in cells]
    heads = root.all("table")[1].all("abbr")
    assert len(heads) == len(rows[0].all("td")) == 37


def test_what_is_data_is_never_markup(root: Element) -> None:
    assert root.all("img") == []
    assert one(root, "h1").text == '<img src=x onerror="alert(1)"> & "两纲"'
    assert not [name for element in root.all() for name in element.attributes if name.startswith(("on", "style"))]


def test_nothing_comes_from_elsewhere(root: Element, page: Path) -> None:
    policy = one(root, "meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    for tag in ("style", "script"):
        text = re.search(f"<{tag}>(.*?)</{tag}>", page.read_text(encoding="utf-8"), re.DOTALL)
        assert text
        digest = base64.b64encode(hashlib.sha256(text[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    addresses = [e.attributes[name] for e in root.all() for name in ("href", "src", "action") if name in e.attributes]
    assert not [address for address in addresses if ":" in address or address.startswith("/")]


def test_it_is_usable_with_keyboard_and_screen_reader(root: Element) -> None:
    assert one(root, "html").attributes["lang"] == "zh-CN"
    assert len(root.all("h1")) == len(root.all("main")) == len(root.all("header")) == 1
    ids = [e.attributes["id"] for e in root.all() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    labels = {label.attributes["for"] for label in root.all("label")}
    assert labels == {e.attributes["id"] for tag in ("input", "select") for e in root.all(tag)}
    assert all(table.all("caption") for table in root.all("table"))
    assert all(th.attributes.get("scope") for th in root.all("th"))
    referred = [e.attributes["aria-labelledby"] for e in root.all() if "aria-labelledby" in e.attributes]
    referred += [a.attributes["href"][1:] for a in root.all("a") if a.attributes["href"].startswith("#")]
    assert set(referred) <= set(ids)
    assert one(root, id="count").attributes["aria-live"] == "polite"
    assert {e.attributes["tabindex"] for e in root.all() if "tabindex" in e.attributes} == {"0"}  # in reading order
    assert all(a.attributes.get("aria-label") or a.text for a in root.all("a"))
    for drawn in root.all("svg"):
        assert drawn.attributes.get("aria-hidden") or one(drawn, "title").text
    assert "hidden" in one(root, "form").attributes  # without JavaScript there is nothing that does not work


def test_each_page_names_the_other_and_its_own_language(root: Element, english: Element) -> None:
    for page, own, others in ((root, "zh-CN", [("en", "index.en.html")]), (english, "en", [("zh-CN", "index.html")])):
        assert one(page, "html").attributes["lang"] == own
        (head,) = page.all("link", rel="alternate")
        links = [head, *one(page, "header").all("a")]
        assert [(link.attributes["hreflang"], link.attributes["href"]) for link in links] == others * 2
        assert one(page, "header").all("a")[0].attributes["lang"] == others[0][0]


def test_the_english_page_has_the_english_files_and_no_chinese(english: Element) -> None:
    addresses = [a.attributes["href"] for a in english.all("a") if "." in a.attributes["href"]]
    assert addresses[0] == "index.html"
    assert all(".en." in address for address in addresses[1:])
    assert len(addresses) == 1 + 3 * 2 + 1
    (link,) = one(english, "header").all("a")
    link.words = ""
    assert not CHINESE.search(english.text.replace("两纲", ""))  # but in the title of the test's own round
    told = [value for e in english.all() for name, value in e.attributes.items() if name not in ("href", "content")]
    assert not [value for value in told if CHINESE.search(value)]


def test_both_pages_have_the_same_figures(root: Element, english: Element) -> None:
    own, other = (
        [[cell.text for cell in row.all("td", **{"class": "num"})] for row in one(page, "tbody", id="list").all("tr")]
        for page in (root, english)
    )
    assert own == other
    drawn = [[path.attributes["d"] for path in page.all("path")] for page in (root, english)]
    assert drawn[0] == drawn[1] != []


def test_the_focus_is_seen_and_nothing_moves(page: Path) -> None:
    style = re.search("<style>(.*?)</style>", page.read_text(encoding="utf-8"), re.DOTALL)
    assert style
    assert ":focus-visible { outline: 3px" in style[1]
    assert "outline: none" not in style[1]
    assert not re.search("transition|animation|scroll-behavior", style[1])


def test_colours_of_text_are_far_enough_from_their_ground(page: Path) -> None:
    """WCAG 2: a contrast of 4.5 for text; the pairs that the style sheet sets."""
    ground = {"--blue": "#ffffff", "--orange": "#ffffff", "--grey": "#f4f6f8", "--ink": "#e3e3e3"}
    colours = dict(re.findall(r"(--\w+): (#[0-9a-f]{6})", page.read_text(encoding="utf-8")))
    for name, other in ground.items():
        assert contrast(colours[name], other) >= 4.5, name
    assert contrast("#00568a", "#ffffff") >= 4.5


def contrast(one_colour: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, light = sorted((luminance(one_colour), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_three_thousand_regions_stay_below_five_million_bytes(tmp_path: Path) -> None:
    where = small(tmp_path / "p")
    codes, store = many(where, 3000)
    folder = tmp_path / "r"
    folder.mkdir()
    page = rendered(where, store, codes, folder)
    assert len(page) < 5_000_000
    root = parsed(page)
    assert len(one(root, "tbody", id="list").all("tr")) == 3000
    assert len(one(root, "tbody", id="cells").all("tr")) == 300  # the leagues


def test_the_same_round_gives_the_same_bytes(page: Path, tmp_path: Path) -> None:
    where = small(tmp_path / "p")
    store = made(where)
    assert rendered(where, store, ["100000"], tmp_path) == rendered(where, store, ["100000"], tmp_path)
