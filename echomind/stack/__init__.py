"""The parts behind `manage.py up`, supervised: database, Redis, model server, workers, web."""
