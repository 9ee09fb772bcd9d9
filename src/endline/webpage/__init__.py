"""The page of a round: a static file a language, from which its reports are found and downloaded."""

from endline.webpage.page import Reports, render

__all__ = ["Reports", "render"]
