"""F22: a file is what its bytes say; each kind that cannot be used has its own message."""

from ..workbooks.biff import compound
from ..workbooks.made import Raw
from .fixtures import LEAGUE, Sent, changed

SEALED = compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})

FIXTURES = (
    Sent("a password", {LEAGUE: SEALED}, "refused", rule="F22a"),
    Sent("a text file named .xlsx", {LEAGUE: "代码,产妇数\n150302,900\n"}, "refused", rule="F22d"),
    Sent("nothing at all", {LEAGUE: b""}, "refused", rule="F22e"),
    Sent("cut off", {LEAGUE: changed()[:-100]}, "refused", rule="F22f"),
    Sent(
        "a cell that no program writes", {LEAGUE: changed(C2=Raw('<c r="{r}"><v>nine</v></c>'))}, "refused", "C2", "表1"
    ),
)
