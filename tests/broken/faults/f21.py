"""F21: a text file is read in the one way that fits, or refused at its line."""

from .fixtures import Sent

NAME = "2020/150300-乌海市.csv"
HEAD = "代码,地区,产妇数,剖宫产活产数\n"
MIXED = HEAD.encode() + "150302,海勃湾区,900,400\n".encode("gbk")

FIXTURES = (
    Sent("two encodings in one file", {NAME: MIXED}, "refused", "2:2", rule="F21b"),
    Sent("bytes of no encoding", {NAME: HEAD.encode() + b"150302,\xff\xff,1,1\n"}, "refused", "2:2"),
    Sent("a quotation without end", {NAME: HEAD + '"150302,海勃湾区,900,400\n'}, "refused", "2:2", rule="F21d"),
)
