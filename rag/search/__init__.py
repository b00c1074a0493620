"""Finding passages: dense and keyword candidates, joined and ranked again."""
