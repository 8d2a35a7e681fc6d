"""What a person chose about the pages themselves."""

from __future__ import annotations

from webapp.current import writing
from webapp.tables import user_preference


def choose(login: str, **chosen: object) -> None:
    """Keeps choices (`language`, `shortcuts`) of a person."""
    with writing() as tx:
        changed = tx.connection.execute(
            user_preference.update().where(user_preference.c.login == login).values(**chosen)
        )
        if not changed.rowcount:
            tx.connection.execute(user_preference.insert().values(login=login, **chosen))
