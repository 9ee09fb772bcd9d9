"""The quality of the data, told: a report's annex, and the notebook of a whole round."""

from endline.quality.annex import quality_blocks
from endline.quality.round import RoundQuality

__all__ = ["RoundQuality", "quality_blocks"]
