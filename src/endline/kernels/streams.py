"""What a kernel prints to: a flush that has nothing to send costs nothing."""

from typing import Any

from ipykernel.iostream import OutStream


class Stream(OutStream):
    """ipykernel's stream; its flush wakes the sending thread and waits for it only after something was written.

    ipykernel flushes stdout and stderr before whatever it shows, twice a cell besides: of a cell with dozens of
    displays, nearly all of them send nothing.
    """

    _written = False

    def write(self, string: str) -> Any:
        """Take text; return its length."""
        length = super().write(string)
        self._written = True  # last: a flush in between has nothing of it to send
        return length

    def flush(self) -> None:
        """Send what was written since the last flush, and wait until that is sent."""
        if self._written:
            self._written = False  # first: what another thread writes meanwhile is for the next flush
            super().flush()  # type: ignore[no-untyped-call]
