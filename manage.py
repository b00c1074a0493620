#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys


def main() -> None:
    """Run one management command with the development settings unless told otherwise.

    Every command but `up`, which starts the site, works on the site that runs on the same VAR.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "echomind.settings.dev")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        if sys.argv[1:2] != ["up"]:
            from echomind.stack.running_site import join_running_site

            join_running_site()
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as wrong:
        sys.exit(f"manage.py: {wrong}")


if __name__ == "__main__":
    main()
