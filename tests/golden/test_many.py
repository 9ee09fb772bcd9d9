"""Many reports side by side: none fails, none carries another's figures, nothing is left."""

import shutil
from pathlib import Path

import pypdf
import pytest

from endline.params import Params
from endline.project import Project
from endline.store import Store
from runs import endline, manifest, new_project, processes_of, replace

ROUND = "simulated-2020"


@pytest.mark.slow
def test_200_regions_on_8_workers_three_times(tmp_path: Path) -> None:
    project = new_project(tmp_path / "p")
    temporary = tmp_path / "t"
    temporary.mkdir()
    assert endline(project, "simulate", "--counties", "193").code == 0
    replace(project / f"params/rounds/{ROUND}.yaml", "dataset: simulated\n", "dataset: simulated-193\n")
    for _ in range(3):
        shutil.rmtree(project / "reports", ignore_errors=True)
        ran = endline(project, "run", ROUND, "--region", "**", "--jobs", "8", TMPDIR=str(temporary))
        assert ran.code == 0, ran.err
        where = Project(project)
        store = Store.ensure(where, Params(where), ROUND)
        digests = store.digests(store.codes())
        assert len(set(digests.values())) == len(digests) >= 200
        folder = project / "reports" / ROUND
        entries = manifest(project, ROUND)
        assert {code: entry["state"] for code, entry in entries.items()} == dict.fromkeys(digests, "made")
        for code, entry in entries.items():
            cover = pypdf.PdfReader(folder / f"{code}-{entry['name']}.pdf").pages[0].extract_text()
            assert digests[code] in "".join(cover.split()), code
        assert len(list(folder.glob("*.pdf"))) == len(digests)
        assert list(temporary.iterdir()) == []
        assert not list(folder.glob(".*.part"))
        assert processes_of(project) == []
