"""The page of a round: one static file from which its reports are found and downloaded."""

from endline.webpage.page import render

__all__ = ["render"]
