"""A real PostgreSQL server for caseloads that are kept in a database."""

from tests.decisions.conftest import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]
