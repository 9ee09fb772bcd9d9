"""What an export refuses, as one exception."""


class ExportError(Exception):
    """A notebook cannot become a report; one line says what is wrong, in which cell, and what to do."""
