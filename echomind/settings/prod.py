"""Settings of a running site. Refuses to start without its secret."""

from echomind.settings.env import env
from echomind.settings.parts import joined

globals().update(joined())

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")  # `manage.py up` makes one in VAR at the first start
