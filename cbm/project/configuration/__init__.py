"""What a project settles for its checks in `cbm.toml` or `pyproject.toml`: which files, rules, dates and severities.

The nearest file above a text holds for it, and takes nothing over from files further up.
"""

from __future__ import annotations

from cbm.project.configuration.configurations import nearest as nearest  # a program takes it from here
