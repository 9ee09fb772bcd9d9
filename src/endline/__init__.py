"""End-of-term evaluation reports on maternal and child health plans."""

__version__ = "0.1.0"
