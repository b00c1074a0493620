"""The staff login of a new site: made once, with a random password that one file keeps."""

import secrets
from pathlib import Path

from accounts.models import User
from echomind.stack.secrets import write_private

USERNAME = "staff"


def ensure_staff_login(file: Path) -> None:
    """Make the login if the site has no superuser yet, and write "name password" to `file`."""
    if User.objects.filter(is_superuser=True).exists():
        return
    password = secrets.token_urlsafe(12)
    write_private(file, f"{USERNAME} {password}")  # first: a login nobody knows would be lost
    User.objects.create_superuser(username=USERNAME, password=password)
