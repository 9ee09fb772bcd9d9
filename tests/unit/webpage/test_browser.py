"""The page in a browser: its search works, nothing is refused by its own policy, and it stands without JavaScript."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlencode

import pytest

from .pages import Element, parsed

REFUSED = "Content Security Policy"  # in what the browser logs when a policy refuses something
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(params=["found", pytest.param("installed", marks=pytest.mark.slow)])
def browser(request: pytest.FixtureRequest, tmp_path: Path) -> list[str]:
    """Return the command of a browser that this machine has; in a long test, one from Debian."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None and request.param == "installed":
        if not shutil.which("apt-get") or os.geteuid():
            pytest.skip("no Chromium, and no right to install Debian's")
        install = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
        if subprocess.run(install, capture_output=True, check=False, timeout=900).returncode:
            pytest.skip("no Chromium, and Debian's cannot be installed here")
        path = shutil.which("chromium")
    if path is None:
        pytest.skip("no Chromium on this machine")
    options = ["--headless", "--disable-gpu", f"--user-data-dir={tmp_path}", "--enable-logging=stderr"]
    return [path, *options, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def shown(browser: list[str], page: Path, **query: str) -> tuple[Element, str]:
    """Return the page as the browser has it after its script, and what the browser logged."""
    address = f"{page.as_uri()}?{urlencode(query)}"
    command = [*browser, "--dump-dom", address]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    return parsed(done.stdout), done.stderr.decode(errors="replace")


def visible(root: Element) -> tuple[list[str], list[str], str]:
    """Return the regions that are shown in the list and in the matrix, and the count that is told."""
    told = [
        [row.all("th")[0].words.strip() for row in body.all("tr") if "hidden" not in row.attributes]
        for body in (root.all("tbody", id="list") + root.all("tbody", id="cells"))
    ]
    return told[0], told[1], root.all("p", id="count")[0].text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["全国", "内蒙古自治区", "通辽市"]),
        ({"name": "通辽"}, ["通辽市"]),
        ({"name": "1500"}, ["内蒙古自治区"]),
        ({"level": "province"}, ["内蒙古自治区"]),
        ({"upper": "150000"}, ["通辽市"]),
        ({"verdict": "n"}, ["全国"]),
        ({"target": "3", "verdict": "m"}, ["全国", "内蒙古自治区"]),
        ({"target": "3", "verdict": "n"}, []),
        ({"level": "<script>"}, ["全国", "内蒙古自治区", "通辽市"]),
    ],
    ids=str,
)
def test_the_search_shows_the_regions_that_fit(
    browser: list[str], page: Path, query: dict[str, str], names: list[str]
) -> None:
    root, log = shown(browser, page, **query)
    assert visible(root) == (names, names, f"显示{len(names)}个地区，共3个。")
    assert "hidden" not in root.all("form")[0].attributes
    assert REFUSED not in log
    assert "Uncaught" not in log


def test_the_english_page_searches_english_names_and_counts_in_english(browser: list[str], page: Path) -> None:
    root, log = shown(browser, page.with_name("index.en.html"), name="tong")
    assert visible(root) == (["Tongliao"], ["Tongliao"], "1 of 3 regions shown.")
    assert REFUSED not in log
    assert "Uncaught" not in log


def test_without_javascript_everything_is_shown_and_no_control_is(browser: list[str], page: Path) -> None:
    """As where it is off: the copy's policy refuses the script."""
    copy = page.with_name("copy.html")
    text = page.read_text(encoding="utf-8")
    copy.write_text(re.sub("script-src &#39;.*?&#39;", "script-src &#39;none&#39;", text), encoding="utf-8")
    root, log = shown(browser, copy, name="通辽")
    assert REFUSED in log
    assert visible(root)[0] == ["全国", "内蒙古自治区", "通辽市"]
    assert "hidden" in root.all("form")[0].attributes
    assert visible(root)[2] == "共3个地区。"


def test_it_can_be_printed(browser: list[str], page: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "page.pdf"
    command = [*browser, "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri()]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    assert pdf.read_bytes().startswith(b"%PDF-")
