"""What a new version of the knowledge means for clients, for who decides whether it will count.

``work_out`` compares two versions; ``document`` makes of that a report for any renderer, and
``as_json`` plain data for a machine.
"""

from engine.consequences.data import as_json
from engine.consequences.gathering import Consequences, Stage, Version, work_out
from engine.consequences.report import document, in_short

__all__ = ["Consequences", "Stage", "Version", "as_json", "document", "in_short", "work_out"]
