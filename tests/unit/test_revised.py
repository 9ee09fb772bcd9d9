"""The rows of the table of revised figures."""

import pandas as pd

from endline.intake.vintages import COLUMNS
from endline.params import Params
from endline.revised import revision_rows
from endline.wording import Wording


def test_a_row_a_revised_figure(params: Params) -> None:
    facts = dict.fromkeys(COLUMNS, "") | {"year": 2020, "vintage": "preliminary", "latest_vintage": "final"}
    rows = [
        facts | {"item": "mmr", "stratum": "rural", "value": "14.92", "latest": "15.1", "difference": "0.18"},
        facts | {"item": "form41.maternal_deaths", "value": "2", "latest": "", "difference": ""},
    ]
    say = Wording(params.wording("zh"))
    found = revision_rows(pd.DataFrame(rows).itertuples(), params.indicators, params.forms, say)
    assert found[0][1:] == ["2020", "初报", "14.92", "终审", "15.1", "0.18"]
    assert "孕产妇死亡率" in found[0][0]
    assert found[1][0].endswith("孕产妇死亡 / 死亡人数")
    assert found[1][3:] == ["2", "终审", "—", "—"]
    assert revision_rows([], params.indicators, params.forms, say) == []
